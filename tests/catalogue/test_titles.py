"""The catalogue of portals is cached, and loaded again after any change."""

from __future__ import annotations

import pytest

from newscrawl.catalogue.titles import catalogue

PORTAL = """
from newscrawl.portal import Portal

class HunanMine(Portal):
    name, title, region, level = "hunan_mine", "{title}", "湖南", "city"
    start_urls = ["https://www.mine.cn/"]
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The file of a portal of one's own."""
    (tmp_path / "portals").mkdir()
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    monkeypatch.setenv("NEWSCRAWL_PORTALS", str(tmp_path / "portals"))
    monkeypatch.setattr("newscrawl.settings.NEWSCRAWL_PORTALS", [str(tmp_path / "portals")])
    path = tmp_path / "portals" / "hunan_mine.py"
    path.write_text(PORTAL.format(title="我的网"), "utf-8")
    return path


def test_what_is_remembered_is_what_was_loaded(tmp_path, own):
    loaded = catalogue(tmp_path)
    assert loaded.titles["hunan_mine"] == "我的网"
    assert (tmp_path / "portals.json").exists()
    assert catalogue(tmp_path) == loaded


def test_a_changed_file_is_loaded_anew(tmp_path, own):
    catalogue(tmp_path)
    own.write_text(PORTAL.format(title="我的新闻网"), "utf-8")
    assert catalogue(tmp_path).titles["hunan_mine"] == "我的新闻网"
    own.unlink()
    assert "hunan_mine" not in catalogue(tmp_path).titles


def test_a_broken_portal_is_not_remembered(tmp_path, own):
    own.write_text("import nowhere_to_be_found", "utf-8")
    assert list(catalogue(tmp_path).broken) == [str(own)]
    assert not (tmp_path / "portals.json").exists()


def test_a_folder_nobody_may_write_and_a_damaged_file_cost_time_alone(tmp_path, own):
    (tmp_path / "portals.json").write_text("{", "utf-8")
    assert "hunan_mine" in catalogue(tmp_path).titles
    assert "hunan_mine" in catalogue(tmp_path / "nowhere").titles
