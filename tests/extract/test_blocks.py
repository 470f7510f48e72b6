"""Link blocks: which links of a page lead to other articles, under which heading, and which do not."""

from __future__ import annotations

import pytest

from newscrawl.extract.links.blocks import link_list
from newscrawl.extract.page.document import Document
from newscrawl.items import Link

URL = "https://news.example.cn/2024/0310/c21-48213.html"
STORY = (
    "<h1>青石镇万亩油菜花开迎来八方游客</h1><div class=info>2024-03-10 09:20 来源：山那边日报</div><div class=article>"
    + "".join(
        f"<p>三月以来，青石镇的油菜花次第开放，第{number}个观景台每天迎来上千名游客，镇里安排了志愿者引导车辆，"
        "村民把自家的小院收拾出来，做起了农家饭和茶点，收入比去年同期多了三成。</p>"
        for number in "一二三四五六"
    )
    + "</div>"
)
NAVIGATION = (
    "<div class=top><ul>"
    + "".join(
        f"<li><a href='/{name}/'>{word}</a></li>"
        for name, word in {"a": "首页", "b": "要闻", "c": "县区", "d": "视频", "e": "专题", "f": "数字报"}.items()
    )
    + "</ul></div>"
)
TITLES = [
    "县医院新门诊楼下月启用 挂号大厅设在二层",
    "山那边县中学生足球联赛落幕，城关中学夺冠",
    "春耕时节农机手忙：一天能翻两百亩地",
    "老街改造完成 八十家店铺周末重新开门",
    "高铁站到县城的公交线路增加了三个班次",
    "冬小麦进入拔节期，农技员下田查看苗情",
    "“小小讲解员”走进县博物馆",
    "今年全县计划新建四十所社区食堂",
]


def url(number: int) -> str:
    return f"https://news.example.cn/2024/0309/c21-{48000 + number}.html"


def items(*numbers: int) -> str:
    return "".join(f"<li><a href='{url(number)}'>{TITLES[number]}</a></li>" for number in numbers)


def links_of(*parts: str) -> list[Link]:
    html = f"<html><body>{NAVIGATION}<div class=main>{STORY}{''.join(parts)}</div></body></html>"
    return link_list(Document(html, URL))


def sections(links: list[Link]) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for link in links:
        found.setdefault(link.section, []).append(int(link.url[-10:-5]) - 48000)
    return found


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("相关阅读", "related"),
        ("延伸閱讀", "related"),
        ("热门文章", "hot"),
        ("點擊排行", "hot"),
        ("最新文章", "latest"),
        ("即時新聞", "latest"),
        ("推荐阅读", "recommended"),
        ("猜你喜欢", "recommended"),
        ("更多新闻", "related"),
        ("频道总排行", "hot"),
        ("频道推荐", "recommended"),
        ("县区新闻", "other"),
        ("频道精选", "recommended"),
        ("聚焦跨国公司", "other"),
    ],
)
@pytest.mark.parametrize(
    "block",
    [
        "<div class=box><h3>{}</h3><ul>{}</ul></div>",
        "<div class=box><div class=hd><span>{}</span><a href=/more/>更多&gt;&gt;</a></div><ul>{}</ul></div>",
        "<div><p class=title>{}：</p><ul>{}</ul></div>",
        "<dl><dt>【{}】</dt><dd><ul>{}</ul></dd></dl>",
        "<div><strong>{}</strong><br><ul>{}</ul></div>",
    ],
)
def test_a_list_under_a_heading_is_a_block_with_its_kind(block, heading, kind):
    links = links_of(block.format(heading, items(0, 1, 2)))
    assert links == [
        Link(url(number), TITLES[number], heading, kind, position) for position, number in enumerate((0, 1, 2))
    ]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("<a href='/hot/'>更多</a>热点新闻", "热点新闻"),
        ("热点新闻<em>HOT NEWS</em>", "热点新闻"),
        ("<span>点击排行</span><span>评论排行</span>", "点击排行"),
        ("<span>推荐</span><span>阅读</span>", "推荐阅读"),
        ("新闻链接", "新闻链接"),
    ],
)
def test_a_heading_is_told_from_what_stands_beside_it(line, section):
    assert sections(links_of(f"<div class=side><div class=h>{line}</div><ul>{items(0, 1, 2, 3)}</ul></div>")) == {
        section: [0, 1, 2, 3]
    }


