"""After `kill -9` at random pages the next run continues: same rows, and only leased pages are fetched again."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing

from newscrawl import settings
from newscrawl.outcomes import Outcome
from newscrawl.sample.server import serve
from tests import forked
from tests.conftest import command

KILLS = 6
PAGES = 12  # at the most between two kills: six times that is the whole portal
# `3小时前` is another time at each fetch: of such a date only the raw text is the same.
COLUMNS = """url, portal, title, published_raw, iif(published_raw like '%前', null, published), source, authors,
    editors, channel, body, images, content_hash, complete"""


def stored(folder) -> dict[str, list]:
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        return {
            "articles": sorted(db.execute(f"select {COLUMNS} from articles")),
            "links": sorted(db.execute("select section, kind, position, title, snippet from links")),
            "reprints": sorted(db.execute("select article, original, relation from reprints")),
        }


def leased(folder) -> set[str]:
    """The addresses that the killed crawl had leased: these may be fetched again.

    Two kills that hit the same page by chance would set it aside as their cause: the first is forgotten here.
    """
    with closing(sqlite3.connect(folder / "frontier.db")) as db, db:
        db.execute("update addresses set outcome = null where outcome = ?", (Outcome.CRASH,))
        return {url for (url,) in db.execute("select url from addresses where state = 'leased'")}


def lists(folder) -> set[str]:
    """The addresses that every run fetches again."""
    with closing(sqlite3.connect(folder / "frontier.db")) as db, db:
        return {url for (url,) in db.execute("select url from addresses where kind in ('start', 'list')")}


def test_kills_and_a_clean_run_equal_an_undisturbed_crawl(tmp_path):
    chance = random.Random(20230227)
    with serve() as sample:
        command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(tmp_path / "whole"))
        undisturbed = Counter(request["url"] for request in sample.requests)
    folder, again = tmp_path / "data", Counter()
    with serve(delay=0.01) as sample:
        for _ in range(KILLS):
            wanted = len(sample.requests) + chance.randint(1, PAGES)
            process = forked.scrapy("crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(folder))
            while len(sample.requests) < wanted and process.returncode is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.03))
            process.kill()
            process.communicate()
            again.update(leased(folder))
        last = command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(folder))
        fetched = Counter(request["url"] for request in sample.requests)
    assert last.returncode == 0, last.stderr[-3000:]
    assert stored(folder) == stored(tmp_path / "whole")
    for url, count in fetched.items():
        if url not in lists(folder) and not url.endswith("/robots.txt"):
            assert count <= undisturbed[url] + again[url], url
    assert again, "no kill fell into the crawl: the test shows nothing"
    assert not list((folder / "warc").glob("*.open"))
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
