"""Headings of link blocks: what heads a list, and what only stands above it."""

from __future__ import annotations

import pytest

from newscrawl.extract.links.blocks import link_list
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.story import body_text
from tests.extract.test_blocks import STORY, TITLES, URL, items, links_of, sections


def _table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr><td>{row}</td></tr>' for row in rows)}</table>"


def test_a_table_in_a_table_may_hold_the_heading():
    links = links_of(_table(_table("相关新闻"), _table(f"<ul>{items(0, 1)}</ul>")))
    assert sections(links) == {"相关新闻": [0, 1]}


def test_a_heading_far_out_does_not_head_the_list_behind_another_list():
    first = f"<div>{_table('相关新闻')}<ul>{items(0, 1)}</ul></div>"
    links = links_of(_table(first, f"<div><div><ul>{items(2, 3)}</ul></div></div>"))
    assert sections(links) == {"相关新闻": [0, 1], None: [2, 3]}


@pytest.mark.parametrize(
    "heading",
    [
        "<div class=a><a href='/xq/'>县区动态</a></div>",
        "<div class=a><b></b><a href='/node_20520.htm'>县区动态</a></div>",
    ],
)
def test_a_link_beside_one_to_the_whole_list_heads_it(heading):
    more = "<div class=b><a href='/node_20520.htm'>更多...</a></div>"
    block = "<div class=box>{}<div>{}<ul>{}</ul></div></div>"
    assert sections(links_of(block.format(heading, more, items(0, 1, 2)))) == {"县区动态": [0, 1, 2]}
    assert sections(links_of(block.format(heading, "", items(0, 1, 2)))) == {None: [0, 1, 2]}


def test_a_short_line_over_one_that_leads_to_the_whole_list_heads_it_and_a_long_one_does_not():
    block = "<div class=box><div class=a>{}</div><div><div class=b><a href='/l/'>更多</a></div><ul>{}</ul></div></div>"
    assert sections(links_of(block.format("县区动态", items(0, 1, 2)))) == {"县区动态": [0, 1, 2]}
    assert sections(links_of(block.format("县区动态每天早八点更新", items(0, 1, 2)))) == {None: [0, 1, 2]}


@pytest.mark.parametrize(
    "heading",
    [
        "<h3><span><a href='/list/'>更多青石新闻&gt;&gt;</a></span>今日青石</h3>",
        "<h3><a href='/list/'>&lt;&lt;更多</a>今日青石</h3>",
        "<h3>今日青石<a href='/list/'>查看更多消息</a></h3>",
    ],
)
def test_the_words_of_a_link_to_the_whole_list_are_no_part_of_the_heading(heading):
    assert sections(links_of(f"<div>{heading}<ul>{items(0, 1)}</ul></div>")) == {"今日青石": [0, 1]}


def test_a_heading_that_begins_with_more_stays_whole():
    links = links_of(f"<div><h3><a href='/list/'>更多青石消息</a></h3><ul>{items(0, 1)}</ul></div>")
    assert sections(links) == {"更多青石消息": [0, 1]}


def test_the_first_story_in_larger_letters_heads_nothing():
    block = "<div><h2>每日推荐</h2><div><h3><a href='{}'>{}</a></h3><ul>{}</ul></div></div>"
    links = links_of(block.format("/zt/rice/", "稻花香里说丰年 三代人守田", items(0, 1)))
    assert {link.section for link in links} == {"每日推荐"}
    links = links_of(block.format("/zt/rice/", "稻花香里", items(0, 1)))
    assert sections(links) == {"稻花香里": [0, 1]}


_ROW = "<div><ul><li><b>县区图片</b></li><li><b>社会民生</b></li></ul></div>"


def test_panels_may_stand_beside_other_things_if_they_have_a_class_of_their_own():
    panel = "<div class=pics>{}</div>"
    panels = panel.format(f"<ul>{items(0, 1)}</ul>") + panel.format(f"<ul>{items(2, 3)}</ul>")
    links = links_of(f"<section>{_ROW}{panels}<div class=ad></div><div class=foot></div></section>")
    assert sections(links) == {"县区图片": [0, 1], "社会民生": [2, 3]}
    plain = panels.replace(" class=pics", "")
    assert set(sections(links_of(f"<section>{_ROW}{plain}<div class=ad></div></section>"))) != {"县区图片", "社会民生"}


def test_the_panel_of_a_tab_may_be_empty_while_it_is_hidden():
    row = "<h2><span>每日青石</span> <span>视频青石</span></h2>"
    panels = f"<div><ul>{items(0, 1, 2)}</ul></div><div style='display: none'>{{}}</div>"
    assert sections(links_of(f"<section>{row}{panels}</section>")) == {"每日青石": [0, 1, 2]}
    shown = panels.replace(" style='display: none'", "")
    assert sections(links_of(f"<section>{row}{shown}</section>")) == {"每日青石 视频青石": [0, 1, 2]}


