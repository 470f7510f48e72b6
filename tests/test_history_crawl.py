"""Years in eleven runs: a site edits, withdraws, breaks down and brings back, and the archive tells just that."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from newscrawl.archive import Archive
from tests import forked
from tests.conftest import LOCAL, six_hours_later
from tests.servers.site import Answer, Site

# What the site answers for the story, run by run.
STATES = ("v1", "v2", "counters", "404", "soft-404", "home", "503", "403", "412", "captcha", "v1")
STORMS = {
    "503": Answer(b"<html><body><h1>503 Service Unavailable</h1></body></html>", 503),
    "403": Answer(b"<html><body><h1>403 Forbidden</h1></body></html>", 403),
    "412": Answer(b"<html><body></body></html>", 412),
    "captcha": Answer("<html><title>安全验证</title><body><p>访问过于频繁，请完成验证后继续访问</p></body></html>".encode()),
}
V1 = ["七月四日，市林业局通报春季造林情况，全市完成造林三万二千亩。", "通报说，其中防护林占六成，其余为经济林。"]
V2 = ["七月四日，市林业局通报春季造林情况，全市完成造林二万三千亩。", "通报说，其中防护林占六成，其余为经济林。"]
NAMES = {
    "story": "全市春季造林三万亩通报发布", "deleted": "某镇水库除险加固工程开工", "listed": "市图书馆新馆试运行首日见闻",
    "moved": "城北新区三所学校同日开学", "kept": "夏粮收购进度过半农户增收", "vanished": "老城区排水管网改造方案公布",
    "older": "县医院门诊楼投入使用一周", "quiet": "江边步道全线贯通市民称便",
}  # fmt: skip
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
    """Let the site answer as it does in a run."""
    if state in STORMS:
        site.pages = dict.fromkeys(["/", *PATHS.values()], STORMS[state])
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


@dataclass
class Crawled:
    folder: object
    site: Site
    said: list[str] = field(default_factory=list)
    asked: list[dict[str, int]] = field(default_factory=list)
    headers: list[dict[str, dict[str, str]]] = field(default_factory=list)

    def rows(self, query: str, *values: object, file: str = "archive.db") -> list[tuple]:
        with closing(sqlite3.connect(self.folder / file)) as db:
            return db.execute(query, values).fetchall()

    def url(self, name: str) -> str:
        return self.site.url + PATHS[name]

    def effects(self, name: str) -> list[str]:
        """What became of an article, step by step."""
        with Archive.open(self.folder / "archive.db", read_only=True) as archive:
            return [step.what for step in archive.history(self.url(name))]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years") / "data"
    with Site() as site:
        result = Crawled(folder, site)
        for run, state in enumerate(STATES):
            set_state(site, state, run)
            site.requests.clear()
            site.seen_headers.clear()
            crawl = ("crawl", "portal", "-a", f"url={site.url}/", *LOCAL, "-s", "FRONTIER_WAIT=0")
            process = forked.scrapy(*crawl, NEWSCRAWL_DATA=str(folder))
            said = process.communicate(timeout=60)[1]
            assert process.returncode == (5 if state in STORMS else 0), said
            assert "Traceback" not in said, said
            result.said.append(said)
            result.asked.append(dict(site.requests))
            result.headers.append(dict(site.seen_headers))
            six_hours_later(folder)
        yield result


def test_each_run_tells_what_it_brought(crawled):
    for n,(s,a) in enumerate(zip(crawled.said, crawled.asked)):
        print(n, STATES[n], s.splitlines()[-1], a)
    for name in NAMES: print(name, crawled.effects(name))
    for r in crawled.rows("select url, status, outcome, charset from captures order by fetched_at"): print(r)
    for r in crawled.rows("select * from withdrawn"): print(r)
    for r in crawled.rows("select * from article_history"): print(r)
    for r in crawled.rows("select url,state,kind,outcome,tries,misses,due from addresses", file="frontier.db"): print(r)
    for r in crawled.rows("select * from crawls"): print(r)
    assert 0
