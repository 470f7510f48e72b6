"""search, show, history and report over the seeded archive."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.cells import cell_len

from newscrawl.archive import Archive
from tests.cli import seed

WELLS = seed.url(seed.HUNAN, "wells")


def lines(result):
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_a_search_prints_aligned_columns(run):
    head, *rows = lines(run("search", "财政政策"))
    place = cell_len(head[: head.index("url")])
    assert len(rows) == 2
    for row in rows:
        assert cell_len(row[: row.index("http://")]) == place
        assert "«财政政策»" in row


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("清溪",), 9),
        (("清溪", "--limit", 3), 3),
        (("清溪", "--limit", 0, "--region", "湖南"), 4),
        (("清溪", "--portal", "shanghai_test"), 1),
        (("清溪", "--source", "潇湘网"), 5),
        (("清溪", "--since", "2026-02-23", "--until", "2026-02-26"), 4),
        (("清溪", "--until", "2026-02"), 9),
        (("标题:茶叶节",), 2),
        (("财政政策", "NOT", "大桥"), 2),
    ],
)
def test_a_search_is_narrowed(run, arguments, found):
    assert len([json.loads(line) for line in lines(run("search", "--json", *arguments))]) == found


def test_a_hit_in_json_has_what_a_program_needs(run):
    hit = json.loads(lines(run("search", "机井", "--region", "江西", "--json"))[0])
    assert list(hit) == ["url", "title", "published", "published_precision", "portal", "source", "snippet", "score"]
    assert hit["url"] == seed.url(seed.JIANGXI, "wells")
    assert hit["score"] > 0


def test_hits_as_csv_cannot_compute(run):
    rows = list(csv.DictReader(io.StringIO(run("search", "任前公示", "--csv").stdout)))
    assert rows[0]["title"] == "'=干部任前公示"


def test_the_first_hit_opens_in_a_browser(run, monkeypatch):
    opened = []
    monkeypatch.setattr("click.launch", opened.append)
    assert lines(run("search", "标题:第十二届", "--open")) == opened == [seed.url(seed.HUNAN, "tea")]


def test_nothing_found_says_what_there_is(run):
    result = run("search", "清溪", "--region", "广东", "--portal", "shanghai_test")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "nothing found; there is no region 广东, but 上海, 江西, 湖南\n"


@pytest.mark.parametrize("day", ["2026-13", "yesterday", "2026-2-3"])
def test_a_day_that_is_none_is_refused(run, day):
    result = run("search", "清溪", "--since", day)
    assert result.exit_code == 2
    assert "2023-02-27" in result.stderr


def test_show_gives_the_article_as_it_reads(run):
    text = run("show", seed.url(seed.HUNAN, "bridge") + "?utm_source=x").stdout
    assert text.startswith("清溪大桥建成通车\n2026-02-20 10:05  来源：潇湘网  作者：李一帆  编辑：王晓明\n")
    assert all(paragraph in text for paragraph in seed.BRIDGE.splitlines())
    assert f"热门文章\n  农村饮水工程公布计划  {WELLS}" in text


def test_show_says_that_an_article_is_withdrawn(run):
    assert "found gone 2026-03-03 14:00" in run("show", WELLS).stdout


def test_history_tells_all_steps_with_the_characters_that_changed(run):
    text = run("history", WELLS).stdout
    steps = [
        "2026-03-01 08:00  first seen",
        "2026-03-01 14:00  revised",
        "2026-03-02 14:00  suspected",
        "03-03 14:00  gone",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert "~ 今年新打机井四十[-六-]{+三+}眼" in text
    assert "(3 unchanged)" in text
    assert "HTTP 404" in text
    assert "returned" in run("history", seed.url(seed.YUEYANG, "market")).stdout


def test_a_terminal_gets_colours_and_a_pipe_none(run):
    assert "\x1b[32m{+三+}\x1b[0m" in run("history", WELLS, color=True).stdout
    assert "\x1b" not in run("history", WELLS).stdout


@pytest.mark.parametrize("command", ["show", "history", "reprints"])
def test_an_unknown_address_is_one_line(run, command):
    result = run(command, "http://nowhere.test/1.html")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "http://nowhere.test/1.html" in result.stderr


def test_report_has_a_row_a_portal(run):
    rows = [json.loads(line) for line in lines(run("report", "--json"))]
    crawled = [row["portal"] for row in rows if row["verdict"] != "never crawled"]
    assert crawled == ["hunan_test", "hunan_yueyang", "jiangxi_test", "shanghai_test"]
    assert "list 4, too-short 2" in run("report").stdout


def test_no_archive_is_one_line(run, tmp_path):
    result = run("search", "清溪", data=tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"newscrawl: no archive at {tmp_path / 'archive.db'}; make one with: newscrawl crawl\n"


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        (("--author", "周文"), {"author": "周文"}),
        (("--editor", "陈静", "--region", "湖南"), {"editor": "陈静", "region": "湖南"}),
        (("--channel", "公示"), {"channel": "公示"}),
        (("--revised", "--not-gone"), {"revised": True, "gone": False}),
        (("--no-reprints", "--complete"), {"reprints": False, "complete": True}),
        (("--form", "video"), {"form": "video"}),
    ],
)
def test_every_command_takes_the_filters_of_python(run, seeded, tmp_path, options, filters):
    words = "市 OR 县 OR 名"
    with Archive.open(seeded / "archive.db", read_only=True) as archive:
        wanted = {hit["url"] for hit in archive.search(words, limit=None, **filters)}
        number = archive.number(**filters)
    found = [
        json.loads(line)["url"] for line in run("search", words, *options, "--limit", 0, "--json").stdout.splitlines()
    ]
    assert set(found) == wanted
    run("export", tmp_path / "all.csv", *options, "--columns", "url")
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == number + 1
    counted = run("stats", "--by", "portal", "--json", *options).stdout.splitlines()
    assert sum(json.loads(line)["articles"] for line in counted) == number


@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_closed_months_are_searched_with_the_rest(run, tmp_path, sort):
    """The archive in two, by date: together they give what the whole does, each article once."""
    words = ("清溪县", "--sort", sort, "--limit", "0", "--json")
    whole = [json.loads(line) for line in lines(run("search", *words))]
    days = sorted(hit["published"][:10] for hit in whole)
    middle = days[len(days) // 2]
    assert days[0] < middle
    closed, rest = tmp_path / "closed.sqlite", tmp_path / "rest"
    rest.mkdir()
    assert run("export", closed, "--until", middle).exit_code == 0
    assert run("export", tmp_path / "rest.sqlite", "--since", middle).exit_code == 0
    (tmp_path / "rest.sqlite").rename(rest / "archive.db")
    closed.chmod(0o444)
    found = [json.loads(line) for line in lines(run("search", *words, "--also", closed, data=rest))]
    assert sorted(hit["url"] for hit in found) == sorted(hit["url"] for hit in whole)
    if sort == "date":
        assert [hit["published"] for hit in found] == [hit["published"] for hit in whole]
    first = [json.loads(line) for line in lines(run("search", *words, "--limit", "2", "--also", closed, data=rest))]
    assert first == found[:2]