def test_a_list_without_heading_is_a_block_without_section():
    links = links_of(f"<div class=side><ul>{items(0, 1, 2)}</ul></div>")
    assert sections(links) == {None: [0, 1, 2]}
    assert {link.kind for link in links} == {"other"}


def test_lines_between_the_rows_of_one_table_head_blocks_of_their_own():
    linked = [f"<a href='{url(number)}'>{TITLES[number]}</a>" for number in range(4)]
    rows = "".join(f"<tr><td>{row}</td></tr>" for row in ("新闻排行", *linked[:2], "相关报道", *linked[2:]))
    assert sections(links_of(f"<table>{rows}</table>")) == {"新闻排行": [0, 1], "相关报道": [2, 3]}


def test_the_outlet_under_each_link_heads_nothing():
    outlets = ("示例晚报", "示例快报", "示例网", "示例热线")  # 快报 and 热 may head a list
    rows = "".join(f"<p><a href='{url(n)}'>{TITLES[n]}</a></p><p>{outlet}</p>" for n, outlet in enumerate(outlets))
    assert sections(links_of(f"<div><h3>推荐阅读</h3>{rows}</div>")) == {"推荐阅读": [0, 1, 2, 3]}


def test_a_class_that_ends_in_tit_names_a_heading():
    links = links_of(f"<div class=side><div class=rtit>山那边要闻</div><ul>{items(0, 1, 2)}</ul></div>")
    assert sections(links) == {"山那边要闻": [0, 1, 2]}


def test_a_day_heads_no_list():
    links = links_of(f"<div class=side><h3>2024年3月10日 星期日</h3><ul>{items(0, 1, 2)}</ul></div>")
    assert sections(links) == {None: [0, 1, 2]}


def test_each_block_has_its_own_heading_and_positions():
    links = links_of(
        f"<div class=side><h3>热门文章</h3><ul>{items(0, 1)}</ul><h3>最新文章</h3><ul>{items(2)}</ul></div>",
        f"<div class=below><h3>相关阅读</h3><ul>{items(3, 4)}</ul></div>",
    )
    assert sections(links) == {"热门文章": [0, 1], "最新文章": [2], "相关阅读": [3, 4]}
    assert [link.position for link in links] == [0, 1, 0, 0, 1]


def test_headings_of_the_same_class_are_headings_whatever_they_say():
    links = links_of(
        f"<div class=side><div class=rt>热门文章</div><ul>{items(0, 1)}</ul></div>",
        f"<div class=side><div class=rt>示例评论</div><ul>{items(2, 3)}</ul></div>",
    )
    assert sections(links) == {"热门文章": [0, 1], "示例评论": [2, 3]}


def test_a_line_that_opens_the_element_of_its_list_is_its_heading():
    tools = "<div>扫一扫 手机端浏览</div><div>【打印】【关闭】</div>"
    links = links_of(
        f"<table><tr><td><p>县内要闻</p><ul>{items(0, 1)}</ul></td></tr></table>",
        f"<div class=below>{tools}<div><span>[ 相关新闻 ]</span><ul>{items(2, 3)}</ul></div></div>",
    )
    assert sections(links) == {"县内要闻": [0, 1], "相关新闻": [2, 3]}


def test_an_address_in_two_blocks_counts_in_both():
    links = links_of(
        f"<div><h3>热门文章</h3><ul>{items(0, 1)}</ul></div><div><h3>最新文章</h3><ul>{items(1, 2)}</ul></div>"
    )
    assert sections(links) == {"热门文章": [0, 1], "最新文章": [1, 2]}


