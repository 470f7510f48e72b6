"""Read WARC files in parallel with Ray (extra `batch`), on all cores of a machine or of a cluster.

The result of each file is written beside the output under the file's name, completely or not at all, so a stopped run
continues with the remaining files. A file that cannot be read, or kills the process that reads it, is reported and
skipped.
"""

from __future__ import annotations

import importlib
import json
import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from newscrawl.archive import READINGS, WarcRef, read_record
from newscrawl.archive.export.parquet import write
from newscrawl.archive.warc.shipping import Folder, place_of
from newscrawl.batch.pages import articles_of, read_by
from newscrawl.errors import NewscrawlError
from newscrawl.extras import how_to_install
from newscrawl.items import PortalFacts
from newscrawl.profiles.files import Profiles
from newscrawl.profiles.learning import look
from newscrawl.replay.recorded import recorded_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from newscrawl.batch.pages import ProfileOf
    from newscrawl.profiles.learning import SeenPage

Result = TypeVar("Result")

TRIES_AGAIN = 1  # after a process was killed: another process may have used up the memory
_STORE = 100 << 20  # bytes of Ray's object store, which holds only counts and the facts of a few pages per host


@dataclass(slots=True)
class Done:
    """The result of a run: for each file the counts of its pages' outcomes, and failed files with the reason."""

    read: dict[str, dict[str, int]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    outdated: int = 0  # files that other rules had extracted

    def counts(self) -> Counter[str]:
        """Count the pages of all files by outcome."""
        return sum((Counter(counts) for counts in self.read.values()), Counter())


def read_file(source: str, name: str, parts: str, profiles: str | None) -> dict[str, int]:
    """Write the articles of one WARC file as a Parquet file; return the counts of its pages' outcomes."""
    counts, seen, profile_of = Counter[str](), set[str](), profiles_in(profiles)
    with _here(source, name) as path:
        size = path.stat().st_size
        part, told = part_of(Path(parts), name)
        new = part.with_name(f"{part.name}.{os.getpid()}.new")
        try:
            write(articles_of(path, counts, seen, profile_of), READINGS, new)
            new.replace(part)
        finally:
            new.unlink(missing_ok=True)
    rules = {place: read_by(place, profile_of) for place in sorted(seen)}
    whole = {"size": size, "columns": list(READINGS.names), "rules": rules, "counts": counts}
    told.write_text(json.dumps(whole), "utf-8")
    return dict(counts)


def look_at(source: str, name: str, records: list[tuple[str, int]]) -> list[tuple[str, SeenPage]]:
    """Look at some pages of one WARC file, given by host and place, for what their hosts' pages share."""
    with _here(source, name) as path:
        read = ((host, read_record(path.parent, WarcRef(path.name, offset, 0, ""))) for host, offset in records)
        pages = ((host, recorded_page(capture, PortalFacts(host, host)).document) for host, capture in read)
        return [(host, look(document)) for host, document in pages if document is not None]


@contextmanager
def _here(source: str, name: str) -> Iterator[Path]:
    """Return the local path of a WARC file, or of a temporary copy while it is read."""
    place = place_of(source)
    if isinstance(place, Folder):
        yield place.root / name
        return
    with TemporaryDirectory(prefix="newscrawl-batch-") as folder:
        path = Path(folder) / name
        place.fetch(name, path)
        yield path


def profiles_in(folder: str | None) -> ProfileOf:
    """Return a function that returns a host's profile from a folder; without a folder, always None."""
    return Profiles(Path(folder)).get if folder else lambda _: None


def part_of(parts: Path, name: str) -> tuple[Path, Path]:
    """Return the path of the Parquet file for a WARC file's articles, and of the file that marks it complete."""
    return parts / f"{name}.parquet", parts / f"{name}.json"


def left(sizes: dict[str, int], parts: Path, profile_of: ProfileOf) -> tuple[list[str], Done]:
    """Return the files still to read, the largest first, and the results of the other files.

    If a Parquet file has other columns, or was extracted by other rules, its WARC file is read again.
    """
    names, done = [], Done()
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        part, told = part_of(parts, name)
        known = json.loads(told.read_text("utf-8")) if told.exists() and part.exists() else {}
        rules = known.get("rules", {"": None})
        if (known.get("size"), known.get("columns")) != (size, list(READINGS.names)):
            names.append(name)
        elif any(read_by(place, profile_of) != version for place, version in rules.items()):
            names.append(name)
            done.outdated += 1
        else:
            done.read[name] = known["counts"]
    return names, done


def each(
    task: Callable[..., Result], calls: Mapping[str, tuple[object, ...]], jobs: int, cluster: str | None
) -> Iterator[tuple[str, Result | None, str | None]]:
    """Run a function for many files in parallel; yield each file's name, and its result or why it failed.

    Args:
        task: the function.
        calls: the function's arguments, by file.
        jobs: how many at once on this machine.
        cluster: the address of a running Ray cluster; None for this machine alone.
    """
    ray = library()
    _begin(ray, jobs, cluster)
    try:
        remote = ray.remote(max_retries=TRIES_AGAIN)(task)
        waiting = {remote.remote(*given): name for name, given in calls.items()}
        while waiting:
            for ready in ray.wait(list(waiting), num_returns=1)[0]:
                name = waiting.pop(ready)
                try:
                    yield name, ray.get(ready), None
                except ray.exceptions.RayTaskError as error:
                    yield name, None, " ".join(str(error.cause).split())
                except ray.exceptions.RayError as error:
                    yield name, None, f"killed its process ({type(error).__name__})"
    finally:
        ray.shutdown()


def library() -> ModuleType:
    """Import Ray.

    Raises:
        NewscrawlError: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else each run is reported to Ray's developers
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else Ray warns about GPUs, which are not used
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        advice = how_to_install("batch")
        raise NewscrawlError(f"batches need Ray; install it with: {advice}") from error


def _begin(ray: ModuleType, jobs: int, cluster: str | None) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if cluster:
            ray.init(address=cluster, **quiet)
        else:
            own: dict[str, object] = {"num_cpus": jobs, "include_dashboard": False, "object_store_memory": _STORE}
            own["_node_ip_address"] = "127.0.0.1"  # Ray's ports must not be open to the network
            ray.init(address="local", **own, **quiet)
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        raise NewscrawlError(f"Ray does not start: {' '.join(str(error).split())}") from error
