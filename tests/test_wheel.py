"""An installed wheel works outside of a checkout as the README says, and its advice can be followed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

SETTINGS = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run Python in an empty folder with the unpacked wheel, without the checkout."""
    folder, elsewhere = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("elsewhere")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")

    def call(*arguments: str, **environment: str):
        given = {name: value for name, value in os.environ.items() if name not in {*SETTINGS, "NEWSCRAWL_DATA"}}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env={**given, "PYTHONPATH": str(folder / "site"), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert str(folder) in call("-c", "import newscrawl; print(newscrawl.__file__)").stdout
    return call


def test_scrapy_knows_the_portals_once_it_is_told_of_the_settings(run):
    assert run("-m", "scrapy", "list", **SETTINGS).stdout.split().count("hunan_rednet") == 1
    assert "no active project" in run("-m", "scrapy", "list").stdout
    assert run("-m", "newscrawl", "portals").stdout.count("hunan_rednet") == 1


def test_the_sample_portal_is_crawled_and_exported(run):
    crawled = run("-m", "newscrawl", "crawl", "sample")
    assert (crawled.returncode, crawled.stderr) == (0, "")
    assert "46 articles" in run("-m", "newscrawl", "export", "out.jsonl").stdout


def test_what_is_missing_is_named_by_its_own_name(run):
    advice = run("-c", "from newscrawl.extras import how_to_install; print(how_to_install('analysis'))").stdout
    assert advice.startswith("pip install ")
    assert "'datasette" in advice
    assert "pandas" in advice
    assert "newscrawl" not in advice
    asked = "import sys; sys.modules['pandas'] = None; import newscrawl; newscrawl.open_archive('data')"
    assert advice.strip() in run("-c", asked).stderr
