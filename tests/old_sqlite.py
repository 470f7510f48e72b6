"""The tests of what uses SQLite, on the oldest one supported: `python -m tests.old_sqlite [PYTEST ARGUMENTS]`.

That version comes as a shared library in a wheel of pyproj, of a time when wheels brought it; Python is made to load
it instead of its own. Says so and ends well where that cannot be done: another system, or a Python that has SQLite
built in.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import click

from newscrawl.archive.db.connection import OLDEST_SQLITE

_WHEEL = "pyproj==3.3.0 --hash=sha256:067a5c6099949edd66e9a10b139af4e2f65ebadb9f59583923a1d3feefac749a"
_FOR = "--only-binary :all: --python-version 3.9 --implementation cp --abi cp39 --platform manylinux2010_x86_64"
_TESTS = ("tests/archive", "tests/frontier", "tests/cli/analyst/test_search.py")


def library(folder: Path) -> Path:
    """Fetch the wheel and unpack its SQLite."""
    (folder / "wheel.txt").write_text(_WHEEL)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, *_FOR.split(), "--require-hashes", "-r", folder / "wheel.txt", "--dest", folder], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if "libsqlite3" in name)
        return Path(wheel.extract(name, folder))


def main(arguments: list[str]) -> int:
    """Run the tests; return pytest's exit status."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        click.echo("skipped: the old SQLite is a library for Linux on x86-64")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LD_PRELOAD": str(library(Path(folder)))}
        ask = [sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"]
        version = subprocess.run(ask, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        if tuple(map(int, version.split(".")))[:2] != OLDEST_SQLITE:
            click.echo(f"skipped: this Python has SQLite {version} built in")
            return 0
        click.echo(f"SQLite {version}:")
        tests = arguments or _TESTS
        return subprocess.run([sys.executable, "-m", "pytest", *tests], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