@pytest.mark.parametrize(
    "tabs",
    [
        "<ul class=tab><li>日排行</li><li>周排行</li></ul>",
        "<div class=tab><span>日排行</span><span>周排行</span></div>",
        "<div class=tab><a href='#d'>日排行</a> <a href='#w'>周排行</a></div>",
    ],
)
@pytest.mark.parametrize(
    "panels",
    ["<ul>{}</ul><ul style='display:none'>{}</ul>", "<div><div><ul>{}</ul></div><div hidden><ul>{}</ul></div></div>"],
)
def test_the_nth_panel_belongs_to_the_nth_tab(tabs, panels):
    links = links_of(f"<div class=rank>{tabs}{panels.format(items(0, 1, 2), items(3, 4, 5))}</div>")
    assert sections(links) == {"日排行": [0, 1, 2], "周排行": [3, 4, 5]}


def test_one_panel_below_many_tabs_takes_the_heading_above_them():
    tabs = "".join(f"<li>{word}</li>" for word in ("推荐", "娱乐", "体育", "财经"))
    links = links_of(f"<div><h2>为您推荐</h2><ul class=tab>{tabs}</ul><ul>{items(0, 1, 2)}</ul></div>")
    assert sections(links) == {"为您推荐": [0, 1, 2]}


@pytest.mark.parametrize(
    "block",
    [
        "<p class=pn>上一篇：<a href='{0}'>{1}</a></p><p class=pn>下一篇：<a href='{2}'>{3}</a></p>",
        "<p class=pn>上一篇：<a href='{0}'>{1}</a> 下一篇：<a href='{2}'>{3}</a></p>",
        "<div><a href='{0}'>上一篇：{1}</a><a href='{2}'>下一篇：{3}</a></div>",
        "<p><i>上一篇：</i><b><a href='{0}'>{1}</a></b></p><p><i>下一篇：</i><b><a href='{2}'>{3}</a></b></p>",
        "<ul><li><span>上一篇</span><a href='{0}'>{1}</a></li><li><span>下一篇</span><a href='{2}'>{3}</a></li></ul>",
    ],
)
def test_the_articles_before_and_after_are_one_block_of_neighbours(block):
    links = links_of(block.format(url(0), TITLES[0], url(1), TITLES[1]))
    assert links == [
        Link(url(0), TITLES[0], "上一篇", "neighbour"),
        Link(url(1), TITLES[1], "上一篇", "neighbour", 1),
    ]


def test_a_label_of_neighbours_may_stand_on_a_line_of_its_own():
    labelled = "".join(f"<div>{label}：<br>{items(n)}</div>" for n, label in enumerate(("上一篇", "下一篇")))
    found = sections(links_of(f"<h3>关联稿件</h3><p>暂无</p><div>{labelled}</div>"))
    assert found == {"上一篇": [0, 1]}
    found = sections(links_of(f"<h3>阅读下一篇</h3><ul>{items(0, 1, 2)}</ul>"))
    assert found == {"阅读下一篇": [0, 1, 2]}


def test_the_article_after_without_an_address_heads_nothing():
    dead = f"<p>【下一篇】<a>{TITLES[3]}</a></p>"
    assert set(sections(links_of(f"{dead}<ul>{items(0, 1, 2)}</ul>"))) == {None}
    assert sections(links_of(f"{dead}<h3>热门文章</h3><ul>{items(0, 1, 2)}</ul>")) == {"热门文章": [0, 1, 2]}


def test_a_heading_of_the_first_level_under_the_story_heads_a_list_and_the_pages_own_does_not():
    assert sections(links_of(f"<section><h1>更多山那边报道</h1><ul>{items(0, 1, 2)}</ul></section>")) == {
        "更多山那边报道": [0, 1, 2]
    }
    story = STORY.partition("</h1>")[2]
    own = f"<html><body><div><h1>青石镇花海开园</h1><ul>{items(0, 1, 2)}</ul>{story}</div></body></html>"
    assert set(sections(link_list(Document(own, URL)))) == {None}


