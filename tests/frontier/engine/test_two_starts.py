"""Two crawls that start at once in a new data folder both get the frontier."""

from __future__ import annotations

import subprocess
import sys

OPEN = (
    "import sys, pathlib; from newscrawl.frontier.db.schema import connect; connect(pathlib.Path(sys.argv[1])).close()"
)


def test_many_first_starts_at_once(tmp_path):
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, tmp_path / "frontier.db"], stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 8
