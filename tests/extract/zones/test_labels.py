"""Which lines of a labelled page are its story, as learning sees it."""

from __future__ import annotations

from benchmarks.learn.labels import gold_roles
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.sequence import Role
from tests.extract.pages import STORY, page

GOLD = [paragraph.removeprefix("<p>").removesuffix("</p>") for paragraph in STORY]


def test_lines_in_the_gold_are_the_story_and_what_stands_between_is_a_gap():
    text = "".join([STORY[0], "<div>推荐阅读 更多</div>", *STORY[1:]])
    html = f"<html><body><h1>集市的早晨</h1><div>{text}</div><p>版权所有</p></body></html>"
    roles = gold_roles(Document(html, "http://a.test/"), GOLD)
    assert roles is not None
    story = [number for number, role in enumerate(roles) if role is Role.STORY]
    assert len(story) == len(GOLD)
    assert roles[story[0] + 1] is Role.GAP
    assert roles[0] is Role.BEFORE
    assert roles[-1] is Role.AFTER


def test_a_page_that_lacks_most_of_its_gold_teaches_nothing():
    assert gold_roles(page(), ["这一段在页面上完全没有，它来自另一篇很长很长的文章。" * 20]) is None