@pytest.mark.parametrize(
    ("heading", "foreign"), [("频道最新更新", "频道总览"), ("网友评论排行", "网友评论"), ("全部评论精选", "全部评论")]
)
def test_a_list_of_the_newest_or_most_discussed_is_none_of_columns_or_comments(heading, foreign):
    assert sections(links_of(f"<div><h3>{heading}</h3><ul>{items(0, 1, 2)}</ul></div>")) == {heading: [0, 1, 2]}
    assert links_of(f"<div><h3>{foreign}</h3><ul>{items(0, 1, 2)}</ul></div>") == []


def test_a_link_to_a_larger_copy_of_a_picture_is_no_article():
    copies = "".join(
        f"<li><a href='/p/20240309_4800{number}.jpg'>青石镇的第{number}个观景台人头攒动</a></li>" for number in range(3)
    )
    assert links_of(f"<div><h3>精彩推荐</h3><ul>{copies}</ul></div>") == []


@pytest.mark.parametrize(
    "tab",
    [
        "<li rel={0}>{1}</li>",
        "<li data-target='#{0}'>{1}</li>",
        "<li><a href='#{0}'>{1}</a></li>",
        "<li><b aria-controls={0}>{1}</b></li>",
    ],
)
def test_a_tab_may_name_its_panel_wherever_that_stands(tab):
    row = f"<ul>{tab.format('pics', '县区图片')}{tab.format('life', '社会民生')}</ul>"
    panels = f"<div id=life><ul>{items(2, 3)}</ul></div><p>摊主说。</p><div id=pics><ul>{items(0, 1)}</ul></div>"
    links = links_of(f"<div class=box>{row}{panels}</div>")
    assert sections(links) == {"社会民生": [2, 3], "县区图片": [0, 1]}
    nameless = panels.replace("id=life", "id=a").replace("id=pics", "id=b")
    assert sections(links_of(f"<div class=box>{row}{nameless}</div>")) == {"县区图片": [2, 3], "社会民生": [0, 1]}


def test_tabs_in_the_panel_of_a_tab_only_divide_it():
    outer = "<ul><li rel=forum>社区精选</li><li rel=asks>最热提问</li></ul>"
    inner = "<ul><li rel=one>县区</li><li rel=two>乡镇</li></ul>"
    forum = f"<div id=forum>{inner}<ul id=one>{items(0, 1)}</ul><ul id=two>{items(2, 3)}</ul></div>"
    links = links_of(f"<div class=box><div>{outer}</div>{forum}<div id=asks><ul>{items(4, 5)}</ul></div></div>")
    assert sections(links) == {"社区精选": [0, 1, 2, 3], "最热提问": [4, 5]}
    assert [link.position for link in links] == [0, 1, 2, 3, 0, 1]


def test_tabs_beside_a_heading_order_its_lists_and_are_no_heading():
    tabs = "<h3><ul><li>热门文章</li><li><a href='javascript:a()'>{}</a>|<a href='javascript:b()'>{}</a></li></ul></h3>"
    one = f"<div><ul>{items(0, 1, 2)}</ul></div>"
    both = one + f"<div><ul>{items(3, 4, 5)}</ul></div>"
    assert sections(links_of(f"<div class=side>{tabs.format('3天', '7天')}{both}</div>")) == {"热门文章": [*range(6)]}
    assert sections(links_of(f"<div class=side>{tabs.format('最热', '最新')}{one}</div>")) == {"热门文章": [0, 1, 2]}
    found = sections(links_of(f"<div class=side>{tabs.format('最热', '最新')}{both}</div>"))
    assert found == {"最热": [0, 1, 2], "最新": [3, 4, 5]}
    behind = "<ul><li><a href='javascript:a()'>最热</a>|<a href='javascript:b()'>最新</a></li><li>热门文章</li></ul>"
    assert sections(links_of(f"<div class=side>{behind}{both}</div>")) == found


def test_the_second_of_two_panels_may_be_empty_if_a_class_is_both_panels():
    row = "<div class=tlt><a href='/v/'>视频青石</a> <a href='/w/'>每日青石</a></div>"
    lists = f"<div class=shown><ul>{items(0, 1)}</ul></div><div class=robots><ul>{items(2, 3)}</ul></div>"
    panels = f"<div class='{{}} one'>{lists}</div><div class='{{}} two'></div>"
    assert sections(links_of(f"<section>{row}{panels.format('p', 'p')}</section>")) == {"视频青石": [0, 1, 2, 3]}
    beside = f"<section>{row}{panels.format('p', 'p')}<div class=foot></div></section>"
    assert sections(links_of(beside)) != {"视频青石": [0, 1, 2, 3]}
    found = sections(links_of(f"<section>{row}{panels.format('p', 'q')}</section>"))
    assert found == {"视频青石": [0, 1], "每日青石": [2, 3]}


