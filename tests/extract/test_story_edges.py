"""The story's edges: its lead, the credits and notices under it, the annexes of a document."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.fields.people import author_names
from newscrawl.extract.kind import refusal
from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
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


def test_the_caption_of_the_first_picture_is_of_the_story():
    figure = "<figure><img src='1.jpg'><figcaption>%s</figcaption></figure>"
    caption = "集市上的菜摊（读者提供）"
    assert lines_of(byline=BYLINE + figure % caption) == [caption, *LINES]
    assert lines_of(byline=f"{BYLINE}<div>{caption}</div>") == LINES


def test_verse_stands_below_the_name_of_its_poet():
    verse = ["芦花白了", "一整片秋天都低着头", "河水忽然安静", "像一个没有写完的字"]
    lines = "".join(f"<p>{line}</p>" for line in verse)
    poem = f"<html><title>秋日河口_示例日报</title><body><div>%s</div><h3>秋日河口</h3>%s<div>{lines}</div>"
    for byline in ("<p>□ 王秀云</p>", "<p>2024-05-20</p>"):
        found = read(Document(poem % ("第四版", byline), "http://news.example.cn/2024/0520/4711.html"))
        assert found.body.split("\n") == verse
    assert isinstance(read(Document(poem % ("", ""), "http://news.example.cn/2024/0520/4711.html")), NoArticle)


def test_counters_may_stand_between_headline_and_verse_but_a_footer_is_no_story():
    verse = "".join(f"<p>{line}</p>" for line in ("芦花白了", "一整片秋天都低着头", "河水忽然安静"))
    counters = "<p>2024-05-20</p><p>浏览次数：</p><p>37</p><p>【打印】</p>"
    footer = "<p>版权所有：示例县融媒体中心，未经书面授权，任何单位和个人不得转载、摘编或以其他方式使用。</p>"
    poem = f"<html><title>秋日河口_示例</title><body><h3>秋日河口</h3>{counters}{verse}<div>{footer}</div>"
    assert (
        body_text(Document(poem, "http://www.example.cn/a/4711.html")) == "芦花白了\n一整片秋天都低着头\n河水忽然安静"
    )


def test_verse_below_a_lead_is_of_the_story_but_not_what_stands_apart():
    lead, verse = (
        "河口的诗人把一整个秋天写进了新诗集，今天在镇上的集市里和读者见面。",
        ["芦花白了很多", "秋天低着头", "河水忽然安静"],
    )
    lines = "".join(f"<p>{line}</p>" for line in verse)
    poem = f"<html><title>秋日河口_示例</title><body><h3>秋日河口</h3><p>2024-05-20 来源：示例日报</p><p>{lead}</p>%s"
    shown = Document(poem % f"<div>{lines}</div>", "http://www.example.cn/a/4711.html")
    assert (body_text(shown) or "").split("\n") == [lead, *verse]
    for apart in ("<ul><li>{}</li><li>{}</li><li>{}</li></ul>", "<div><p>{}</p></div>" * 3):
        assert body_text(Document(poem % apart.format(*verse), "http://www.example.cn/a/4711.html")) == lead


@pytest.mark.parametrize("mark", ["-", "─"])
def test_rules_and_counters_at_the_storys_edges_are_none_of_its_lines(mark):
    rule = mark * 40
    counted = f"<p>231人浏览</p><p>{rule}</p>"
    assert lines_of(byline=BYLINE, opening=counted, closing=f"<p>{rule}</p>") == LINES
    told = "这个视频有231人浏览过，——"
    assert lines_of(byline=BYLINE, closing=f"<p>{told}</p>") == [*LINES, told]


def test_three_short_sentences_need_no_byline_but_three_labels_do():
    told = ["桥通车了。", "村里人都来了。", "孩子们最高兴。"]
    short = "<html><title>桥通车了_示例</title><body><h1>西河三座桥通车记</h1>%s"
    document = Document(short % "".join(f"<p>{line}</p>" for line in told), "http://www.example.cn/a/4711.html")
    assert (body_text(document) or "").split("\n") == told
    labels = short % "".join(f"<p>{line.rstrip('。')}</p>" for line in told)
    assert body_text(Document(labels, "http://www.example.cn/a/4711.html")) is None


def test_a_short_document_begins_below_its_number():
    text = ["各乡镇人民政府，县政府各部门：", "经研究，决定：", "任命张小山为县教育局副局长；", "免去李四光的职务。"]
    body = "".join(f"<p>{line}</p>" for line in text)
    head = f"<div>{TITLE}</div><div>云政人〔2021〕7号</div><div>发布时间：2021-06-11 15:20</div>"
    document = Document(
        f"<title>人事信息</title><body><p>首页 &gt; 政务</p>{head}{body}", "http://www.example.cn/a/4711.html"
    )
    assert (body_text(document) or "").split("\n") == text


def test_what_readers_wrote_is_no_story_however_few_they_are():
    readers = "<p>一楼：我们村今年也种上了，就盼着老天爷下点雨。</p><p>二楼：为家乡点赞，祝大家丰收。</p>"
    assert lines_of(byline=BYLINE, after=f"<p>网友评论（2条）</p>{readers}") == LINES
    assert lines_of(byline=BYLINE, opening="<p>【评论】</p>")[-3:] == LINES


def test_what_an_interviewer_asks_is_of_the_story():
    asked = "记者：张老师，今年的收成怎么样？"
    assert lines_of(byline=BYLINE, opening=f"<p>{asked}</p>") == [asked, *LINES]
    assert author_names(page(byline=BYLINE, opening=f"<p>{asked}</p>")) == []
    assert lines_of(byline=BYLINE, opening="<p>记者：张小山</p>") == LINES


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


SIGNED = "<p>集市处、财政所</p><p>2024年5月20日</p>"
SIGNATURE = ["集市处、财政所", "2024年5月20日"]


@pytest.mark.parametrize(
    ("closing", "after", "lines"),
    [
        (
            f"<p><a href='1.docx'>附件：第十二届山乡集市秋季庙会摊位抽签决赛名单.docx</a></p>{SIGNED}",
            (
                "<div>上一篇：<a href='/1.htm'>集市管理处关于春季摊位抽签的通知</a></div>"
                "<div>下一篇：<a href='/2.htm'>关于夏季集市开放时间的通知</a></div>"
            ),
            ["附件：第十二届山乡集市秋季庙会摊位抽签决赛名单.docx", *SIGNATURE],
        ),
        (
            f"{SIGNED}<p>附件：</p><p><a href='1.docx'>1.报名表.docx</a></p><p><a href='2.xls'>2.汇总表.xls</a></p>",
            "",
            [*SIGNATURE, "附件：", "1.报名表.docx", "2.汇总表.xls"],
        ),
        (f"{SIGNED}<p><img src='icon_xls.gif'><a href='2.xls'>汇总表.xls</a></p>", "", [*SIGNATURE, "汇总表.xls"]),
        (
            SIGNED,
            "<ul><li>附件【<a href='/d.jsp?id=2'>汇总表.xls</a>】已下载<i>3</i>次</li></ul>",
            [*SIGNATURE, "附件【汇总表.xls】已下载3次"],
        ),
        (
            SIGNED,
            "<ul><li><a href='/2.html'>集市摊位汇总表</a></li><li><a href='/3.html'>开市</a></li></ul>",
            SIGNATURE,
        ),
    ],
)
def test_several_offices_sign_and_files_named_as_such_are_annexes_wherever_they_stand(closing, after, lines):
    assert lines_of(closing=closing, after=after) == [*LINES, *lines]


def test_figures_of_a_table_may_be_dates_and_small_tables_stand_between_paragraphs():
    told = [
        ("处罚文书号", "山市监罚〔2024〕第7号"),
        ("案件名称", "山货铺短斤少两案"),
        ("处罚事由", "使用不合格的计量器具"),
    ]
    told += [("处罚结果", "没收器具并责令改正"), ("生效日期", "2024-05-20"), ("处罚机关", "青石镇市场监管所")]
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in told)
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1>{BYLINE}<table>{rows}</table><p>版权所有 青石镇</p>"
    found = body_text(Document(html, "http://news.example.cn/a/1.html"))
    assert found == "\n".join(" ".join(row) for row in told)
    small = "<table><tr><td>摊位</td><td>数目</td></tr><tr><td>菜摊</td><td>三十个</td></tr></table>"
    assert lines_of(closing=f"{small}<p>其余摊位抽签决定。</p>")[-3:] == [
        "摊位 数目",
        "菜摊 三十个",
        "其余摊位抽签决定。",
    ]


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


CAPTION = "五月二十日，集市上的蔬菜摊位。"


@pytest.mark.parametrize(
    "lead",
    [
        f"<figure><img src='/p/1.jpg'><figcaption>{CAPTION}</figcaption></figure>",
        f"<div><img src='/p/1.jpg'><div>{CAPTION}</div></div>",
        f"<table><tr><td><img src='/p/1.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>",
    ],
)
def test_the_caption_of_a_picture_over_the_story_is_a_line_of_it(lead):
    assert lines_of(byline=BYLINE, opening=lead) == [CAPTION, *LINES]


def test_short_lines_between_pictures_are_bridged_to_the_story():
    steps = ["大家好，这里是集市小记", "01 起个大早", "先看图", "图一：摊位", "02 去哪里买", "沿河走", "图二：河边"]
    opening = "".join(f"<p>{step}</p><p><img src='/p/{n}.jpg'></p>" for n, step in enumerate(steps))
    assert lines_of(byline=BYLINE, opening=opening)[1:] == [*steps[1:], *LINES]
    menu = "".join(f"<p><a href='/c{n}/'>{step}</a></p>" for n, step in enumerate(steps))
    assert lines_of(byline=BYLINE, opening=menu) == LINES


def test_that_a_document_may_be_public_closes_it():
    note = "（此件公开发布）"
    assert lines_of(closing=f"<p>青石镇人民政府</p><p>2024年5月10日</p><p>{note}</p>")[-1] == note


def test_a_list_that_closes_a_story_is_of_it_but_no_advertisement():
    items = ["修路面；", "建冷库；", "办培训。"]
    closing = f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"
    assert lines_of(byline=BYLINE, closing=closing) == [*LINES, *items]
    assert lines_of(byline=BYLINE, closing="<div>- Advertisement -</div><div>赞助商链接</div>") == LINES


def test_the_links_of_a_digest_are_its_headings_but_not_links_between_paragraphs():
    digest = "".join(f"<h3><a href='/{n}.html'>集市要闻之{n}</a></h3>{STORY[n]}" for n in range(3))
    told = [line for n in range(3) for line in (f"集市要闻之{n}", LINES[n])]
    assert lines_of(byline=BYLINE, opening=f"<p>本周要闻如下，请看。</p>{digest}")[1:7] == told
    assert lines_of(byline=BYLINE, opening=digest)[:6] == told
    related = "<p>相关阅读：</p>" + "".join(f"<p><a href='/{n}.html'>集市要闻之{n}</a></p>" for n in range(3))
    more = "镇里说，冷链仓库明年开工，届时每天可以存放蔬菜六十吨，果农也用得上。"
    assert lines_of(byline=BYLINE, closing=f"{related}<p>{more}</p>") == [*LINES, more]


@pytest.mark.parametrize(
    "notice",
    [
        "如遇作品内容、版权等问题，请在文章刊发之日起30日内与本网联系。",
        "注：请在转载文章内容时务必注明出处！",
        "此前报道：",
        "主管单位：示例县融媒体中心 地址：示例县南街1号",
        "转载或内容合作请先联系我们 违规转载法律必究。",
        "感谢您的阅读，下期再见！",
        "本文约600字，阅读需2分钟",
        "↑↑↑点击蓝字关注我们",
        "提示：点击图片查看大图",
        "阅读：123 评论：0",
        "0 高兴 0 难过 0 愤怒",
    ],
)
def test_notices_of_many_forms_are_left_out(notice):
    assert lines_of(byline=BYLINE, closing=f"<p>{notice}</p>") == LINES


def test_an_abstract_that_a_paragraph_repeats_goes_but_one_of_its_own_stays():
    shown = "<div><b>摘要</b>：%s</div>"
    assert lines_of(byline=BYLINE, opening=shown % f"{LINES[0][:50]} ...") == LINES
    assert lines_of(byline=BYLINE, opening=shown % f"{LINES[0][:20]}…") == LINES
    own = "集市的早晨，菜农和菜贩讲述各自的一天，从天亮到散市，也讲述修好的路和将建的冷库。"
    assert lines_of(byline=BYLINE, opening=shown % own)[0] == f"摘要：{own}"
    # A few words are enough with a label, or cut off by dots; without, they may be a heading.
    words = LINES[0][:18]
    assert lines_of(byline=BYLINE, opening=shown % words) == LINES
    assert lines_of(byline=BYLINE, opening=f"<p>{words}......</p>") == LINES
    assert lines_of(byline=BYLINE, opening=f"<p>{words}</p>") == [words, *LINES]


def test_a_first_sentence_that_the_next_line_repeats_goes_but_a_heading_stays():
    first = "集市开门了。"
    repeated = f"<p>%s</p><p>{first}菜农和菜贩都来了。</p>"
    told = [f"{first}菜农和菜贩都来了。", *LINES]
    assert lines_of(byline=BYLINE, opening=repeated % first) == told
    assert lines_of(byline=BYLINE, opening=repeated % first[:-1]) == [first[:-1], *told]


def test_a_byline_below_the_lead_of_a_story_goes_but_not_a_line_that_introduces():
    lead = "<p>大棚蔬菜成了集市上的主角，下一步还要把它们卖到城里。</p>"
    counted = "<p>2024-05-20 16:25 来源：示例日报 评论：0 点击：</p>"
    assert lines_of(opening=f"{lead}{counted}") == [lead[3:-4], *LINES]
    asked = "<p>示例日报记者：</p>"
    assert lines_of(byline=BYLINE, opening=f"{lead}{asked}")[:2] == [lead[3:-4], asked[3:-4]]


def test_the_buttons_of_a_player_are_no_lines_of_a_story():
    rates = "".join(f"<li>{rate}</li>" for rate in ("2.0X", "1.5X", "1.0X", "超清", "高清"))
    player = f"<div><div>正在缓冲</div><ul>{rates}</ul><div>循环播放</div><div>00:00</div></div>"
    assert lines_of(byline=BYLINE, opening=player) == LINES
    inside = f"<p>集市开门了。</p>{player.replace('正在缓冲', '倍速')}"
    assert lines_of(byline=BYLINE, opening=inside) == ["集市开门了。", *LINES]


def test_a_link_back_at_the_end_of_the_last_paragraph_is_cut_off():
    last = "<p>集市散了，街上又安静下来。%s</p>"
    back = "<a href='/'><span>返回示例，查看更多</span></a>"
    assert lines_of(byline=BYLINE, closing=last % back) == [*LINES, "集市散了，街上又安静下来。"]
    told = "老乡说，返回镇上查看更多的账本才放心。"
    assert lines_of(byline=BYLINE, closing=last % told)[-1] == f"集市散了，街上又安静下来。{told}"


@pytest.mark.parametrize(
    ("line", "kept"), [("股价资料：", 0), ("本篇新闻热门关键词:", 0), ("会议还研究部署了以下几个方面的重点工作：", 1)]
)
def test_a_label_behind_the_story_is_none_of_its_lines(line, kept):
    assert body_text(page(closing=f"<p>{line}</p>")).count(line) == kept
    assert body_text(page(opening=f"<p>{line}</p>")).count(line) == 1


def test_the_credit_at_the_end_of_a_long_last_paragraph_is_cut_off():
    long = "集市散了，街上又安静下来。" * 60
    assert lines_of(byline=BYLINE, closing=f"<p>{long}（责任编辑：张三）</p>") == [*LINES, long]
    assert lines_of(byline=BYLINE, closing=f"<p>{long}（责任编辑：张三）{long}</p>")[-1].endswith(long)


def test_a_heading_of_related_notes_ends_the_story():
    notes = "<h4>相关日志</h4><ul><li><a href='/528.html'>集市要闻一则</a> (4)</li></ul>"
    assert lines_of(byline=BYLINE, closing=notes) == LINES
    told = "<p>相关日志里记着每天的菜价。</p>"
    assert lines_of(byline=BYLINE, closing=told) == [*LINES, told[3:-4]]


def test_captions_in_links_that_only_show_their_picture_larger_are_text():
    captions = ("开市前，农户把新鲜的蔬菜摆上摊位。", "买菜的居民围在摊位前挑选。", "散市后，环卫工人清扫街道。")
    slide = "<div><a %s><img src='/p/%d.jpg'><div>%s</div></a></div>"
    for href in ("href='javascript:;'", "href='#'", "href='javascript:void(0)' class='big'"):
        slides = "".join(slide % (href, number, caption) for number, caption in enumerate(captions))
        assert lines_of(byline=BYLINE, opening=slides)[:3] == list(captions)
    for href in ("href='/a/7.html'", "href='javascript:(function(){share()})()'", "href='#' data-share='1'"):
        slides = "".join(slide % (href, number, caption[:-1]) for number, caption in enumerate(captions))
        assert not set(lines_of(byline=BYLINE, opening=slides)) & {caption[:-1] for caption in captions}


EVENT = ("讲座题目：山区造林的方法", "主讲人：张小山", "时间：2024年5月28日（周二）14:30", "地点：图书馆报告厅")


def test_when_and_where_something_takes_place_opens_the_story_and_is_no_byline():
    told = "主讲人是示例大学教授，长期从事山区造林研究，发表论文三十余篇。"
    event, after = "".join(f"<p>{line}</p>" for line in EVENT), f"<p>{told}</p>"
    assert lines_of(byline=BYLINE, opening=event + after)[:5] == [*EVENT, told]
    # Under the headline, in the byline's own element, it is one.
    inside = f"<h1>{TITLE}</h1><div><p>时间：2024年5月28日 14:30</p>{after}</div>"
    assert body_text(page(headline=inside)).startswith(told)


@pytest.mark.parametrize(("byline", "whole"), [(BYLINE, True), ("<p>示例县城</p>", False)])
def test_labels_over_a_story_of_one_line_open_it_only_below_a_byline(byline, whole):
    told = "主讲人是示例大学教授，长期从事山区造林研究，发表论文三十余篇。"
    event = "".join(f"<p>{line}</p>" for line in (*EVENT, told))
    html = f"<h1>{TITLE}</h1>{byline}<div>{event}</div><p>上一篇：<a href='/2.html'>开市</a></p>"
    text = body_text(Document(html, "http://news.example.cn/a/1.html"))
    assert (text == "\n".join((*EVENT, told))) is whole


def test_questions_and_answers_of_a_few_words_are_a_story():
    asked = ("问：今年种多少棵树？", "答：三百棵，都是柳树。", "问：在哪里种？", "答：在东山的北坡，由六个组分片负责。")
    lines = "".join(f"<p>{line}</p>" for line in asked)
    beside = "<ul>" + "".join(f"<li><a href='/{n}.html'>集市要闻之{n}</a></li>" for n in range(5)) + "</ul>"
    before = "<p>上一篇：<a href='/2.html'>开市</a></p>"
    html = f"<body>{beside}<div><h1>{TITLE}</h1><div>{BYLINE}</div><div>{lines}</div>{before}"
    assert body_text(Document(html, "http://news.example.cn/a/1.html")) == "\n".join(asked)


@pytest.mark.parametrize(
    "annexes",
    [
        "<p>附件：<a href='/1.doc'>集市东区摊位安排表.doc</a></p>",
        "<p>附件：</p><p>1.<a href='/1.doc'>摊位安排表.doc</a></p><p>2.<a href='/2.doc'>菜农名单.doc</a></p>",
        "<ul><li>附件【<a href='/d.jsp?id=2'>集市摊位安排表.doc</a>】已下载<span>12</span>次</li></ul>",
    ],
)
def test_a_notice_may_be_nothing_but_its_annexes(annexes):
    before = "<p>上一篇：<a href='/2.html'>集市早市开张了</a></p>"
    html = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div>{BYLINE}</div><div>{annexes}</div>{before}"
    notice = Document(html, "http://news.example.cn/a/1.html")
    assert refusal(notice) is None
    assert "摊位安排表.doc" in body_text(notice)
    listed = Document(html.replace("附件", "热点").replace(".doc", ""), "http://news.example.cn/a/1.html")
    assert refusal(listed) == "no-story"
