"""What the small commands cost from start to end: CPU and the most memory, the least of a few runs each.

    python -m benchmarks.bench_start [RUNS]

Over an archive of a few articles, so that what is measured is the start. This process imports nothing of newscrawl:
Linux counts what a process had before its `exec` among its memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

URL = "http://hunan-test.test/bridge.html"
COMMANDS = ("--help", "search 大桥", f"show {URL}", f"history {URL}", "report", "stats", "portals")
SEED = "import sys; from pathlib import Path; from tests.cli import seed; seed.make(Path(sys.argv[1]))"


def cost(arguments: list[str]) -> tuple[float, float]:
    """Run a command: its CPU in seconds, and the most memory it had in MB."""
    command = [sys.executable, "-m", "newscrawl", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a Markdown table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("| command | CPU, s | memory, MB |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", SEED, Path(folder) / "archive.db"], check=True)
        for command in COMMANDS:
            found = [cost(["--data", folder, *command.split()]) for _ in range(runs)]
            print(f"| {command.split()[0]} | {min(cpu for cpu, _ in found):.2f} | {min(mb for _, mb in found):.0f} |")


if __name__ == "__main__":
    main()