def test_of_two_headings_drawn_alike_the_nearer_one_heads_the_list():
    empty = "<h2>阅读点击排行</h2><div class=box></div>"
    assert sections(links_of(f"<div>{empty}<h2>青石博客</h2><ul>{items(0, 1)}</ul></div>")) == {"青石博客": [0, 1]}
    plain = "<h2>阅读点击排行</h2><p>青石博客</p>"
    assert sections(links_of(f"<div>{plain}<ul>{items(0, 1)}</ul></div>")) == {"阅读点击排行": [0, 1]}


def test_a_column_by_its_number_heads_a_list_and_is_no_article():
    link = "<a href='/2024-03/09/{}_48008.html'>{}</a>"
    block = f"<div><h3>相关新闻</h3><ul>{items(0, 1)}</ul><div>{link} <b>{link}</b></div><ul>{items(2, 3)}</ul></div>"
    assert sections(links_of(block.format("node", "更多", "node", "宽频"))) == {"相关新闻": [0, 1], "宽频": [2, 3]}
    assert "油菜花开了" in {link.title for link in links_of(block.format("node", "更多", "content", "油菜花开了"))}


@pytest.mark.parametrize(
    "heading",
    [
        "★延伸閱讀★",
        "►延伸閱讀",
        "📖 你可能還想看",
        "※你可能還想看：",
        "◤更多推薦◢",
        "你可能也想看",
        "看更多山那邊文章",
        "更多山那邊獨家報導：",
        "更多關於：",
    ],
)
def test_a_heading_between_marks_ends_the_story(heading):
    document = _ending_in(f"<p>{heading}</p><ul>{items(0, 1)}</ul>")
    assert sections(link_list(document)) == {heading.strip("★►◤◢📖※： "): [0, 1]}
    text = body_text(document) or ""
    assert heading not in text
    assert TITLES[0] not in text


def test_words_between_marks_may_be_the_storys():
    told = "<p>★ 头等奖 ★</p><p>花农老李一家拿到了镇里的奖状，他说明年还要更多关于花期的讲解牌，让游客看得明白。</p>"
    text = body_text(_ending_in(told)) or ""
    assert text.endswith("让游客看得明白。")
    assert "头等奖" in text


def _ending_in(mark_up: str) -> Document:
    return Document(f"<html><body><div>{STORY.removesuffix('</div>')}{mark_up}</div></div></body></html>", URL)


def test_a_headings_translation_below_it_does_not_head_the_list():
    block = "<div><div><h4>{}</h4><h5>TOWN STORIES</h5></div><ul>{}</ul></div>"
    assert sections(links_of(block.format("身边故事", items(0, 1, 2)))) == {"身边故事": [0, 1, 2]}
    alone = f"<div><h4>TOWN STORIES</h4><ul>{items(0, 1, 2)}</ul></div>"
    assert sections(links_of(alone)) == {"TOWN STORIES": [0, 1, 2]}


@pytest.mark.parametrize("heading", ["热门楼盘", "推荐车型", "热门商品"])
def test_lists_of_goods_are_no_articles(heading):
    assert not links_of(f"<div><h3>{heading}</h3><ul>{items(0, 1, 2)}</ul></div>")
    assert links_of(f"<div><h3>{heading}资讯</h3><ul>{items(0, 1, 2)}</ul></div>")


def test_commodities_are_a_channels_name():
    assert links_of(f"<div><h3>大宗商品</h3><ul>{items(0, 1, 2)}</ul></div>")


_TABS = "<ul><li>宏观</li><li>证券</li><li>产经</li></ul>"
_PANELS = "".join(
    f"<div class=p><a href='/2024/0{n}/1{n}001.html'>{word}方面的第一条新闻标题在这里</a>"
    f"<a href='/2024/0{n}/1{n}002.html'>{word}方面的第二条新闻标题在这里</a></div>"
    for n, word in enumerate(("宏观", "证券", "产经"), 1)
)


def _sections(before: str, tabs: str = _TABS) -> list[str | None]:
    return list(sections(links_of(f"<div class=box><div>{before}{tabs}</div><div>{_PANELS}</div></div>")))


def test_tabs_that_only_divide_a_headed_list_do_not_name_it():
    assert _sections("<h3>编辑推荐</h3>") == ["编辑推荐"]


def test_tabs_without_a_heading_or_with_headings_words_name_their_panels():
    assert _sections("") == ["宏观", "证券", "产经"]
    tabs = "<ul><li>相关新闻</li><li>热门文章</li><li>最新消息</li></ul>"
    assert _sections("<h3>编辑推荐</h3>", tabs) == ["相关新闻", "热门文章", "最新消息"]
