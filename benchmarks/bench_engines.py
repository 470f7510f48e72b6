"""Compare datatrove, Ray Data and Spark on the same WARC files: time, CPU, memory, and a file that kills a process.

    python -m benchmarks.bench_engines datatrove|ray|tasks|spark|none FOLDER [--jobs 2] [--killer]

Each engine in an environment of its own that has it, pyarrow and newscrawl. FOLDER holds WARC files. `--killer` makes
the process die that reads the third file, and shows what comes of the others.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path

from newscrawl.batch.pages import articles_of


def read(path: str, out: str, killer: str = "") -> int:
    """Write one file's articles, as Parquet of its own."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    if path == killer:
        os._exit(9)
    rows = list(articles_of(Path(path), Counter(), set()))
    table = pa.Table.from_pylist([{name: str(value) for name, value in row.items()} for row in rows])
    parquet.write_table(table, f"{out}/{Path(path).name}.parquet")
    return len(rows)


class ByFile:
    """Reads the files whose number is the task's, or its multiple."""

    def __init__(self, paths, out, killer):
        self.paths, self.out, self.killer = paths, out, killer

    def __call__(self, data, rank, world_size):  # noqa: ARG002
        for path in self.paths[rank::world_size]:
            read(path, self.out, self.killer)
        return []


def none(paths, out, jobs, killer):  # noqa: ARG001
    for path in paths:
        read(path, out, killer)


def datatrove(paths, out, jobs, killer):
    from datatrove.executor import LocalPipelineExecutor  # noqa: PLC0415

    step = ByFile(paths, out, killer)
    LocalPipelineExecutor([step], tasks=len(paths), workers=jobs, logging_dir=f"{out}/log").run()


def ray(paths, out, jobs, killer):
    import ray as engine  # noqa: PLC0415

    engine.init(num_cpus=jobs, include_dashboard=False, log_to_driver=False)
    rows = engine.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
    done = rows.map(lambda row: {"count": read(row["path"], out, killer)})
    sys.stderr.write(f"{done.sum('count')} articles\n")


def tasks(paths, out, jobs, killer):
    """As `newscrawl batch` does it: Ray's tasks, without Ray Data."""
    import ray as engine  # noqa: PLC0415

    engine.init(num_cpus=jobs, include_dashboard=False, log_to_driver=False, object_store_memory=100 << 20)
    one = engine.remote(max_retries=1)(read)
    for waiting in [one.remote(path, out, killer) for path in paths]:
        try:
            engine.get(waiting)
        except engine.exceptions.RayError as error:
            sys.stderr.write(f"{type(error).__name__}\n")


def spark(paths, out, jobs, killer):
    from pyspark import SparkContext  # noqa: PLC0415

    context = SparkContext(f"local[{jobs}]", "trial")
    context.setLogLevel("ERROR")
    sys.stderr.write(f"{context.parallelize(paths, len(paths)).map(partial(read, out=out, killer=killer)).sum()}\n")
    context.stop()


def watch(peak: dict[str, float], ended: threading.Event) -> None:
    """Measure peak memory (MB) and CPU seconds of this process and its session."""
    spent: dict[str, float] = {}
    while not ended.wait(0.2):
        held = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(folder.name)) == os.getsid(0):
                    lines = (folder / "smaps_rollup").read_text().splitlines()
                    held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
                    ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
                    spent[folder.name] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
            except OSError:
                continue
        peak["memory"] = max(peak["memory"], held >> 10)
        peak["processor"] = sum(spent.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=["none", "datatrove", "ray", "tasks", "spark"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--files", type=int, default=99)
    parser.add_argument("--killer", action="store_true")
    args = parser.parse_args()
    paths = sorted(map(str, args.folder.glob("*.warc.gz")))[: args.files]
    if len(paths) < (3 if args.killer else 1):
        parser.error(f"{args.folder} holds too few WARC files (*.warc.gz)")
    with tempfile.TemporaryDirectory(prefix="bench-engines-") as out:
        print(measured(args, paths, out))


def measured(args, paths, out):
    """Read the files, and return time and memory."""
    peak, ended = {"memory": 0.0, "processor": 0.0}, threading.Event()
    watching = threading.Thread(target=watch, args=(peak, ended))
    watching.start()
    begin, result = time.monotonic(), "all done"
    try:
        globals()[args.engine](paths, out, args.jobs, paths[2] if args.killer else "")
    except BaseException as error:  # noqa: BLE001  whatever an engine makes of a killed process
        result = f"{type(error).__name__}: {str(error).splitlines()[0][:100] if str(error) else ''}"
    wall = time.monotonic() - begin
    ended.set()
    watching.join()
    parts = len(list(Path(out).glob("*.parquet")))
    took = f"{wall:.1f} s, {peak['processor']:.1f} s of processor, {peak['memory']:.0f} MB"
    return f"{args.engine} jobs {args.jobs}: {took}, {parts} files, {result}"


if __name__ == "__main__":
    main()
