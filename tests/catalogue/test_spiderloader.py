"""A user's own portals, from folders and plug-ins; a broken file costs only its own portal."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest
from click.testing import CliRunner
from scrapy.settings import Settings

from newscrawl import settings as project
from newscrawl.catalogue import spiderloader
from newscrawl.catalogue.spiderloader import PortalLoader
from newscrawl.cli import main
from newscrawl.errors import BrokenPortalError, PortalError
from tests.conftest import command

GOOD = '''
from newscrawl.portal import Portal

class HunanMine(Portal):
    """某县新闻网."""

    name, title, region, level = "hunan_mine", "某县新闻网", "湖南", "county"
    start_urls = ["http://127.0.0.1:9/"]
'''
BROKEN = {
    "import": "import nosuchmodule",
    "syntax": "def (",
    "name": "x = undefined",
    "exit": "raise SystemExit(3)",
    "nothing": "x = 1",
    "misdeclared": GOOD.replace("湖南", "火星").replace("hunan_mine", "hunan_mars"),
    "taken": GOOD.replace("hunan_mine", "hunan_rednet"),
}
SAID = {
    "import": "ModuleNotFoundError: No module named 'nosuchmodule'",
    "syntax": "line 1, SyntaxError",
    "name": "NameError: name 'undefined' is not defined",
    "exit": "SystemExit: 3",
    "nothing": "the file holds no portal",
    "misdeclared": "HunanMine: region is '火星'",
    "taken": "the name 'hunan_rednet' is taken by ",
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "hunan_mine.py").write_text(GOOD, "utf-8")
    yield folder
    for name in [name for name in sys.modules if name.startswith("newscrawl_portals.")]:
        del sys.modules[name]


def loader(folder, *modules):
    return PortalLoader(
        Settings({"SPIDER_MODULES": modules or project.SPIDER_MODULES, "NEWSCRAWL_PORTALS": [str(folder)]})
    )


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_costs_itself_alone_and_is_named(folder, kind):
    """It comes first in the alphabet, so that all others come after it."""
    (folder / "a_broken.py").write_text(BROKEN[kind], "utf-8")
    found = loader(folder)
    assert set(PortalLoader(Settings({"SPIDER_MODULES": project.SPIDER_MODULES})).list()) < set(found.list())
    assert found.load("hunan_mine").title == "某县新闻网"
    (complaint,) = found.complaints()
    assert str(folder / "a_broken.py") in complaint
    assert SAID[kind] in complaint
    if kind not in {"misdeclared", "taken"}:
        with pytest.raises(BrokenPortalError, match=r"a_broken\.py cannot be loaded"):
            found.require("a_broken")


def test_a_broken_module_of_a_package_costs_itself_alone(tmp_path, monkeypatch):
    package = tmp_path / "mynews"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "a_broken.py").write_text("import nosuchmodule")
    (package / "hunan_mine.py").write_text(GOOD, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found = PortalLoader(Settings({"SPIDER_MODULES": ["mynews"]}))
    assert found.list() == ["hunan_mine"]
    assert list(found.broken) == [str(package / "a_broken.py")]


def test_plug_ins_are_found_by_their_entry_point(folder, monkeypatch):
    monkeypatch.syspath_prepend(folder)
    points = [EntryPoint("mine", "hunan_mine", "newscrawl.portals"), EntryPoint("gone", "nosuch", "newscrawl.portals")]
    monkeypatch.setattr(spiderloader, "entry_points", lambda group: points)
    found = PortalLoader(Settings({"SPIDER_MODULES": []}))
    assert found.list() == ["hunan_mine"]
    assert found.complaints() == ["plug-in gone (nosuch) is left out: ModuleNotFoundError: No module named 'nosuch'"]


def test_what_is_no_folder_is_said(tmp_path):
    (complaint,) = loader(tmp_path / "none").complaints()
    assert "there is no such folder" in complaint


def test_an_unknown_portal_is_told_its_neighbours(folder):
    with pytest.raises(PortalError, match="there is no portal 'hunan_rednett'; did you mean hunan_rednet"):
        loader(folder).require("hunan_rednett")


def test_scrapy_list_names_the_good_and_the_broken(folder):
    (folder / "a_broken.py").write_text("import nosuchmodule")
    listed = command("scrapy", "list", NEWSCRAWL_PORTALS=str(folder))
    assert {"hunan_mine", "hunan_rednet", "zhejiang_zjol"} <= set(listed.stdout.split())
    assert "a_broken.py is left out" in listed.stderr
    assert listed.returncode == BrokenPortalError.exit_status


def test_crawl_knows_a_portal_of_ones_own_and_refuses_a_broken_one(folder, data, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_PORTALS", str(folder))
    (folder / "a_broken.py").write_text("import nosuchmodule")
    crawled = command("scrapy", "crawl", "hunan_mine", "-s", "FRONTIER_WAIT=0", "-s", "DOWNLOAD_DELAY=0")
    assert "there is no portal" not in crawled.stderr
    monkeypatch.setattr(project, "NEWSCRAWL_PORTALS", [str(folder)])
    refused = CliRunner().invoke(main, ["crawl", "a_broken"])
    assert refused.exit_code == BrokenPortalError.exit_status
    assert "nosuchmodule" in refused.stderr
