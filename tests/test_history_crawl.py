"""Years in eleven runs: a site edits, withdraws, fails and restores, and the archive has exactly this history."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from newscrawl.archive import Archive
from newscrawl.urls import url_id
from tests import forked
from tests.conftest import LOCAL, command, six_hours_later
from tests.servers.site import Answer, Site

if TYPE_CHECKING:
    from pathlib import Path

    from newscrawl.archive import Step

# The site's answers for the story, run by run.
STATES = ("v1", "v2", "counters", "404", "soft-404", "home", "503", "403", "412", "captcha", "v1")
STORMS = {
    "503": Answer(b"<html><body><h1>503 Service Unavailable</h1></body></html>", 503),
    "403": Answer(b"<html><body><h1>403 Forbidden</h1></body></html>", 403),
    "412": Answer(b"<html><body></body></html>", 412),
    "captcha": Answer(
        "<html><title>安全验证</title><body><p>访问过于频繁，请完成验证后继续访问</p></body></html>".encode()
    ),
}
V1 = ["七月四日，市林业局通报春季造林情况，全市完成造林三万二千亩。", "通报说，其中防护林占六成，其余为经济林。"]
V2 = ["七月四日，市林业局通报春季造林情况，全市完成造林二万三千亩。", "通报说，其中防护林占六成，其余为经济林。"]
NAMES = {
    "story": "全市春季造林三万亩通报发布",
    "deleted": "某镇水库除险加固工程开工",
    "listed": "市图书馆新馆试运行首日见闻",
    "moved": "城北新区三所学校同日开学",
    "kept": "夏粮收购进度过半农户增收",
    "vanished": "老城区排水管网改造方案公布",
    "older": "县医院门诊楼投入使用一周",
    "quiet": "江边步道全线贯通市民称便",
}
PATHS = {name: f"/news/202607/04/content_{number}.html" for number, name in enumerate(NAMES, 70001)}
BYLINE = "2026-07-04 09:{:02d}:00 来源：江畔日报"
RUNS = {state: number for number, state in reversed(list(enumerate(STATES)))}


def article(name: str, paragraphs: list[str] | None = None, reads: int = 17) -> str:
    title, number = NAMES[name], list(NAMES).index(name)
    told = paragraphs or [f"{title}。记者从有关部门了解到，这项工作自年初以来稳步推进，已有成效。" * 2, *V1]
    return (
        f"<html><head><title>{title}_江畔网</title></head><body><h1>{title}</h1>"
        f"<div class='info'>{BYLINE.format(number)} 阅读：{reads}</div><div class='content'>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in told)
        + f"<p>阅读 {reads}　评论（{reads % 7}）</p></div></body></html>"
    )


def front(names) -> str:
    links = "".join(f"<li><a href='{PATHS[name]}'>{NAMES[name]}</a> 07-04</li>" for name in names)
    return f"<html><head><title>江畔网</title></head><body><ul>{links}</ul></body></html>"


def moved_home() -> Answer:
    return Answer(b"", 302, {"Location": "/"})


def notice(text: str) -> Answer:
    return Answer(f"<html><head><title>提示</title></head><body><p>{text}</p></body></html>".encode())


def set_state(site: Site, state: str, run: int) -> None:
    """Set the site's answers for a run."""
    if state in STORMS:
        site.pages = dict.fromkeys(["/", "/robots.txt", *PATHS.values()], STORMS[state])
        return
    shown = [name for name in NAMES if not (name == "vanished" and run >= 1)]
    site.page("/", front(shown))
    for name, path in PATHS.items():
        site.page(path, article(name))
    site.page(PATHS["kept"], article("kept"), ETag='"kept-1"', **{"Last-Modified": "Sat, 04 Jul 2026 01:00:00 GMT"})
    story = {"v1": article("story", V1), "v2": article("story", V2), "counters": article("story", V2, reads=54_321)}
    if state in story:
        site.page(PATHS["story"], story[state])
    else:
        gone = {"404": Answer(b"<h1>404</h1>", 404), "soft-404": notice("您访问的页面不存在"), "home": moved_home()}
        site.pages[PATHS["story"]] = gone[state]
    if run >= 1:
        site.pages[PATHS["kept"]] = Answer(b"", 304, {"ETag": '"kept-1"'})
        site.pages[PATHS["vanished"]] = Answer(b"", 410)
    if run >= 3:
        site.pages[PATHS["deleted"]] = notice("该内容已被发布者删除")
        site.page(PATHS["listed"], front(NAMES))
        site.pages[PATHS["moved"]] = moved_home()


def crawl(site: Site, folder: Path, *more: str) -> tuple[int, str]:
    """Crawl the site as users do, without waiting for retries; give the exit status and what was said."""
    options = ("-a", f"url={site.url}/", *LOCAL, "-s", "FRONTIER_WAIT=0", *more)
    process = forked.scrapy("crawl", "portal", *options, NEWSCRAWL_DATA=str(folder))
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said, said
    return process.returncode, said.splitlines()[-1]


