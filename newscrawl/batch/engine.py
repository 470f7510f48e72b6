"""Files read side by side by Ray (extra `batch`): on all cores of a machine, or of a cluster.

What a file gives is written beside the output under the file's name, whole or not at all, so a run that is stopped goes
on with the files that are left. A file that cannot be read, or that kills the process that reads it, is named and left.
"""

from __future__ import annotations

import importlib
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from newscrawl.archive import READINGS
from newscrawl.archive.export.parquet import write
from newscrawl.archive.warc.shipping import Folder, place_of
from newscrawl.batch.pages import articles_of
from newscrawl.errors import NewscrawlError
from newscrawl.extras import how_to_install

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TRIES_AGAIN = 1  # after a process was killed: it may have been another's memory
_STORE = 100 << 20  # bytes of Ray's own store: nothing but counts passes through it


@dataclass(slots=True)
class Done:
    """What a run came to: files by name with what their pages came to, and those that failed, with the reason."""

    read: dict[str, dict[str, int]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """Count the pages of all files by what they came to."""
        return sum((Counter(counts) for counts in self.read.values()), Counter())


def read_file(source: str, name: str, parts: str) -> dict[str, int]:
    """Write the articles of one WARC file as a Parquet file; give what its pages came to."""
    place, counts = place_of(source), Counter[str]()
    with TemporaryDirectory(prefix="newscrawl-batch-") as folder:
        if isinstance(place, Folder):  # read where it lies
            path = place.root / name
        else:
            path = Path(folder) / name
            place.fetch(name, path)
        size = path.stat().st_size
        part, told = part_of(Path(parts), name)
        new = part.with_name(f"{part.name}.{os.getpid()}.new")
        try:
            write(articles_of(path, counts), READINGS, new)
            new.replace(part)
        finally:
            new.unlink(missing_ok=True)
    told.write_text(json.dumps({"size": size, "columns": list(READINGS.names), "counts": counts}), "utf-8")
    return dict(counts)


def part_of(parts: Path, name: str) -> tuple[Path, Path]:
    """Give the Parquet file of a WARC file's articles, and the file that says that it is whole."""
    return parts / f"{name}.parquet", parts / f"{name}.json"


def left(sizes: dict[str, int], parts: Path) -> tuple[list[str], Done]:
    """Give the files that are not read yet, the largest first, and what the others came to.

    A part that an older version wrote with other columns is no part of this table: its file is read again.
    """
    names, done = [], Done()
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        part, told = part_of(parts, name)
        known = json.loads(told.read_text("utf-8")) if told.exists() and part.exists() else {}
        if (known.get("size"), known.get("columns")) == (size, list(READINGS.names)):
            done.read[name] = known["counts"]
        else:
            names.append(name)
    return names, done


def read_all(
    source: str, names: Sequence[str], parts: Path, jobs: int, cluster: str | None, done: Done, tell: Callable[[], None]
) -> None:
    """Read files side by side, and note in `done` what each came to.

    Args:
        source: where they lie.
        names: which.
        parts: where their articles go; on a cluster a folder that all machines see.
        jobs: how many at once on this machine.
        cluster: the address of a running Ray cluster; None for this machine alone.
        done: is added to.
        tell: is called after each file.
    """
    ray = library()
    parts.mkdir(parents=True, exist_ok=True)
    _begin(ray, jobs, cluster)
    try:
        task = ray.remote(max_retries=TRIES_AGAIN)(read_file)
        waiting = {task.remote(source, name, str(parts.resolve())): name for name in names}
        while waiting:
            for ready in ray.wait(list(waiting), num_returns=1)[0]:
                name = waiting.pop(ready)
                try:
                    done.read[name] = ray.get(ready)
                except ray.exceptions.RayTaskError as error:
                    done.failed[name] = " ".join(str(error.cause).split())
                except ray.exceptions.RayError as error:
                    done.failed[name] = f"killed its process ({type(error).__name__})"
                tell()
    finally:
        ray.shutdown()


def library() -> Any:
    """Import Ray.

    Raises:
        NewscrawlError: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of each run
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else a warning, about GPUs nobody asked for
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        advice = how_to_install("batch")
        raise NewscrawlError(f"batches need Ray; install it with: {advice}") from error


def _begin(ray: Any, jobs: int, cluster: str | None) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if cluster:
            ray.init(address=cluster, **quiet)
        else:
            own: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False, "object_store_memory": _STORE}
            own["_node_ip_address"] = "127.0.0.1"  # Ray's ports are nobody else's business
            ray.init(address="local", **own, **quiet)
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        raise NewscrawlError(f"Ray does not start: {' '.join(str(error).split())}") from error