def test_a_link_to_the_whole_list_and_the_size_of_type_head_nothing():
    block = f"<div><h2>山那边图集</h2><a href='/all/'>阅读全部</a></div><ul>{items(0, 1, 2)}</ul>"
    assert sections(links_of(block)) == {"山那边图集": [0, 1, 2]}
    assert sections(links_of(f"<div>字号：大 中 小</div><ul>{items(0, 1, 2)}</ul>")) == {None: [0, 1, 2]}


def test_a_neighbour_may_have_a_short_title_or_only_its_label():
    links = links_of(f"<p>上一篇：<a href='{url(0)}'>雨水</a></p><p>下一篇：<a href='{url(1)}'>没有了</a></p>")
    assert links == [Link(url(0), "雨水", "上一篇", "neighbour")]
    links = links_of(
        f"<p><a href='/n/1.html'>上一篇：{TITLES[0]}</a></p><p><a href='/n/3.html'>下一篇：{TITLES[1]}</a></p>"
    )
    assert [(link.title, link.kind) for link in links] == [(TITLES[0], "neighbour"), (TITLES[1], "neighbour")]
    assert links_of("<p><a href='/n/'>上一篇：</a></p><p><a href='/m/'>下一篇</a></p>") == []
    links = links_of(f"<div><a href='{url(2)}' title='{TITLES[2]}'>上一篇</a> <a href='{url(3)}'>下一篇</a></div>")
    assert links == [Link(url(2), TITLES[2], "上一篇", "neighbour"), Link(url(3), "下一篇", "上一篇", "neighbour", 1)]
    links = links_of(f"<p><i>上一篇：没有了</i><i>下一篇：<a href='{url(0)}'>{TITLES[0]}</a></i></p>")
    assert links == [Link(url(0), TITLES[0], "下一篇", "neighbour")]


def test_the_next_page_of_the_story_is_no_neighbour():
    assert links_of("<div class=turn><a href='/2024/0310/c21-48213_2.html'>下一页</a></div>") == []


def test_a_snippet_stands_below_its_title_or_inside_the_link():
    snippet = "记者从县卫生健康局了解到，新楼共九层，设有三十二个诊室，门诊时间将延长到晚上八点。"
    below = f"<ul><li><a href='{url(0)}'>{TITLES[0]}</a></li><li>{snippet}</li>{items(1)}<li>2024-03-09</li></ul>"
    inside = f"<ul><li><a href='{url(2)}'><h4>{TITLES[2]}</h4><p>{snippet}</p></a></li>{items(3)}</ul>"
    links = links_of(f"<div><h3>相关阅读</h3>{below}</div><div><h3>热门文章</h3>{inside}</div>")
    assert [(link.title, link.snippet) for link in links] == [
        (TITLES[0], snippet),
        (TITLES[1], None),
        (TITLES[2], snippet),
        (TITLES[3], None),
    ]


def test_titles_and_snippets_by_turns_in_three_blocks():
    snippet = "这是摘自正文开头的一段话，列表页只取前面几十个字，后面的内容要点进去才能看到，所以没有"
    entry = "<li class=t><a href='{}'>{}</a></li><li class=s><p>{}</p></li>"

    def block(heading: str, *numbers: int) -> str:
        entries = "".join(entry.format(url(number), TITLES[number], snippet) for number in numbers)
        return f"<div class=list><div class=name><b>{heading}</b></div><ul>{entries}</ul></div>"

    links = links_of(block("相关阅读", 0, 1, 2, 3, 4), block("热门文章", 5, 6), block("最新文章", 7))
    assert sections(links) == {"相关阅读": [0, 1, 2, 3, 4], "热门文章": [5, 6], "最新文章": [7]}
    assert {link.snippet for link in links} == {snippet}