def rows(folder: Path, query: str, *values: object, file: str = "archive.db") -> list[tuple]:
    with closing(sqlite3.connect(folder / file)) as db:
        return db.execute(query, values).fetchall()


@dataclass
class Crawled:
    """The data folder after all runs; of each run what the site was asked, its exit status and last line."""

    folder: Path
    site: Site
    asked: list[dict[str, dict[str, str]]] = field(default_factory=list)  # request headers by path
    ends: list[tuple[int, str]] = field(default_factory=list)

    def url(self, name: str) -> str:
        return self.site.url + PATHS[name]

    def steps(self, name: str) -> list[Step]:
        with Archive.open(self.folder / "archive.db", read_only=True) as archive:
            return archive.history(self.url(name))

    def captures(self, name: str) -> list[tuple]:
        query = "select status, outcome, charset from captures where url = ? order by fetched_at"
        return rows(self.folder, query, self.url(name))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years") / "data"
    with Site() as site:
        result = Crawled(folder, site)
        for run, state in enumerate(STATES):
            set_state(site, state, run)
            site.seen_headers.clear()
            result.ends.append(crawl(site, folder))
            result.asked.append(dict(site.seen_headers))
            six_hours_later(folder)
    return result


def test_one_story_is_edited_once_gone_once_and_returned_once(crawled):
    steps = crawled.steps("story")
    assert [step.what for step in steps] == ["first seen", "revised", "suspected", "gone", "revised", "returned"]
    _, edited, missed, gone, restored, returned = steps
    assert list(edited.changes) == list(restored.changes) == ["body"]
    marks = "{{+{}+}}三[-{}-]千"
    [changed] = [line for tag, line in edited.changes["body"] if tag == "~"]
    assert changed == V1[0].replace("三万二千", marks.format("二万", "万二"))
    assert missed.detail == "HTTP 404"
    assert gone.detail == f"the page says that there is no such page; first missed {missed.at}"
    assert returned.detail == f"gone since {gone.at}"
    assert rows(crawled.folder, "select gone_at from articles where url = ?", crawled.url("story")) == [(None,)]
    kept = rows(crawled.folder, "select body from revisions order by seen_at")
    assert [V1[0] in body for (body,) in kept] == [True, False]


def test_a_counter_makes_no_revision(crawled):
    counted = crawled.captures("story")[RUNS["counters"]]
    assert counted[:2] == (200, "article")
    assert len(crawled.steps("story")) == 6
    assert rows(crawled.folder, "select count(*) from revisions") == [(2,)]


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("deleted", "the page says that it was taken down"),
        ("listed", "a list of links in its place"),
        ("moved", "redirect to the home page"),
        ("vanished", "HTTP 410"),
    ],
)
def test_a_withdrawal_is_gone_once_after_a_second_look_with_its_evidence_and_text(crawled, name, evidence):
    _, missed, gone = crawled.steps(name)
    assert (missed.what, missed.detail) == ("suspected", evidence)
    assert (gone.what, gone.detail) == ("gone", f"{evidence}; first missed {missed.at}")
    query = "select title, gone_at, evidence, body from withdrawn where url = ?"
    [(title, gone_at, said, body)] = rows(crawled.folder, query, crawled.url(name))
    assert (title, gone_at, said) == (NAMES[name], gone.at, gone.detail)
    assert V1[1] in body


def test_the_views_tell_no_more_than_that(crawled):
    withdrawn = {url for (url,) in rows(crawled.folder, "select url from withdrawn")}
    assert withdrawn == {crawled.url(name) for name in ("deleted", "listed", "moved", "vanished")}
    told = Counter(what for (what,) in rows(crawled.folder, "select what from article_history"))
    assert told == {"first seen": len(NAMES), "revised": 2, "suspected": 5, "gone": 5, "returned": 1}
    story = "select what, detail from article_history where url = ? order by at"
    assert [what for what, _ in rows(crawled.folder, story, crawled.url("story"))] == [
        step.what for step in crawled.steps("story")
    ]


@pytest.mark.parametrize("state", STORMS)
def test_a_site_that_serves_nobody_is_unreachable_and_says_nothing_of_its_articles(crawled, state):
    status, said = crawled.ends[RUNS[state]]
    assert status == 5
    assert ("unreachable: no page of " if state == "503" else "blocked: ") + crawled.site.url in said
    # a site whose robots.txt cannot be had is closed; else the start page goes first
    assert ("/robots.txt" if state == "503" else "/") in crawled.asked[RUNS[state]]
    assert len(crawled.asked[RUNS[state]]) <= 9, "the host is left alone"


def test_what_the_server_dates_is_asked_for_conditionally_and_a_304_is_recorded_unread(crawled):
    [first, *later] = crawled.captures("kept")
    assert first == (200, "article", "utf-8")
    assert {capture for capture in later if capture[0] not in (403, 412, 503)} == {(304, "unchanged", None)}
    sent = crawled.asked[1][PATHS["kept"]]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"kept-1"', "Sat, 04 Jul 2026 01:00:00 GMT")
    assert [step.what for step in crawled.steps("kept")] == ["first seen"]
    [(last_seen, captured)] = rows(
        crawled.folder,
        "select last_seen, (select max(fetched_at) from captures where captures.article = articles.id)"
        " from articles where url = ?",
        crawled.url("kept"),
    )
    assert last_seen == captured


