"""The pages as a client gets them, without a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from newscrawl.archive import Archive, columns
from newscrawl.errors import WarcError
from newscrawl.explore.pages import raw
from tests.explore import seeded

HOSTILE = f"/article/{seeded.article_id(seeded.HOSTILE_URL)}"


def found(ask, query: str) -> dict:
    return ask(f"/search.json?{query}").json()


def test_the_front_page_tells_the_state_of_the_archive(ask, archive):
    page = ask("/").text
    with Archive.open(archive, read_only=True) as opened:
        assert f"<dt>文章</dt><dd>{opened.counts()['articles']}</dd>" in page
    assert all(portal.title in page for portal in seeded.PORTALS)
    assert "无法连接" in page  # in the page's own language
    assert "unreachable" not in page
    assert "已撤下" in page


@pytest.mark.parametrize("query", ["q=财政", "q=乡村振兴战略", "q=标题:昆明", "q=财政 NOT 昆明", "q=財政", "q=昆"])
def test_search_finds_what_the_archive_finds(ask, archive, query):
    answer = found(ask, query)
    with Archive.open(archive, read_only=True) as opened:
        wanted = list(opened.search(query.removeprefix("q="), limit=None))
    assert wanted
    assert answer["total"] == len(wanted)
    assert [hit["url"] for hit in answer["hits"]] == [hit["url"] for hit in wanted[:20]]


def test_the_facets_count_the_hits_and_filter_them(ask):
    answer = found(ask, "q=昆明")
    facets = {name: {value["value"]: value["count"] for value in values} for name, values in answer["facets"].items()}
    assert facets["region"] == {portal.region: 1 for portal in seeded.PORTALS}
    assert facets["source"] == {"滇池样报": 5}
    assert facets["month"] == {"2026-03": 5}
    assert found(ask, "q=昆明&region=上海")["total"] == 1
    assert found(ask, "q=昆明&source=滇池样报&portal=hunan_xiangjiang")["total"] == 1
    assert found(ask, "q=昆明&since=2026-03-14&until=2026-03")["total"] == 2
    assert found(ask, "q=昆明&since=2026-04")["total"] == 0


def test_a_facet_that_is_set_can_be_taken_off(ask):
    page = ask("/search?q=昆明&region=上海").text
    link = re.search(r'<a href="([^"]*)" class="chosen"', page)
    assert link is not None
    assert link[1] == f"?q={quote('昆明')}"


def test_no_words_means_all_articles_the_newest_first_page_by_page(ask, archive):
    with Archive.open(archive, read_only=True) as opened:
        total = opened.counts()["articles"]
    first = found(ask, "q=")
    assert (first["total"], first["pages"]) == (total, -(-total // 20))
    urls, query = [], "?q="
    while query:
        answer = found(ask, query.removeprefix("?"))
        urls += [hit["url"] for hit in answer["hits"]]
        query = answer["next"]
    assert len(urls) == len(set(urls)) == total
    dates = [hit["published"] for hit in first["hits"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    "query", ["q=NOT 财政", "q=。。。", "q=财政&since=昨天", "q=财政&until=2026-13", "q=" + "长" * 501]
)
def test_a_query_that_means_nothing_is_told_and_answered_with_400(ask, query):
    page, answer = ask(f"/search?{query}"), ask(f"/search.json?{query}")
    assert (page.status_code, answer.status_code) == (400, 400)
    assert 'role="alert"' in page.text
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "query", ['q="', "q=)(", "q=*", "q=a:b^c", "q=AND OR", "page=x", "page=-1", "page=99999", "x=1"]
)
def test_odd_queries_get_a_page(ask, query):
    assert ask(f"/search?{query}").status_code in {200, 400}


def test_the_search_of_a_table_is_ours(ask):
    page = ask("/archive/articles?_search=昆明")
    assert 'id="_search"' in page.text
    rows = ask("/archive/articles.json?_search=昆明&_shape=array&_size=max").json()
    assert {row["id"] for row in rows} == {int(hit["id"]) for hit in found(ask, "q=昆明")["hits"]}
    assert ask("/archive/article_list.json?_search=标题:昆明 更新&_shape=array").json()[0]["title"].endswith("（更新）")
    lines = list(csv.DictReader(io.StringIO(ask("/archive/articles.csv?_search=昆明&_stream=1").text)))
    assert len(lines) == 5


@pytest.mark.parametrize(
    "path",
    [
        "/archive/articles?_search=NOT+x",
        "/archive/articles?_fts_table=articles_fts&_search=x",
        "/archive/urls?_search=x",
    ],
)
def test_a_search_that_would_lie_is_refused(ask, path):
    assert ask(path).status_code == 400


@pytest.mark.parametrize("table", ["articles_fts", "articles_bigrams", "search_changes"])
def test_the_machinery_of_the_search_is_not_shown(ask, table):
    assert ask(f"/archive/{table}").status_code == 403


def test_tables_are_described_from_the_columns(ask):
    page = ask("/archive/articles").text
    assert all(f"<dt>{column.name}</dt>" in page for column in columns())
    known = ask("/archive.json").json()
    described = ask("/-/metadata.json").json()["databases"]["archive"]["tables"]
    shown = {table["name"] for table in known["tables"] if not table["hidden"]} | {
        view["name"] for view in known["views"]
    }
    assert shown - set(described) == set(), "a table without a description"


def test_nothing_can_be_written(ask):
    answer = ask("/archive.json?sql=" + quote("DELETE FROM articles"))
    assert answer.status_code == 400
    answer = ask("/archive.json?sql=" + quote("WITH x AS (SELECT 1) DELETE FROM articles"))
    assert answer.status_code == 400
    assert found(ask, "q=昆明")["total"] == 5


def test_a_query_of_ones_own_has_our_functions(ask):
    sql = quote("SELECT count(*) AS n FROM articles_fts WHERE articles_fts MATCH fts_query('昆明')")
    assert ask(f"/archive.json?sql={sql}&_shape=array").json() == [{"n": 5}]


def test_an_article_page_tells_what_happened_to_it(ask):
    gone = ask(f"/article/{seeded.article_id(seeded.GONE_URL)}").text
    assert "原址上已看不到这篇文章" in gone
    back = ask(f"/article/{seeded.article_id(seeded.BACK_URL)}").text
    assert "重新出现" in back
    assert "原址上已看不到" not in back
    copy = ask("/article/" + found(ask, "q=昆明&region=上海")["hits"][0]["id"]).text
    assert f'href="/article/{seeded.article_id(seeded.STORY_URL)}">看原文' in copy
    family = copy.partition('class="timeline"')[2].partition("</ol>")[0]
    assert family.count("<li") == 5
    assert re.findall(r'<li class="original">', family)


def test_an_alias_is_called_another_address_and_no_copy(ask_of, tmp_path):
    when, phone = seeded.BEGIN, seeded.STORY_URL.replace("news.", "m.")
    with Archive.open(tmp_path / "archive.db") as archive:
        for url, hours, claim in ((phone, -48, seeded.STORY_URL), (seeded.STORY_URL, 0, None)):
            made = seeded.page(seeded.YUNNAN, url, when + timedelta(hours=hours), seeded.STORY_TITLE, seeded.STORY)
            archive.store(replace(made, canonical=claim))
    ask = ask_of(tmp_path / "archive.db")
    page = ask(f"/article/{seeded.article_id(phone)}").text
    assert f"另一网址：{phone}" in page
    assert ask(f"/article/{seeded.article_id(seeded.STORY_URL)}").text == page
    assert "这是转载" not in page
    assert "天前" not in page
    assert [hit["reprint"] for hit in found(ask, "q=昆明")["hits"]] == [False]
    assert ask("/archive/reprint_network.json?_shape=array").json() == []
    [source] = ask("/archive/top_sources.json?_shape=array&since=&until=").json()
    assert (source["articles"], source["reprints"]) == (1, 0)


@pytest.mark.parametrize(
    "path", ["/article/1", "/article/9999999999999999999", "/raw/1", "/dashboards/nothing", "/article?url=x"]
)
def test_what_is_not_there_is_a_page_that_says_so(ask, path):
    answer = ask(path, follow_redirects=True)
    assert answer.status_code == 404
    assert "<h1>未找到" in answer.text


def test_an_article_is_found_by_its_address(ask):
    answer = ask(f"/article?url={quote(seeded.STORY_URL)}")
    assert answer.headers["location"] == f"/article/{seeded.article_id(seeded.STORY_URL)}"


@pytest.mark.parametrize(
    "path", [HOSTILE, "/", "/search?q=财政", "/dashboards/top_sources", "/archive/articles?_size=max"]
)
def test_no_markup_of_a_page_becomes_ours(ask, path):
    page = ask(path).text
    assert "<script>document.title" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    assert "<b>来源" not in page


def test_a_raw_page_is_inert(ask, archive):
    capture = re.search(r"/raw/(-?\d+)", ask(HOSTILE).text)
    assert capture
    framed = ask(capture[0]).text
    assert f'<iframe sandbox src="{capture[0]}/page"' in framed
    answer = ask(f"{capture[0]}/page")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'")
    assert "简体字“财政”也要对" in answer.text
    assert "自造的元素" in answer.text
    assert "alert(" not in re.sub(r'title="[^"]*"', "", answer.text)  # where a link led is told in its tooltip
    live = r"<(script|iframe|object|form|input|meta|link|base|svg)|\son\w+=|\s(src|href|action|background|data)="
    assert re.findall(live, answer.text.replace("title=", ""), re.IGNORECASE) == []
    source = ask(f"{capture[0]}/source")
    assert source.headers["content-type"].startswith("text/plain")
    assert "简体字“财政”也要对" in source.text


def test_a_raw_page_whose_warc_is_missing_says_so(ask):
    capture = re.search(r"/raw/-?\d+", ask(f"/article/{seeded.article_id(seeded.GONE_URL)}").text)
    assert capture
    assert "cannot read" in ask(capture[0]).text
    assert ask(f"{capture[0]}/page").status_code == 404


def test_a_capture_without_a_record_has_no_raw_page(archive):
    with Archive.open(archive, read_only=True) as opened:
        row = opened.captures(seeded.GONE_URL)[0]
        with pytest.raises(WarcError, match="the capture has no WARC record"):
            raw.record(opened, {**row, "warc": None, "offset": None, "length": None})


@pytest.mark.parametrize("name", ["articles_a_day", "top_sources", "reprint_network", "withdrawals", "portal_health"])
def test_a_dashboards_numbers_come_as_csv_and_json_too(ask, name):
    assert "<svg" in ask(f"/dashboards/{name}").text
    rows = ask(f"/archive/{name}.json?_shape=array").json()
    assert rows
    lines = list(csv.DictReader(io.StringIO(ask(f"/archive/{name}.csv").text)))
    assert [list(line) for line in lines] == [list(row) for row in rows]


def test_the_chart_of_days_sums_to_the_archive(ask, archive):
    with Archive.open(archive, read_only=True) as opened:
        total = opened.counts()["articles"]
    for chosen in ("all", "365"):
        assert f"{total:,} 篇，有日期的共 {total:,} 篇" in ask(f"/dashboards/articles_a_day?range={chosen}").text
    rows = ask("/archive/articles_a_day.json?_shape=array&since=2026-03-12&until=2026-03-12").json()
    assert {row["day"] for row in rows} == {"2026-03-12"}


def test_the_network_tells_who_takes_from_whom(ask):
    rows = ask("/archive/reprint_network.json?_shape=array").json()
    takers = {portal.title for portal in seeded.PORTALS} - {seeded.YUNNAN.title}
    assert {(row["outlet"], row["portal"]) for row in rows} == {("滇池样报", taker) for taker in takers}


def test_pages_work_on_an_archive_with_nothing_in_it(tmp_path, ask_of):
    with Archive.open(tmp_path / "archive.db"):
        pass
    ask_empty = ask_of(tmp_path / "archive.db")
    names = ("articles_a_day", "top_sources", "reprint_network", "withdrawals", "portal_health")
    for path in ("/", "/search", "/search?q=财政", "/archive", *(f"/dashboards/{name}" for name in names)):
        assert ask_empty(path).status_code == 200, path
    assert json.loads(ask_empty("/search.json?q=财政").text)["total"] == 0


def test_a_page_leads_to_the_feed_of_what_it_shows(ask):
    for path, query in (("/", ""), ("/search?q=昆明&region=云南", f"?q={quote('昆明')}&amp;region={quote('云南')}")):
        page = ask(path).text
        feed = f'href="/changes.atom{query}"'
        assert page.count(feed) == 2, path  # one for feed readers, one for people
        assert ask(re.search(r'href="(/changes[^"]*)"', page)[1].replace("&amp;", "&")).status_code == 200
