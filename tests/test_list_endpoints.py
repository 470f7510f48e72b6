"""Lists that a portal declares are fetched page by page, by GET or POST, until a page has no article."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.conftest import command
from tests.replicas.portal import Replica
from tests.replicas.server import Server
from tests.servers.site import Answer

PORTAL = '''
from newscrawl.portal import ListEndpoint, Portal

class HunanQy(Portal):
    """清源县."""

    name, title, region, level = "hunan_qy", "清源县", "湖南", "county"
    start_urls = ["http://www.qy.test/"]
    lists = [{endpoint}]
'''


class Rows(Replica):
    """A portal whose home page names no article; its rows come from an address that the page does not tell."""

    host = "www.qy.test"
    channels = 1

    def lay_out(self):
        self.routes = {}
        self.put("/", lambda: self.html("首页", "<p>清源县融媒体中心欢迎您。</p>"))
        for made in self.articles:
            self.put_article(made)

    def answer(self, asked):
        if not asked.path.startswith("/api/rows"):
            return super().answer(asked)
        told = json.loads(asked.body)["start"] if asked.method == "POST" else asked.path.partition("=")[2]
        first = int(told) if asked.method == "POST" else (int(told) - 1) * self.per_page
        rows = [{"title": made.title, "url": made.urls[0]} for made in self.of(0)[first : first + self.per_page]]
        return Answer(json.dumps({"rows": rows}).encode(), headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "endpoint",
    [
        'ListEndpoint("http://www.qy.test/api/rows?page={page}")',
        """ListEndpoint("http://www.qy.test/api/rows", '{"start": {page}}', first=0, step=6)""",
    ],
    ids=["GET", "POST"],
)
def test_a_declared_list_is_read_to_its_end_and_then_its_first_page(tmp_path, endpoint):
    folder, data, replica = tmp_path / "portals", tmp_path / "data", Rows(4)
    folder.mkdir()
    (folder / "hunan_qy.py").write_text(PORTAL.format(endpoint=endpoint), "utf-8")
    with Server([replica]) as server:

        def crawl():
            server.asked.clear()
            crawled = command(
                "scrapy", "crawl", "hunan_qy", "-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0",
                NEWSCRAWL_PORTALS=str(folder), NEWSCRAWL_DATA=str(data), http_proxy=server.proxy,
            )  # fmt: skip
            assert crawled.returncode == 0, crawled.stderr[-2000:]
            return sum("/api/rows" in url for url in server.asked)

        assert crawl() == 5  # four pages with rows, and the one without
        with closing(sqlite3.connect(data / "archive.db")) as db:
            stored = {url.removeprefix("http://www.qy.test") for (url,) in db.execute("select url from articles")}
        assert stored == {made.urls[0] for made in replica.articles}
        assert crawl() == 1  # nothing new on its first page
    with closing(sqlite3.connect(data / "archive.db")) as db:
        told = db.execute("select detail from crawls order by started_at").fetchall()
    assert not any("not read" in detail for (detail,) in told if detail), told
