"""Repeated siblings: their kind is recognised from their structure, before any word is read."""

from __future__ import annotations

import pytest

from newscrawl.extract.page.document import Document
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.groups import Group, line_groups

PROSE = "镇里修通了通往各村的水泥路，运输的时间缩短了一半。"
LINKED = "<a href='/a/{0}.html'>第{0}届丰收节今天在镇上开幕</a>"


def groups(items: str, times: int) -> set[Group]:
    """The groups of the lines of a box with so many items; `{0}` is the item's number."""
    html = "".join(items.format(number) for number in range(times))
    document = Document(f"<html><body><p>头</p><div class='box'>{html}</div></body></html>", "http://a.cn/")
    found = line_groups(document)
    return {group for group, line in zip(found, walk(document).lines, strict=True) if line.text != "头"}


@pytest.mark.parametrize(
    ("items", "group"),
    [
        (f"<div class='x'>{LINKED}</div>", Group.LINKS),
        (f"<li>{LINKED}<span>05-20</span></li>", Group.LINKS),
        (f"<div class='x'><h3>{LINKED}</h3><p>{PROSE}</p></div>", Group.FEED),
        (f"<div class='x'><b>读者{{0}}</b><p>2024-05-2{{0}}</p><p>{PROSE}</p></div>", Group.TALK),
        ("<tr><td>第{0}名</td><td>{0}分</td></tr>", Group.ROWS),
    ],
)
def test_three_items_of_a_make_are_a_group_and_two_are_none(items, group):
    assert groups(items, 3) == {group}
    assert groups(items, 2) <= {Group.NONE}


@pytest.mark.parametrize("paragraph", [f"<p>{PROSE}</p>", f"<div class='x'><p>{PROSE}</p></div>"])
def test_paragraphs_are_no_group(paragraph):
    assert groups(paragraph, 12) == {Group.NONE}


def test_long_items_are_articles_of_their_own():
    assert groups("<div class='x'>" + f"<p>{PROSE}</p><p>短句</p>" * 8 + "</div>", 5) == {Group.NONE}


def test_one_teaser_in_a_small_box_is_no_part_of_a_story_and_a_linked_subheading_is():
    def found(box: str) -> set[Group]:
        document = Document(f"<html><body>{f'<p>{PROSE * 3}</p>' * 4}{box}</body></html>", "http://a.cn/")
        return set(line_groups(document))

    link = LINKED.format(1)
    assert found(f"<div>下一篇：{link}<p>{PROSE}</p></div>") == {Group.NONE, Group.FEED}
    assert found(f"<div><p>{link}</p><p>{PROSE}</p></div>") == {Group.NONE, Group.FEED}
    assert found(f"<p>{link}</p><p>{PROSE}</p>") == {Group.NONE}
    alone = Document(f"<html><body><p>头</p><div>{link}<p>{PROSE}</p></div></body></html>", "http://a.cn/")
    assert set(line_groups(alone)) == {Group.NONE}  # a page of nothing else: it is its story
