"""Each story of several pages becomes one whole article; parts that failed are added later."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.conftest import six_hours_later
from tests.replicas.measure import crawl
from tests.replicas.server import Server
from tests.replicas.stories import FORMS, Stories


def stored(folder):
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return {
            title: (body, complete)
            for title, body, complete in db.execute("SELECT title, body, complete FROM articles")
        }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A crawl in which a part of every second article fails, and a later one in which none does."""
    folder = tmp_path_factory.mktemp("stories")
    replica = Stories()
    with Server([replica]) as server:
        half = {made.urls[0].rpartition(".")[0].removesuffix("/1") for made in replica.articles[len(FORMS) :]}
        replica.broken = {
            path
            for path in (place.removeprefix(replica.host) for place in replica.routes)
            if any(path.startswith(base) for base in half) and path not in {made.urls[0] for made in replica.articles}
        }
        crawl(server, folder, "http://stories.test/", "-s", "FRONTIER_WAIT=0")
        before, listed = stored(folder), set(server.asked)
        replica.broken = set()
        six_hours_later(folder)
        crawl(server, folder, "http://stories.test/", "-s", "FRONTIER_WAIT=0")
        return replica, before, stored(folder), listed


@pytest.mark.parametrize("form", FORMS)
def test_a_story_is_one_article_with_all_its_text(crawled, form):
    replica, before, after, _ = crawled
    whole, mended = [made for made in replica.articles if replica.form(made) == form]
    assert set(before[whole.title][0].split("\n")) == replica.text(whole)
    assert before[whole.title][1] == 1
    assert before[mended.title][1] == 0
    assert set(after[mended.title][0].split("\n")) == replica.text(mended)
    assert after[mended.title][1] == 1


def test_no_part_is_an_article_of_its_own(crawled):
    replica, before, after, _ = crawled
    assert len(before) == len(after) == len(replica.articles)


def test_failing_parts_keep_no_list_from_being_read(crawled):
    replica, _, _, asked = crawled
    lists = {replica.place(replica.list_url(0, number)) for number in range(1, replica.last_page(0) + 1)}
    assert lists <= asked
