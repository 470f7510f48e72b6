"""What an article's page names as its own address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.archive import Archive
from newscrawl.items import Part
from tests.archive.pages import article_page

FULL, PHONE = "http://www.news.test/a/1.html", "http://m.news.test/a/1.html"


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def claiming(url, claim, **facts):
    return replace(article_page(url, **facts), canonical=claim)


@pytest.mark.parametrize(
    ("claim", "part", "stored"),
    [
        (FULL, None, FULL),
        (None, None, None),
        (PHONE, None, None),
        (PHONE.replace("http:", "https:") + "?utm_source=a#top", None, None),
        (FULL, Part(PHONE, 1, 2), FULL),
        (PHONE, Part(PHONE, 1, 2), None),
        (FULL.replace("1.html", "1_2.html"), Part(PHONE, 2, 2), None),  # a page of the story, not the story
    ],
)
def test_what_a_page_names_as_its_own_is_kept_where_it_is_another(archive, claim, part, stored):
    url = PHONE if part is None or part.number == 1 else PHONE.replace("1.html", "1_2.html")
    archive.store(claiming(url, claim, part=part))
    assert archive.article(PHONE)["canonical_url"] == stored


def test_another_claim_is_no_revision(archive):
    assert archive.store(claiming(PHONE, None)).what == "new"
    assert archive.store(claiming(PHONE, FULL, hours=6)).what == "unchanged"
    assert archive.counts()["revisions"] == 0
