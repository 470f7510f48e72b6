"""All fields of each of the project's own pages."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.sample import expected
from tests.extract.own_pages import FIELDS, FOLDER, alike, extracted, own_pages, shown

# Fields that the rules get wrong today, with the reason; a mended one fails here until it is taken out.
KNOWN_MISSES: dict[tuple[str, str], str] = {}
# What `<title>` adds to a headline: the site's or a channel's name behind a seam.
SITE = re.compile(r"(?:[-_|—–]|\s-\s)\S{0,12}(?:网|报|在线|频道|新闻|数字报)$|岚台新闻网")
PAGES = own_pages()
ARTICLES = [name for name, page in PAGES.items() if page.reason is None]


@pytest.mark.parametrize("name", ARTICLES)
def test_every_field_of_a_page_is_read_but_those_known_to_be_missed(name):
    article = extracted(name)
    assert isinstance(article, Article), article
    fields = {field: (want, shown(article, field)) for field, want in PAGES[name].fields.items() if field in FIELDS}
    wrong = {field: both for field, both in fields.items() if not alike(field, *both)}
    known = {field for page, field in KNOWN_MISSES if page == name}
    assert wrong.keys() == known, "\n".join(f"{field}\nwant {want}\ngot  {got}" for field, (want, got) in wrong.items())


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.reason])
def test_what_is_no_article_is_refused_by_name(name):
    assert extracted(name) == NoArticle(PAGES[name].reason)


@pytest.mark.parametrize("name", PAGES)
def test_expected_values_are_reviewed_and_clean(name):
    page = PAGES[name]
    assert page.reviewed, f"read {name} and its expected values, then set reviewed in its JSON file"
    text = json.dumps(page.fields, ensure_ascii=False)
    assert not [character for character in text if character == "\ufffd" or unicodedata.category(character) == "Co"]
    assert not SITE.search(page.fields.get("title", ""))


def test_every_page_has_its_expected_values_and_none_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.html")} == {path.stem for path in FOLDER.glob("*.json")}


def test_all_articles_of_the_sample_portal_are_here():
    names = {page.url for page in PAGES.values()}
    assert all(expected(edition).keys() <= names for edition in (1, 2))


@pytest.mark.parametrize("name", ["relative_date", "sample1/keji/10471.html", "sample1/keji/10469.html"])
def test_a_relative_date_is_none_where_the_time_of_the_fetch_is_unknown(name):
    page = PAGES[name]
    article = read(Document(page.content, page.url, content_type=page.content_type))
    assert isinstance(article, Article)
    assert article.published is None


def test_known_misses_are_pages_and_fields_there_are():
    assert KNOWN_MISSES.keys() <= {(name, field) for name in ARTICLES for field in PAGES[name].fields}
