"""The table of cues: each row tells its role in its example, and nothing in its counter-example."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.kind import refusal
from newscrawl.extract.language.headings import heading_of, kind_of
from newscrawl.extract.language.lexicon import TABLE, Cue, Cues
from newscrawl.extract.language.plain import plain
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.story import body_text
from tests.extract.pages import page

FURNITURE = ("related", "share", "crumb", "pager", "player", "comment", "promo", "imprint", "copyright")
NOTICES = {"blocked": "blocked", "withdrawn": "withdrawn", "missing": "soft-404", "login": "login"}
LISTS = ("related_list", "hot_list", "recommended_list", "latest_list")
ROWS = [pytest.param(row, id=f"{row.role}: {row.says[:20]}") for row in TABLE]


def of(*roles: str) -> list[Cue]:
    """The rows of some roles."""
    return [row for row in TABLE if row.role in roles]


def only(row: Cue) -> Cues:
    """A row compiled alone."""
    cues = Cues(row.role)
    cues.use([row])
    return cues


@pytest.mark.parametrize("row", ROWS)
def test_a_cue_tells_its_role_in_its_example_alone(row):
    cue = only(row)
    found = cue(row.example)
    assert found is not None
    assert found.lastgroup == row.role
    assert cue(row.counter) is None


@pytest.mark.parametrize("row", ROWS)
def test_a_cue_is_written_plain(row):
    words = re.sub(r"\\.", "", row.says)
    assert plain(words) == words


def test_a_match_has_its_place_in_the_text_as_printed():
    assert Cues("details").without("三條新路通車。【詳細>>】") == "三條新路通車。"
    assert Cues("closing_credit")("集市散了。（責任編輯：張三）").start() == 5


@pytest.mark.parametrize("marks", ["", "【", "  ※ ", "<<", "↓↓↓", "👇 "])
def test_brackets_and_bullets_in_front_of_a_cue_do_not_count(marks):
    assert Cues("related")(f"{marks}相关阅读") is not None


@pytest.mark.parametrize("row", of(*FURNITURE))
def test_furniture_below_the_story_is_left_out_and_what_sounds_like_it_is_kept(row):
    told, kept = (body_text(page(closing=f"<p>{line}</p>")) or "" for line in (row.example, row.counter))
    assert row.example not in told.split("\n")
    assert row.counter in kept.split("\n")


@pytest.mark.parametrize("row", of(*NOTICES))
def test_a_page_that_says_nothing_else_is_refused_by_its_notice(row):
    document = Document(f"<title>提示</title><body><p>{row.example}</p></body>", "http://a.test/1.html")
    assert refusal(document) == NOTICES[row.role]


@pytest.mark.parametrize("row", of(*LISTS))
def test_the_heading_of_a_list_tells_its_kind(row):
    assert kind_of(row.example) == row.role.removesuffix("_list")
    assert kind_of(row.counter) == "other"


def test_a_badge_of_a_link_heads_no_list():
    assert heading_of("收起") is None
    assert heading_of("热点新闻 更多>>") == "热点新闻"
