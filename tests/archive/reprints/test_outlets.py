"""来源 lines are normalised to the outlet that they name."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext

import pytest
from sqlite_utils import Database

from newscrawl.archive.reprints import outlets

PORTAL = "云湖新闻网"


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("新华社", "新华社"),
        ("新华网", "新华社"),
        ("新華社客戶端", "新华社"),
        (" 来源：新华网　　2011-12-09 19:55:00", "新华社"),
        ("新华社记者邹某", "新华社"),
        ("新华社 作者：张三 李四", "新华社"),
        ("来源：长江日报-长江网", "长江日报"),
        ("长江网", "长江网"),
        ("人民网－人民日报", "人民日报"),
        ("人民网-文化频道", "人民网"),
        ("中新网&nbsp;".replace("&nbsp;", "\xa0"), "中国新闻网"),
        ("央视新闻客户端", "中央广播电视总台"),
        ("ＣＣＴＶ", "中央广播电视总台"),
        ("“长江日报”微信公众号", "长江日报"),
        ("当代商报 时间：2019-09-23 14:34:05 作者", "当代商报"),
        ("青石晚报（记者 王五）", "青石晚报"),
        ("青石晚报 责任编辑：王五", "青石晚报"),
        ("青石晚报编辑：王五", "青石晚报"),
        ("青石网（http://www.qingshi.example）原文地址", "青石网"),
        ("中国广播网  )", "央广网"),
        ("《镜报》", "镜报"),
        ("文章来源于：青石发布", "青石发布"),
        ("微信公众号：青石发布", "青石发布"),
        ("青石发布微信公众号", "青石发布"),
        ("科普青石-科学原理", "科普青石-科学原理"),
        ("中国记者网", "中国记者网"),
        ("省发改委", "省发改委"),
        ("本网", PORTAL),
        ("来源：本站原创", PORTAL),
        ("本报讯", PORTAL),
        ("原创", PORTAL),
        ("综合", "综合"),
        ("", None),
        (None, None),
        ("来源：", None),
        ("来源： 2023-05-03", None),
        ("来源：编辑：王五", None),
    ],
)
def test_normalise(printed, outlet):
    assert outlets.normalise(printed, PORTAL) == outlet


def test_the_page_itself_is_its_portals_outlet():
    assert outlets.normalise("本网", "新华网") == "新华社"
    assert outlets.normalise("本网", None) is None


def test_normalising_twice_changes_nothing():
    for outlet in ("长江网", "新华社", "青石发布", "中央广播电视总台"):
        assert outlets.normalise(outlet, PORTAL) == outlet


def test_homes_are_the_portals_an_outlet_runs():
    assert outlets.homes("长江网") == {"长江网", "长江日报"}
    assert outlets.homes("新华网") == {"新华社"}
    assert outlets.homes(PORTAL) == {PORTAL}


def test_the_outlet_table_gives_no_name_twice():
    owners: dict[str, str] = {}
    for outlet, facts in outlets._outlets().items():
        assert set(facts) <= {"names", "portals"}, outlet
        for name in (outlet, *facts.get("names", ())):
            assert owners.setdefault(outlets.letters(name), outlet) == outlet, name


def test_reports_over_the_archive():
    with closing(Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)) as db:
        db.execute("CREATE TABLE portals (key TEXT, title TEXT)")
        db.execute("INSERT INTO portals VALUES ('a', '长江网'), ('b', '红网')")
        db.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, portal TEXT, source TEXT, source_norm TEXT)")
        db.execute("CREATE TABLE reprints (article INTEGER NOT NULL, relation TEXT)")
        for portal, printed in (
            ("a", "长江日报"),
            ("a", "青石发布"),
            ("b", "长江日报"),
            ("b", "来源：青石发布"),
            ("b", None),
        ):
            norm = outlets.normalise(printed, None)
            db.execute("INSERT INTO articles VALUES (NULL, ?, ?, ?)", (portal, printed, norm))
        assert list(outlets.unknown(db)) == [("青石发布", "来源：青石发布", 2)]
        assert list(outlets.flows(db)) == [("长江日报", "红网", 1), ("青石发布", "红网", 1), ("青石发布", "长江网", 1)]


def test_renewing_names_the_outlets_as_storing_would():
    with closing(Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)) as db:
        db.execute("CREATE TABLE portals (key TEXT, title TEXT)")
        db.execute("INSERT INTO portals VALUES ('a', '长江网')")
        db.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, portal TEXT, source TEXT, source_norm TEXT)")
        rows = [("a", "新华网", "新华网"), ("a", "本网", None), ("b", "来源：青石发布", "青石发布"), ("b", None, None)]
        db.conn.executemany("INSERT INTO articles(portal, source, source_norm) VALUES (?, ?, ?)", rows)
        outlets.renew(db, nullcontext)
        names = [name for (name,) in db.execute("SELECT source_norm FROM articles ORDER BY id")]
        assert names == ["新华社", "长江网", "青石发布", None]
