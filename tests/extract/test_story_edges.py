"""The story's edges: its lead, the credits and notices under it, the annexes of a document."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.zones.story import body_text
from tests.extract.pages import STORY, TITLE, page

LINES = [re.sub(r"<[^>]+>", "", paragraph) for paragraph in STORY]
BYLINE = "<p>2024-05-20 16:25 来源：示例日报</p>"


def lines_of(**parts: str) -> list[str]:
    """The lines of a page's story."""
    return (body_text(page(**parts)) or "").split("\n")


@pytest.mark.parametrize(
    ("headline", "lead"),
    [
        (f"<h1>{TITLE}</h1>{BYLINE}<div class=intro>%s</div>", "大棚蔬菜成了集市上的主角，很抢手。"),
        (f"<header><h1>{TITLE}</h1><p>%s</p></header>{BYLINE}", "大棚蔬菜成了集市上的主角，下一步还要卖到城里去。"),
    ],
)
def test_a_sentence_between_headline_and_story_is_its_lead(headline, lead):
    assert lines_of(headline=headline % lead) == [lead, *LINES]


def test_a_lead_stays_where_the_storys_element_begins_with_a_byline():
    lead = "大棚蔬菜成了集市上的主角，下一步还要把它们卖到城里。"
    headline = f"<header><h1>{TITLE}</h1><p>{lead}</p></header>{BYLINE}"
    assert lines_of(headline=headline, opening="<p>示例新闻记者 | 张小山</p>")[0] == lead


def test_an_author_between_credits_is_no_line_of_the_story():
    trailer = "<p>来源：某县融媒体中心</p><p>作者：张小山</p><p>编辑：李四光</p>"
    assert lines_of(closing=trailer) == LINES
    assert lines_of(closing="<p>作者：张小山</p>") == [*LINES, "作者：张小山"]


def test_an_invitation_that_ends_as_a_notice_is_left_out():
    notice = (
        "更多精彩资讯请在应用市场下载“示例新闻”客户端。欢迎提供新闻线索，二十四小时报料热线400-555-0100；消费者也可通过示例新闻"
        "投诉平台线上投诉，我们会在七个工作日内回复，并为您保密。版权声明：本文章版权归属示例新闻所有，未经授权不得转载。"
    )
    assert lines_of(closing=f"<p>{notice}</p>") == LINES


def test_a_documents_annex_is_a_line_of_it():
    closing = (
        "<p>附件：1.<a href='1.docx'>青石镇集市摊位申请表.docx</a></p><p>2.<a href='2.docx'>集市摊位图.docx</a></p>"
        "<p>青石镇人民政府</p>"
    )
    annexes = ["附件：1.青石镇集市摊位申请表.docx", "2.集市摊位图.docx"]
    assert lines_of(closing=closing) == [*LINES, *annexes, "青石镇人民政府"]


@pytest.mark.parametrize(
    "sentence",
    [
        "律师表示，未经授权转载他人文章属于侵权行为，权利人可要求平台删除并赔偿损失。",
        "即日起，市民可扫描二维码下载“示例水务”客户端，在线报装报修。",
    ],
)
def test_what_somebody_says_of_copying_and_scanning_is_story(sentence):
    assert lines_of(closing=f"<p>{sentence}</p>")[-1] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "本站声明，未经授权转载本站文章属于侵权行为。",
        "更多精彩内容，请扫描二维码下载示例新闻客户端。",
        "未经授权，不得转载。",
    ],
)
def test_what_the_site_says_of_itself_is_none(sentence):
    assert sentence not in lines_of(closing=f"<p>{sentence}</p>")
