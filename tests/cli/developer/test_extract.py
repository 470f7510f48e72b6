"""`newscrawl extract` of a portal's page: from a file, and from the WARC of an archived address."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.extract.page.guidance import HostProfile
from newscrawl.profiles.files import Profiles
from tests.extract.test_explain import zones
from tests.extract.zones.test_hints import PAGE, URL
from tests.test_upgrade import Visits

PORTAL = '''
from newscrawl.extract.finders import constant, css, line
from newscrawl.portal import Portal


class HunanTest(Portal):
    """双溪网."""

    name, title, region, level = "hunan_test", "双溪网", "湖南", "province"
    start_urls = ["http://www.shuangxi.test/"]
    overrides = {"title": css(".a1"), "body": css(".a3"), "source": constant("双溪日报社")}
'''
FURNITURE = "检修预计十二天。（记者 骆一苇）"


@pytest.fixture
def visits(tmp_path, monkeypatch):
    portals = tmp_path / "portals"
    portals.mkdir()
    (portals / "hunan_test.py").write_text(PORTAL, "utf-8")
    monkeypatch.setenv("NEWSCRAWL_PORTALS", str(portals))
    monkeypatch.setattr("newscrawl.settings.NEWSCRAWL_PORTALS", [str(portals)])
    made = Visits(tmp_path / "data", monkeypatch)
    monkeypatch.setenv("NEWSCRAWL_DATA", str(made.folder.root))
    return made


def run(*arguments):
    return CliRunner().invoke(main, ["extract", *map(str, arguments)])


def row(*arguments) -> dict:
    return json.loads(run(*arguments).output)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_file_is_read_by_the_rules_alone_unless_a_portal_is_named(visits, saved):
    Profiles(visits.folder.profiles).write(HostProfile("www.shuangxi.test", 12, furniture=(FURNITURE,)))
    plain, known = row(saved, "--url", URL), row(saved, "--url", URL, "--portal", "hunan_test")
    assert (plain["title"], plain["profile"], "+" in plain["rules"]) == ("放排人的号子", None, False)
    assert (known["title"], known["source"]) == ("双溪大桥封闭检修", "双溪日报社")
    assert FURNITURE not in known["body"]
    assert known["profile"]
    assert "+" in known["rules"]
    elsewhere = row(saved, "--url", "http://m.shuangxi.test/1.html", "--portal", "hunan_test")
    assert elsewhere["profile"] is None
    assert FURNITURE in elsewhere["body"]


def test_an_archived_page_is_read_as_a_crawl_of_today_would(visits, saved):
    visits.visit({URL: PAGE.replace("十二天", "二十天")})
    visits.visit({URL: PAGE})
    found = row(URL)
    assert (found["url"], found["title"], found["source"]) == (URL, "双溪大桥封闭检修", "双溪日报社")
    assert "十二天" in found["body"], "the last capture"
    assert found["body"] == row(saved, "--url", URL, "--portal", "hunan_test")["body"]
    Profiles(visits.folder.profiles).write(HostProfile("www.shuangxi.test", 12, furniture=(FURNITURE,)))
    assert FURNITURE not in row(URL)["body"]


def test_explain_says_what_was_known_of_the_page_and_what_each_line_is(visits):
    visits.visit({URL: PAGE})
    Profiles(visits.folder.profiles).write(HostProfile("www.shuangxi.test", 12, furniture=(FURNITURE,)))
    output = run(URL, "--explain").output
    assert "hint     body: css .a3, 3 lines" in output
    assert "of www.shuangxi.test, from 12 articles" in output
    assert "  > css .a1: 双溪大桥封闭检修\n  = headline.headline: 双溪大桥封闭检修\n" in output
    found = zones(output)
    assert found["双溪大桥封闭检修"].startswith("headline ")
    assert found["双溪日报 2024-05-06 08:30"].startswith("byline ")
    assert found["双溪大桥五月六日起封闭检修，过往车辆请绕行北环路，行人可走下游便桥。"].startswith("story ")
    assert found[FURNITURE].startswith("furniture ")
    assert found["责任编辑：宁守拙"].startswith("credit ")


def test_a_page_that_is_no_article_is_explained_too(visits):
    listed = "<title>双溪</title>" + "".join(
        f"<li><a href='/{n}'>双溪镇第{n}次会议今天召开</a></li>" for n in range(30)
    )
    visits.visit({"http://www.shuangxi.test/xw/": f"<html><body>{listed}</body></html>"})
    assert "kind     no article: list" in run("http://www.shuangxi.test/xw/", "--explain").output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["http://www.shuangxi.test/none.html"], "no page of http://www.shuangxi.test/none.html is archived in"),
        (["-", "--portal", "hunan_tset"], "hunan_tset"),
        (["--corpus", ".", "--portal", "hunan_test"], "--explain and --portal take one page"),
    ],
)
def test_what_a_user_can_do_wrong_is_said(visits, arguments, complaint):
    visits.visit({URL: PAGE})
    done = run(*arguments)
    assert done.exit_code != 0
    assert complaint in done.output


def test_a_lost_record_is_named(visits):
    visits.visit({URL: PAGE})
    visits.lose_warc()
    done = run(URL)
    assert done.exit_code == 1
    assert "newscrawl: " in done.output
