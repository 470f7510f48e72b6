"""`newscrawl portals`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import pytest

from newscrawl import settings
from newscrawl.archive import Archive
from tests.catalogue.test_spiderloader import GOOD


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of one's own with one portal."""
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "hunan_mine.py").write_text(GOOD, "utf-8")
    monkeypatch.setattr(settings, "NEWSCRAWL_PORTALS", [str(folder)])
    yield folder
    sys.modules.pop("newscrawl_portals.hunan_mine", None)


def rows(result) -> dict[str, dict]:
    return {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_portals_lists_the_catalogue_before_anything_was_crawled(run, tmp_path):
    result = run("portals", "--json", data=tmp_path / "none")
    assert result.exit_code == 0
    found = rows(result)
    assert len(found) >= 76
    assert found["zhejiang_zjol"] == {
        "name": "zhejiang_zjol", "title": "浙江在线", "region": "浙江", "level": "province", "division": "330000",
        "family": "trs",
        "verified": None, "last_crawl": None, "verdict": None,
    }  # fmt: skip
    assert found["hunan_hnrb"]["family"] == "epaper"
    assert not (tmp_path / "none").exists()


def test_portals_shows_the_last_crawl_and_portals_of_ones_own(run, tmp_path, own):
    with Archive.open(tmp_path / "data" / "archive.db") as archive:
        for hour, verdict in ((1, "ok"), (2, "unreachable: no page")):
            crawl = archive.begin_crawl("hunan_mine", datetime(2026, 3, 1, hour, tzinfo=UTC))
            crawl.verdict = verdict
            archive.end_crawl(crawl, datetime(2026, 3, 1, hour, 5, tzinfo=UTC))
    table = run("portals", "--region", "湖南", data=tmp_path / "data").stdout
    (line,) = [line for line in table.splitlines() if line.startswith("hunan_mine ")]
    assert "2026-03-01 10:00" in line
    assert "unreachable: no page" in line
    assert "zhejiang_zjol" not in table
    found = rows(run("portals", "--json", "--level", "county", data=tmp_path / "data"))
    assert found["hunan_mine"]["verdict"] == "unreachable: no page"
    assert "hunan_rednet" not in found


def test_portals_names_a_broken_file_and_says_so_in_its_status(run, tmp_path, own):
    (own / "a_broken.py").write_text("import nosuchmodule")
    result = run("portals", "--json", data=tmp_path / "data")
    assert result.exit_code == 7
    assert "hunan_mine" in rows(result)
    assert "a_broken.py is left out: ModuleNotFoundError" in result.stderr
