"""An archive made with older rules is revisited with new ones: only changes of pages are revisions."""

from __future__ import annotations

import dataclasses
import logging
from datetime import timedelta

import pytest
from scrapy import Spider
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from newscrawl import pipelines
from newscrawl.archive import Archive, WarcRef, WarcWriter, read_record
from newscrawl.data_folder import DataFolder
from newscrawl.extract import version
from newscrawl.extract.finders import Finder
from newscrawl.items import Article
from newscrawl.pipelines import Check, Deduplicate, Extract, Store
from newscrawl.profiles.files import Profiles
from newscrawl.replay.recorded import recorded_page
from tests.archive.pages import PORTAL, START

TITLES = [f"{place}开展秋季河道清淤工作" for place in ("东坪镇", "南山镇", "西渡镇", "北口镇", "中和镇", "上林镇")]
STORY = "记者从{place}了解到，清淤工作自九月开始，共清理河道{length}公里，沿河各村组织了志愿者参与。"
SECOND = "{place}还将在冬季修整两岸步道，计划于明年春天完工，届时居民可以沿河步行到达集市。"
# As if older rules had stopped at the first paragraph.
OLD_RULE = Finder("old", lambda document: [document.selector.css("div.content p::text").get()])


def page_of(number: int, *, length: int = 12, reads: int = 7, pager: str = "", texts: tuple[str, ...] = ()) -> str:
    title = TITLES[number]
    told = texts or (STORY, SECOND)
    paragraphs = "".join(f"<p>{text.format(place=title[:3], length=length)}</p>" for text in told)
    return (
        f"<html><head><title>{title}_江畔网</title></head><body><h1>{title}</h1>"
        f"<div class='info'>2026-03-01 09:0{number}:00 来源：江畔日报 阅读：{reads}</div>"
        f"<div class='content'>{paragraphs}</div>{pager}<p>阅读 {reads}</p></body></html>"
    )


def url_of(number: int, part: int = 1) -> str:
    return f"http://news.test/news/202603/01/content_{70001 + number}{f'_{part}' if part > 1 else ''}.html"


