"""The small commands start quickly, as they import no large library."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from newscrawl.catalogue.titles import catalogue
from tests.cli import seed
from tests.conftest import LOCAL

HEAVY = {
    "scrapy",
    "twisted",
    "lxml",
    "itemloaders",
    "dateparser",
    "tldextract",
    "pandas",
    "numpy",
    "pyarrow",
    "datasette",
}
URL = seed.url(seed.HUNAN, "bridge")
_PRINT_MODULES = """
import json, sys
from newscrawl.cli import main
for words in json.loads(sys.argv[1]):
    main(words, standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def modules(*commands):
    """The modules that commands have imported in a process of their own when they end."""
    done = subprocess.run(
        [sys.executable, "-c", _PRINT_MODULES, json.dumps(commands)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.fixture
def folder(tmp_path):
    seed.make(tmp_path / "archive.db")
    return tmp_path


def test_the_small_commands_import_nothing_heavy(folder, monkeypatch):
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    catalogue(folder)  # as a crawl leaves it
    commands = (["search", "大桥"], ["show", URL], ["history", URL], ["report"], ["stats"])
    assert not modules(*(["--data", str(folder), *command] for command in commands)) & HEAVY


def test_help_imports_neither_commands_nor_archive():
    found = modules(["--help"])
    assert not found & (HEAVY | {"sqlite_utils", "rich"})
    assert not any(name.startswith(("newscrawl.archive", "newscrawl.cli.")) for name in found)


def test_frames_are_there_after_a_command_was_imported():
    code = "import click; from newscrawl.cli import main; main.get_command(None, 'search'); import numpy, pandas"
    pytest.importorskip("pandas", reason="needs the extra analysis")
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_crawl_imports_only_what_every_crawl_needs(site, tmp_path):
    site.page("/", "<html><body><a href='/news/2026/1.html'>青石镇新建一座公共图书馆</a></body></html>")
    code = "import atexit, sys, scrapy.cmdline; atexit.register(lambda: print(*sys.modules)); scrapy.cmdline.execute()"
    words = ["crawl", "portal", "-a", f"url={site.url}/", *LOCAL, "-s", "FRONTIER_WAIT=0"]
    environment = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "NEWSCRAWL_DATA": str(tmp_path), "NEWSCRAWL_JS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert site.requests["/"]
    found = set(done.stdout.split())
    assert "newscrawl.pipelines" in found, done.stderr
    assert not found & {"pandas", "numpy", "aiohttp", "playwright"}