def test_every_other_run_went_well(crawled):
    assert [status for status, _ in crawled.ends] == [5 if state in STORMS else 0 for state in STATES]


def test_an_article_whose_list_entry_vanished_is_looked_at_in_the_same_run(site, data):
    names = ["vanished", "quiet", "older"]
    site.page("/", front(names))
    for name in names:
        site.page(PATHS[name], article(name))
    crawl(site, data)
    site.requests.clear()
    site.page("/", front(names[1:]))
    site.pages[PATHS["vanished"]] = Answer(b"", 404)
    crawl(site, data)
    assert site.requests == {"/robots.txt": 1, "/": 1, PATHS["vanished"]: 1}
    assert rows(data, "select kind from events") == [("suspected",)]


def test_a_host_that_fails_throughout_stands_in_the_verdict(site, data):
    paths = [f"/news/202607/05/content_{number}.html" for number in range(70101, 70120)]
    links = "".join(f"<li><a href='http://localhost:{site.port}{path}'>{NAMES['older']}</a></li>" for path in paths)
    site.page("/", front(["quiet"]) + links)
    site.page(PATHS["quiet"], article("quiet"))
    site.pages |= dict.fromkeys(paths, STORMS["503"])
    options = ("-a", "domains=*", "-s", "NEWSCRAWL_ALLOW_PRIVATE=127.0.0.1,localhost")
    status, said = crawl(site, data, *options, "-s", "FRONTIER_HOST_ERROR_LIMIT=3")
    assert status == 0
    assert "left alone after failing on and on: localhost" in said
    assert sum(site.requests[path] for path in paths) == 3
    assert rows(data, "select verdict, detail from crawls") == [
        ("ok", "left alone after failing on and on: localhost"),
    ]


def test_a_phones_page_leads_to_the_full_page_and_is_its_alias(site, data):
    """127.0.0.1 stands for the site; its AMP pages name their canonical addresses."""
    path = PATHS["quiet"]
    twin = article("quiet").replace("</title>", f"</title><link rel='canonical' href='{site.url}{path}'>")
    site.page("/", f"<ul><li><a href='/amp{path}'>{NAMES['quiet']}</a></li><li><a href='/list/'>新闻</a></li></ul>")
    site.page(f"/amp{path}", twin)
    site.page(path, article("quiet"))
    crawl(site, data)
    assert site.requests[path] == site.requests[f"/amp{path}"] == 1
    told = """select articles.url, reprint_of, aliases.url, evidence from articles
        left join aliases on aliases.article = articles.id"""
    known = [(site.url + path, None, f"{site.url}/amp{path}", "canonical")]
    assert rows(data, told) == known, "the full page is kept, though it was seen later"
    for file in data.glob("archive.db*"):
        file.unlink()
    assert command("newscrawl", "replay").returncode == 0
    assert rows(data, told) == known
    aliases = rows(data, "select url, address from aliases", file="frontier.db")
    assert aliases == [(f"{site.url}/amp{path}", url_id(site.url + path))]
    six_hours_later(data)
    crawl(site, data)
    crawl(site, data)
    due = rows(data, "select url from addresses where kind = 'article' and due is not null", file="frontier.db")
    assert due == [(site.url + path,)]


def test_an_article_that_moves_is_followed_and_told_as_one_by_a_replay_too(site, data):
    """By an address between; the redirects end in HTTP 404 when it has been read at its new address."""
    old, between, new = PATHS["quiet"], "/go/70008.html", PATHS["quiet"].replace("/news/", "/home/")
    told = """select articles.url, gone_at is not null, count(distinct revisions.capture), count(distinct captures.id)
        from articles join captures on captures.article = articles.id
        left join revisions on revisions.article = articles.id group by articles.id"""
    site.page("/", front(["quiet"]))
    site.page(old, article("quiet"))
    crawl(site, data)
    site.page(old, "", 301, Location=between)
    site.page(between, "", 301, Location=new)
    site.page(new, article("quiet"))
    crawl(site, data, "-s", "FRONTIER_REVISIT_NOW=1")
    site.page(new, article("quiet", V2))
    site.pages[old] = site.pages[between] = Answer(b"", 404)
    for _ in range(2):
        crawl(site, data, "-s", "FRONTIER_REVISIT_NOW=1")
    assert rows(data, told) == [(site.url + old, 0, 1, 7)]
    site.pages[new] = Answer(b"", 410)
    for _ in range(2):
        crawl(site, data, "-s", "FRONTIER_REVISIT_NOW=1")
    ended, events = rows(data, told), rows(data, "select kind, evidence from events")
    assert ended == [(site.url + old, 1, 1, 11)]
    assert [kind for kind, _ in events] == ["suspected", "gone"]
    for file in data.glob("archive.db*"):
        file.unlink()
    assert command("newscrawl", "replay").returncode == 0
    assert (rows(data, told), rows(data, "select kind, evidence from events")) == (ended, events)