class Visits:
    """Fetches pages as a crawl does: into a WARC file, then through the pipelines into the archive."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.monkeypatch = DataFolder(folder), monkeypatch
        self.hour = 0
        self.stats = {}

    def visit(self, pages: dict[str, str], rules: str = "", overrides=None) -> None:
        """Visit pages by address; with older rules, by another version and with the given finders."""
        self.hour += 24
        with self.monkeypatch.context() as patch, WarcWriter(self.folder.warc, "hunan_test", info={}) as writer:
            if rules:
                patch.setattr(version, "rules_version", lambda: rules)
            refs = [
                writer.write(
                    url,
                    status=200,
                    headers=[("Content-Type", "text/html; charset=utf-8")],
                    body=text.encode(),
                    fetched_at=START + timedelta(hours=self.hour),
                )
                for url, text in pages.items()
            ]
            self.store(refs, overrides)

    def store(self, refs, overrides=None) -> None:
        """Let recorded pages go through the pipelines."""
        crawler = get_crawler(Spider, {"NEWSCRAWL_DATA": self.folder.root})
        steps = [Extract(crawler), Check(), Deduplicate(), Store(crawler)]
        profiles = Profiles(self.folder.profiles)
        portal = dataclasses.replace(PORTAL, overrides=overrides or {}, profile_of=profiles.get)
        for ref in refs:
            item = recorded_page(read_record(self.folder.warc, ref), portal)
            try:
                for step in steps:
                    item = step.process_item(item)
            except DropItem:
                continue
        steps[-1].close_spider()
        self.stats = crawler.stats.get_stats()

    def rows(self, query: str) -> list[tuple]:
        with Archive.open(self.folder.archive, read_only=True) as archive:
            return archive.database.execute(query).fetchall()

    def found(self, word: str) -> int:
        with Archive.open(self.folder.archive, read_only=True) as archive:
            return len(list(archive.search(word)))

    def lose_warc(self) -> None:
        for path in self.folder.warc.glob("*.warc.gz"):
            path.unlink()


@pytest.fixture
def visits(tmp_path, monkeypatch):
    return Visits(tmp_path / "data", monkeypatch)


def old_visit(visits, pages):
    visits.visit(pages, "older", {"body": OLD_RULE})


ALL = range(len(TITLES))
EDITED = 3


def pages(**facts):
    return {url_of(number): page_of(number, **facts) for number in ALL}


def test_only_the_page_that_changed_gets_a_revision(visits):
    old_visit(visits, pages())
    old_visit(visits, pages(reads=8))
    assert visits.found("沿河步行") == 0
    visits.visit(pages(reads=9) | {url_of(EDITED): page_of(EDITED, length=15)})
    revised = visits.rows("select url, revisions.body from revisions join articles on articles.id = revisions.article")
    place = TITLES[EDITED][:3]
    before = "\n".join(text.format(place=place, length=12) for text in (STORY, SECOND))
    assert revised == [(url_of(EDITED), before)], "one page changed; its text before is as today's rules read it"
    assert visits.stats["stored/unchanged"] == len(TITLES) - 1
    assert visits.stats["reread/read"] == len(TITLES)
    assert visits.found("沿河步行") == len(TITLES), "the full-text index follows"
    assert visits.rows("select distinct rules from articles") == [(version.rules_version(),)]
    assert visits.rows("select count(distinct content_hash), min(capture is not null) from articles") == [(6, 1)]
    visits.visit(pages(reads=10, length=12))
    assert "reread/read" not in visits.stats, "once is enough"
    assert visits.rows("select count(*) from revisions") == [(2,)]


def test_the_corrected_rows_are_those_that_todays_rules_alone_would_have_made(visits, tmp_path, monkeypatch):
    other = Visits(tmp_path / "other", monkeypatch)
    old_visit(visits, pages())
    other.visit(pages())
    for each in (visits, other):
        each.visit(pages(reads=9) | {url_of(EDITED): page_of(EDITED, length=15)})
    tables = {
        "articles": "*",
        "revisions": "*",
        "links": "*",
        "placed": "article",
        "captures": "id, article, outcome, part, version",
    }
    for table, columns in tables.items():
        query = (
            f"select {columns} from {table} order by 1, 2" if columns != "article" else f"select {columns} from {table}"
        )
        assert visits.rows(query) == other.rows(query), table


LIST = (
    "<html><title>{0}</title><body><p>阅读 {1}</p><ul>"
    + "<li><a href='/list/'>{0}</a></li>" * 30
    + "</ul></body></html>"
)


def test_a_page_that_todays_rules_refuse_is_not_withdrawn_for_it(visits):
    """Older rules took a list-like page for an article."""
    lists = {url_of(number): LIST.format(TITLES[number], 7) for number in ALL}
    with visits.monkeypatch.context() as patch:
        patch.setattr(pipelines, "read", lambda page, *_: Article(page.url, "旧闻", body=f"旧闻：{page.url}"))
        visits.visit(lists, "older")
    assert visits.rows("select count(*) from articles") == [(len(TITLES),)]
    edited = {url_of(number): LIST.format(TITLES[number], 8) for number in ALL}
    for pages in (lists, lists, edited, edited):
        visits.visit(pages)
    assert visits.rows("select count(*) from events") == [(0,)]
    assert visits.rows("select outcome, count(*) from captures group by 1 order by 1") == [
        ("article", len(TITLES)),
        ("unchanged", 4 * len(TITLES)),
    ]
    visits.store([WarcRef(*row) for row in visits.rows('select warc, "offset", length, digest from captures')])
    assert visits.rows("select count(*), count(gone_at) from articles") == [(len(TITLES), 0)], "a replay leaves them"


def test_a_list_in_place_of_an_article_is_its_absence(visits):
    old_visit(visits, pages())
    for _ in range(2):
        visits.visit({url_of(0): LIST.format(TITLES[0], 7)})
    assert visits.rows("select kind from events order by at") == [("suspected",), ("gone",)]


def test_bytes_that_only_older_rules_took_for_the_same_text_are_no_revision(visits):
    """The page was edited where older rules did not look; since then it has not changed."""
    old_visit(visits, pages())
    edited = pages(reads=8) | {url_of(EDITED): page_of(EDITED, texts=(STORY, SECOND, "沿岸村民说，河水清了。"))}
    old_visit(visits, edited)
    visits.visit(edited)
    assert visits.rows("select count(*) from revisions") == [(0,)]
    assert visits.found("河水清了") == 1


def test_an_archive_without_versions_is_read_again_too(visits):
    old_visit(visits, pages())
    with Archive.open(visits.folder.archive) as archive:
        archive.database.execute("update articles set rules = null")
    visits.visit(pages(reads=8))
    assert visits.rows("select count(*) from revisions") == [(0,)]


def test_without_its_record_a_page_is_compared_by_its_bytes(visits, caplog):
    old_visit(visits, pages())
    visits.lose_warc()
    with caplog.at_level(logging.WARNING):
        visits.visit(pages() | {url_of(EDITED): page_of(EDITED, length=15)})
    assert visits.rows("select count(*) from revisions") == [(1,)]
    assert visits.stats["reread/unreadable"] == len(TITLES)
    assert f"{url_of(0)} was read by other rules and cannot be read again" in caplog.text
    assert visits.found("沿河步行") == len(TITLES)
    visits.visit(pages(reads=9) | {url_of(EDITED): page_of(EDITED, length=15)})
    assert "reread/unreadable" not in visits.stats
    assert visits.rows("select count(*) from revisions") == [(1,)]


def test_equal_bytes_are_no_revision_whatever_reads_them(visits):
    visits.visit(pages(), overrides={"body": OLD_RULE})
    visits.visit(pages())  # the portal's override is gone, the rules are the same
    assert visits.rows("select count(*) from revisions") == [(0,)]
    assert visits.found("沿河步行") == len(TITLES)


def test_a_portals_overrides_are_rules_too(visits):
    visits.visit(pages(), overrides={"body": OLD_RULE})
    visits.visit(pages(reads=8) | {url_of(EDITED): page_of(EDITED, length=15)})
    assert visits.rows("select count(*) from revisions") == [(1,)]
    assert visits.found("沿河步行") == len(TITLES)


PAGER = "<div class='page'><a href='content_70001.html'>1</a> <a href='content_70001_2.html'>2</a></div>"


def parts(length=12, reads=7):
    return {
        url_of(0, part): page_of(0, length=length, reads=reads, pager=PAGER, texts=texts)
        for part, texts in ((1, (STORY, SECOND)), (2, (SECOND.replace("步道", "栈道"), STORY.replace("九月", "十月"))))
    }


def test_a_story_over_several_pages_is_read_again_whole(visits):
    old_visit(visits, parts())
    assert visits.rows("select count(*), min(complete) from articles") == [(1, 1)]
    first = parts(reads=8)[url_of(0)]
    visits.visit({url_of(0): first})
    assert visits.stats["reread/read"] == 2
    assert visits.rows("select count(*) from revisions") == [(0,)]
    [(body,)] = visits.rows("select body from articles")
    assert [text in body for text in ("步道", "栈道", "九月", "十月")] == [True] * 4
    assert visits.rows("select count(*) from parts") == [(2,)]
    visits.visit(parts(reads=9))
    assert visits.rows("select count(*) from revisions") == [(0,)]
    visits.visit({url_of(0, 2): parts(length=15)[url_of(0, 2)]})
    assert visits.rows("select count(*) from revisions") == [(1,)]


def test_a_replay_of_one_file_invents_no_revision_either(visits):
    old_visit(visits, pages())
    old_visit(visits, pages(reads=8))
    rows = visits.rows('select warc, "offset", length, digest from captures order by fetched_at')
    visits.store([WarcRef(*row) for row in rows[: len(TITLES)]])
    assert visits.rows("select count(*) from revisions") == [(0,)]
    assert visits.found("沿河步行") == len(TITLES)


def test_the_version_tells_the_content_of_the_package(tmp_path, monkeypatch):
    (tmp_path / "cues.toml").write_text("words = 1")
    monkeypatch.setattr(version, "_FOLDER", tmp_path)
    seen = set()
    for change in ("cues.toml", "weights.json", "zones.py"):
        (tmp_path / change).write_text(change)
        version.rules_version.cache_clear()
        seen.add(version.rules_version())
    (tmp_path / "zones.pyc").write_text("compiled")
    version.rules_version.cache_clear()
    seen.add(version.rules_version())
    version.rules_version.cache_clear()
    assert len(seen) == 3
    assert {len(one) for one in seen} == {12}
