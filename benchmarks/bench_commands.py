"""Measure the run time of commands over a large archive.

    python -m benchmarks.bench_commands [ARTICLES] [--keep FOLDER] [--also FILE]

Articles are those of `bench_export`. Each command runs in a process of its own; what takes more than two seconds of CPU
and does not write or read all articles is named. `--also` reads another archive with each, where the command can.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 2.0  # seconds
# The command, and whether it goes through all articles.
COMMANDS = (
    ("report", False),
    ("portals", False),
    ("search 财政政策", False),
    ("search 市", False),
    ("show {url}", False),
    ("history {url}", False),
    ("reprints {url}", False),
    ("stats", True),
    ("stats --by source", True),
    ("sources", True),
    ("export {out}.jsonl", True),
    ("export {out}.csv", True),
    ("check", True),
)
WITHOUT_ALSO = {"portals", "check"}
_BUILD = "import pathlib, benchmarks.bench_export as e; e.build(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"
_AN_ADDRESS = (
    "import sqlite3, benchmarks.bench_export as e; print(sqlite3.connect(sys.argv[1]).execute(e.KNOWN).fetchone()[1])"
)


def apart(code: str, *arguments: object) -> str:
    """Run code in a new process, because Linux counts memory from before `exec` as the process's own."""
    command = [sys.executable, "-c", f"import sys; {code}", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def cost(arguments: list[str]) -> tuple[float, float, float, int]:
    """Run a command: seconds, seconds of CPU, the most memory in MB, its exit status."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "newscrawl", *arguments], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode


def main() -> None:
    """Build the archive, or use one that is there, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=100_000)
    parser.add_argument("--keep", type=Path, help="A data folder to use again if it is there, or to make.")
    parser.add_argument("--also", type=Path, help="A further archive.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "archive.db").exists():
            apart(_BUILD, folder / "archive.db", given.articles)
        url = apart(_AN_ADDRESS, folder / "archive.db")
        print(f"{given.articles:,} articles, {(folder / 'archive.db').stat().st_size / 1e6:.0f} MB\n")
        print("| command | s | CPU, s | memory, MB | |\n|---|---|---|---|---|")
        for command, goes_through_all in COMMANDS:
            words = command.format(url=url, out=Path(temporary) / "out").split()
            if given.also and words[0] in WITHOUT_ALSO:
                continue
            words += ["--also", str(given.also)] if given.also else []
            seconds, cpu, memory, status = cost(["--data", str(folder), *words])
            remark = "slow" if cpu > PATIENCE and not goes_through_all else ""
            remark = f"exit status {status}" if status else remark  # `check` misses the WARC files, which nobody made
            shown = command.format(url="URL", out="out")
            print(f"| {shown} | {seconds:.1f} | {cpu:.1f} | {memory:.0f} | {remark} |", flush=True)


if __name__ == "__main__":
    main()
