"""Stories of several pages: a page with the whole text outweighs its parts; a last part may name no other part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.archive import Archive
from newscrawl.items import WHOLE, Part
from tests.archive.pages import article_page

URLS = tuple(f"http://news.test/a/4821{tail}.html" for tail in ("", "_2", "_3"))
TEXTS = ("第一页的文字，说的是茶山。", "第二页的文字，说的是茶场。", "第三页的文字，说的是茶农。")


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def part(number, total=3, urls=URLS, **facts):
    own = Part(URLS[0], number, total, urls)
    return replace(article_page(URLS[number - 1], body=TEXTS[number - 1], **facts), part=own)


def whole(**facts):
    url = URLS[0].replace(".html", "_all.html")
    return replace(article_page(url, body="\n".join(TEXTS), **facts), part=Part(URLS[0], WHOLE, 1, URLS[:1]))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_page_with_all_of_it_completes_a_story(archive, order):
    pages = [part(1), whole(hours=1)]
    for place in order:
        archive.store(pages[place])
    article = archive.article(URLS[0])
    assert (article["url"], article["body"], article["complete"]) == (URLS[0], "\n".join(TEXTS), 1)
    assert archive.counts()["articles"] == 1


def test_a_part_that_names_no_other_is_known_by_those_before_it(archive):
    for number in (1, 2):
        archive.store(part(number))
    assert archive.article(URLS[0])["complete"] == 0
    archive.store(article_page(URLS[2], body=TEXTS[2], hours=1))
    article = archive.article(URLS[0])
    assert (article["body"], article["complete"]) == ("\n".join(TEXTS), 1)
    assert archive.counts()["articles"] == 1