def test_a_picture_and_a_title_with_one_address_are_one_link():
    item = "<li><a href='{0}'><img src=/i.jpg alt='{2}'></a><a href='{0}'>{1}</a></li>"
    pictures = "".join(item.format(url(number), TITLES[number], "图片说明文字") for number in range(3))
    links = links_of(f"<div><h3>精彩图集</h3><ul>{pictures}</ul></div>")
    assert [link.title for link in links] == TITLES[:3]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='{}'><i>3</i>{}</a>",
        "<a href='{}'><span>{}</span><em>02:11</em></a>",
        "<a href='{}'><span>{}</span><span>示例客户端 阅读 188</span></a>",
        "<a href='{}'><b>{}</b> <i>3小时前</i></a>",
    ],
)
def test_a_rank_a_time_or_a_counter_is_no_part_of_the_title(link):
    links = links_of(f"<div><h3>热门文章</h3>{link.format(url(0), TITLES[0])}</div>")
    assert [link.title for link in links] == [TITLES[0]]


def test_a_number_the_title_goes_on_from_stays():
    links = links_of(f"<div><h3>热门文章</h3><a href='{url(0)}'><font>3</font>月起全县社区食堂免费</a></div>")
    assert [link.title for link in links] == ["3月起全县社区食堂免费"]


def test_the_title_attribute_replaces_words_cut_short():
    item = f"<li><a href='{url(0)}' title='{TITLES[0]}'>{TITLES[0][:12]}...</a></li>"
    links = links_of(f"<div><h3>相关阅读</h3><ul>{item}{items(1)}</ul></div>")
    assert [link.title for link in links] == TITLES[:2]


def test_relative_addresses_are_resolved_against_the_page():
    links = links_of(
        f"<div><h3>相关阅读</h3><ul><li><a href='c21-48001.html'>{TITLES[1]}</a></li>{items(2)}</ul></div>"
    )
    assert links[0].url == "https://news.example.cn/2024/0310/c21-48001.html"


def test_lists_inside_the_story_count_links_in_its_sentences_do_not():
    inline = (
        f"<p>此前，<a href='{url(0)}'>{TITLES[0]}</a>，不少村民专程赶来，把带来的特产摆在路边，一上午就卖完了。</p>"
    )
    related = f"<div><h4>延伸阅读</h4><ul>{items(1, 2)}</ul></div>"
    html = STORY[: -len("</div>")] + inline + related + "</div>"
    links = link_list(Document(f"<html><body>{html}</body></html>", URL))
    assert sections(links) == {"延伸阅读": [1, 2]}


def test_a_page_without_links_or_without_anything_has_none():
    assert links_of() == []
    assert link_list(Document("", URL)) == []


def test_the_same_list_for_another_screen_counts_once():
    links = links_of(
        f"<div><h3>相关阅读</h3><ul>{items(0, 1)}</ul></div>", f"<div class=mobile><ul>{items(0, 1)}</ul></div>"
    )
    assert sections(links) == {"相关阅读": [0, 1]}


def test_an_entry_of_a_script_leads_where_its_data_attribute_says():
    entry = "<li><a href='javascript:;' data-url='{}'>{}</a></li>"
    entries = "".join(entry.format(url(number), TITLES[number]) for number in range(3))
    assert sections(links_of(f"<div><h3>相关阅读</h3><ul>{entries}</ul></div>")) == {"相关阅读": [0, 1, 2]}
    buttons = "<li><a href='javascript:;' data-id='48213'>收藏这篇关于油菜花的报道吧</a></li>" * 3
    assert links_of(f"<div><h3>相关阅读</h3><ul>{buttons}</ul></div>") == []


def test_an_item_that_holds_a_second_link_does_not_end_its_list():
    word = "<a href='/keywords/5/b/52b352a85408.html'>农机手</a>"
    entries = "".join(f"<li><a href='{url(n)}'>{TITLES[n]}</a>{word if n == 2 else ''}</li>" for n in range(5))
    found = {link.section for link in links_of(f"<div><h3>猜你喜欢</h3><ul>{entries}</ul></div>")}
    assert found == {"猜你喜欢"}
