"""Pages that only a script draws: drawn by Chromium where there is one, named where there is none."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from newscrawl.archive import read_warc
from newscrawl.middlewares.browser import MARK, Guard, missing
from tests.conftest import command

needs_browser = pytest.mark.skipif(missing() is not None, reason=f"a browser is wanted: {missing()}")
STORIES = {number: f"清县第{number}座村级养老服务站投入使用" for number in range(1, 4)}
SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>清县融媒</title></head><body><div id="app"></div>
<script>fetch('{data}').then(answer => answer.json()).then(data => {{ {draw} }})</script></body></html>"""
ROWS = """document.getElementById('app').innerHTML =
data.map(row => `<li><a href='/detail.html?id=${row.id}'>${row.title}</a></li>`).join('')"""
STORY = """document.title = data.title; document.getElementById('app').innerHTML =
`<h1>${data.title}</h1>` + `<div class="info">2026-03-01 09:30　来源：清县融媒</div>` +
`<div class="content">${data.body}</div>`"""


@pytest.fixture
def county(site):
    """A county's H5 page: one shell for the list, one for the stories; all text comes by an API."""
    rows = [{"id": 10_000 + number, "title": title} for number, title in STORIES.items()]
    site.page("/", SHELL.format(data="/api/list", draw=ROWS))
    site.page("/api/list", json.dumps(rows), **{"Content-Type": "application/json"})
    for row in rows:
        body = "".join(
            f"<p>{row['title']}，服务站有{beds}张床位，附近的老人可以在这里吃饭、看病和休息。</p>"
            for beds in (10, 20, 30)
        )
        site.page(f"/detail.html?id={row['id']}", SHELL.format(data=f"/api/story?id={row['id']}", draw=STORY))
        site.page(
            f"/api/story?id={row['id']}", json.dumps(row | {"body": body}), **{"Content-Type": "application/json"}
        )
    return site


def crawl(site, data, **environment):
    return command(
        "scrapy", "crawl", "portal", "-a", f"url={site.url}/", "-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0",
        "-s", "NEWSCRAWL_ALLOW_PRIVATE=127.0.0.1", NEWSCRAWL_DATA=str(data), **environment,
    )  # fmt: skip


@needs_browser
def test_what_a_script_draws_is_read_and_replayed(county, tmp_path):
    data = tmp_path / "data"
    crawled = crawl(county, data, NEWSCRAWL_JS="1")
    assert crawled.returncode == 0, crawled.stderr[-3000:]
    query = "select url, title, source, published, body from articles order by url"
    with closing(sqlite3.connect(data / "archive.db")) as db:
        articles = db.execute(query).fetchall()
    assert sorted(title for _, title, *_ in articles) == sorted(STORIES.values())
    assert {source for _, _, source, *_ in articles} == {"清县融媒"}
    marked = [
        capture.url.removeprefix(county.url)
        for path in (data / "warc").glob("*.warc.gz")
        for capture in read_warc(path)
        if capture.record_type == "response" and capture.header(MARK)
    ]
    assert len(marked) <= 1 + len(STORIES)  # what can be read without is not drawn
    assert set(marked) >= {f"/detail.html?id={10_000 + number}" for number in STORIES}
    for file in data.glob("archive.db*"):
        file.unlink()
    assert command("newscrawl", "replay", NEWSCRAWL_DATA=str(data)).returncode == 0
    with closing(sqlite3.connect(data / "archive.db")) as db:
        assert db.execute(query).fetchall() == articles


def test_without_a_browser_the_pages_are_named(county, tmp_path):
    crawled = crawl(county, tmp_path / "data", NEWSCRAWL_JS="0")
    assert f"{county.url}/ is drawn by a script, and cannot be read without" in crawled.stderr


@pytest.mark.parametrize(
    ("kind", "url", "refused"),
    [
        ("script", "http://127.0.0.1:9/a.js", False),
        ("image", "http://127.0.0.1:9/a.png", True),
        ("xhr", "http://10.0.0.1/", True),
        ("fetch", "http://localhost/", True),
        ("document", "file:///etc/passwd", True),
        ("script", "http://name.invalid/a.js", True),
    ],
)
def test_the_browser_stays_out_of_private_networks(kind, url, refused, monkeypatch):
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.delenv("https_proxy", raising=False)
    request = SimpleNamespace(resource_type=kind, url=url)
    assert asyncio.run(Guard(["127.0.0.1"])(request)) is refused
