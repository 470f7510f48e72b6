"""Real crawls of a site that breaks in one way raise exactly that alarm, although older pages are unchanged."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from tests.conftest import command

TITLE = "云溪县第{}号水利工程建设进展通报"
TOLD = "记者从县水利局了解到，第{0}号工程第{1}段已经完工，受益群众{0}{1}人，下一步还将推进配套建设。"
ADDRESS = "/news/202605/t202605{:02d}_{}.html"
A_NIGHT = 8


def publish(site, night: int, source: str = "来源：云溪日报") -> None:
    """Put the articles of a night on the site; the start page names them and those of the night before."""
    for number in range(night * A_NIGHT, (night + 1) * A_NIGHT):
        title = TITLE.format(number)
        told = "".join(f"<p>{TOLD.format(number, part)}</p>" for part in range(4))
        info = f"<div class='info'>2026-05-{number % 27 + 1:02d} 09:30 {source}</div>"
        head = f"<html><head><title>{title}_云溪网</title></head><body><h1>{title}</h1>"
        site.page(ADDRESS.format(number % 27 + 1, number), f"{head}{info}<div class='content'>{told}</div>")
    named = range(max(0, night - 1) * A_NIGHT, (night + 1) * A_NIGHT)
    links = "".join(f"<li><a href='{ADDRESS.format(n % 27 + 1, n)}'>{TITLE.format(n)}</a></li>" for n in named)
    site.page("/", f"<html><head><title>云溪网</title></head><body><ul>{links}</ul></body></html>")


def test_a_field_that_new_articles_lack_is_told_and_nothing_else(site, data, scrapy_crawl):
    for night in range(7):
        publish(site, night, source="来源：云溪日报" if night < 6 else "")
        assert scrapy_crawl("portal", "-a", f"url={site.url}/", "-s", "FRONTIER_WAIT=0").returncode == 0
        ended = command("newscrawl", "health", "--json") if night > 4 else None
        if night == 5:
            assert (ended.returncode, json.loads(ended.stdout)["alarms"]) == (0, [])
    (alarm,) = json.loads(ended.stdout)["alarms"]
    assert (ended.returncode, alarm["what"]) == (1, "source")
    with closing(sqlite3.connect(data / "archive.db")) as db:
        (counts,) = db.execute("select counts from crawls order by started_at desc").fetchone()
    assert json.loads(counts)["articles"] > json.loads(counts)["new"] == A_NIGHT, "older ones were looked at again"
