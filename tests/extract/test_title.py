"""The headline, and where it stands."""

from __future__ import annotations

import pytest

from newscrawl.extract.fields.source import credited_source
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import headline, headline_lines, headline_number, without_site
from tests.extract.pages import TITLE, page


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{TITLE}_示例新闻网",
        f"{TITLE}--时政--示例网",
        f"{TITLE} - 地方新闻 - 示例网 www.example.cn",
        f"{TITLE}｜示例日报",
        f"{TITLE}|集市|大棚|蔬菜_示例订阅",
        f"{TITLE}-集市,大棚,蔬菜,农户,冷链仓库,水泥路-示例网-新闻中心",
        f"示例新闻网-{TITLE}",
        "示例新闻网-国内领先的新闻网站",
        "",
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        f"<h1>{TITLE}</h1>",
        f"<h3>{TITLE}</h3>",
        f"<div class='art_title'>{TITLE}</div>",
        f"<table><tr><td align='center'><font size='5'><b>{TITLE}</b></font></td></tr></table>",
    ],
)
def test_what_is_shown_and_claimed_alike_is_the_headline(title, shown):
    assert headline(page(title=title, headline=shown, byline="<p>2024-05-20 16:25 来源：示例日报</p>")) == TITLE


def test_the_sites_logo_is_not_the_headline():
    logo = "<h1><a href='/'>示例新闻网</a></h1>"
    assert headline(page(above=logo, headline=f"<div>{TITLE}</div>")) == TITLE
    assert (
        headline(page(title="示例新闻网", above=logo, headline=f"<h2>{TITLE}</h2>", byline="<p>2024-05-20</p>"))
        == TITLE
    )


def test_where_no_headline_is_shown_a_claim_of_the_site_alone_gives_way_to_another():
    head = f"<meta property='og:title' content='{TITLE}'>"
    assert headline(page(title="示例新闻网", head=head, headline="", byline="<p>2024-05-20</p>")) == TITLE


def test_a_headline_that_sounds_like_a_site_is_none_for_it():
    headline_ = "青石镇供水管网改造"
    assert without_site(f"示例日报-{headline_}完成七成") == f"{headline_}完成七成"
    assert without_site("示例日报-示例新闻网") == "示例日报"


def test_a_list_that_links_to_the_article_does_not_show_its_headline():
    document = page(above=f"<ul><li><a href='/a/1.html'>{TITLE}</a></li></ul>")
    number = headline_number(document)
    element = None if number is None else walk(document).elements[number]
    assert element is not None
    assert element.tag == "h1"


def test_a_headline_over_several_lines_is_one():
    document = page(headline="<p>山乡集市的早晨<br>热闹非凡</p>")
    assert headline(document) == "山乡集市的早晨 热闹非凡"
    assert len(headline_lines(document)) == 2


def test_a_headline_that_is_shown_cut_off_is_completed():
    assert headline(page(headline="<h1>山乡集市的早晨…</h1>")) == TITLE


def test_a_badge_is_not_part_of_the_headline():
    assert headline(page(headline=f"<h1><span>原创</span>{TITLE}</h1>")) == TITLE


@pytest.mark.parametrize("title", [f"{TITLE}_示例新闻网", "示例新闻网", "新闻详情", "示例日报电子版"])
def test_badges_and_buttons_in_a_heading_are_told_by_their_elements(title):
    byline = "<p>2024-05-20 16:25 来源：示例日报</p>"
    for mark_up in (f"<b>原创</b>{TITLE}", f"{TITLE}<small>字号</small>", f"{TITLE} <a href='#'>播报</a>"):
        assert headline(page(title=title, headline=f"<h1>{mark_up}</h1>", byline=byline)) == TITLE
    for whole in ("原创歌曲唱响乡村集市", "字号大小由读者挑选"):
        assert headline(page(title="示例新闻网", headline=f"<h1>{whole}</h1>", byline=byline)) == whole


def test_a_heading_that_is_also_a_link_names_the_column():
    path = "<div><a href='/'>首页</a> &gt; <a href='/xq/'>县区动态</a></div>"
    byline = "<p>2024-05-20 16:25 来源：示例日报</p>"
    both = page(title="新闻详情", above=path, headline=f"<h1>县区动态</h1><h2>{TITLE}</h2>", byline=byline)
    assert headline(both) == TITLE
    assert headline(page(title="新闻详情", above=path, headline="<h1>县区动态</h1>", byline=byline)) == "县区动态"
    assert headline(page(headline=f"<h1>{TITLE} <span>转载</span></h1>")) == TITLE


def test_a_headline_may_have_two_characters():
    document = page(title="听雨-副刊-示例在线", headline="<div class='tit'>听雨</div>", byline="<p>2024-05-20</p>")
    assert headline(document) == "听雨"
    assert headline(page(title="听雨-副刊-示例在线", headline="")) == "听雨"


def test_a_headline_that_reads_like_a_label_is_no_byline():
    said = "评论员：再驳“集市无用论”"
    assert headline(page(title=f"{said}_示例网", headline=f"<div>{said}</div>")) == said


def test_metas_give_the_headline_a_page_does_not_show():
    document = page(title="", headline="", head=f'<meta name="ArticleTitle" content="{TITLE}">')
    assert headline(document) == TITLE
    assert headline_number(document) is None
    assert headline_lines(document) == range(0)


def test_the_headlines_lines_are_those_of_the_walk():
    document = page(byline="<p>2024-05-20</p>")
    assert [walk(document).lines[number].text for number in headline_lines(document)] == [TITLE]


def test_a_page_without_text_has_no_headline():
    assert headline(Document("", "http://news.example.cn/")) is None


def test_a_heading_is_the_headline_where_the_title_names_but_the_site():
    assert headline(page(title="示例新闻网", headline=f"<h1>{TITLE}</h1>")) == TITLE
    assert headline(page(title="示例新闻网", headline=f"<div>{TITLE}</div>")) != TITLE


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("中国－东盟博览会开幕_示例网", "中国－东盟博览会开幕"),
        ("9年來第1次戰勝對手-體育新聞-示例新聞中心", "9年來第1次戰勝對手"),
        ("1-10月固定资产投资趋稳", "1-10月固定资产投资趋稳"),
        ("City Daily - 打工起家的年轻人为村民盖起新楼", "打工起家的年轻人为村民盖起新楼"),
        ("iPhone 15 - 示例网", "iPhone 15"),
        ("山乡新闻联播 2024-02-11-示例电视台", "山乡新闻联播 2024-02-11"),
        ("云溪日报 - 集市开张", "集市开张"),
        ("集市开张 - 云溪日报", "集市开张"),
        ("世界新闻网 - 打工起家的年轻人为村民盖起三十五幢新楼", "打工起家的年轻人为村民盖起三十五幢新楼"),
    ],
)
def test_cuts_the_site_and_leaves_the_headline(title, expected):
    assert without_site(title) == expected


BYLINE = "<p>2024-05-20 16:25 来源：示例日报</p>"


@pytest.mark.parametrize("title", ["新闻内容 - 示例网", "详细信息", ""])
def test_a_title_all_pages_share_gives_way_to_the_line_over_the_byline(title):
    assert headline(page(title=title, headline=f"<div>{TITLE}</div>", byline=BYLINE)) == TITLE


def test_a_byline_whose_parts_stand_in_elements_of_their_own_is_one():
    byline = "<p><span>示例融媒</span><span>05-20 16:25</span><span>1.2w+ 阅读</span></p>"
    assert headline(page(title="详情", headline=f"<p>{TITLE}</p>", byline=byline)) == TITLE


def test_the_owners_name_in_every_title_gives_way_to_a_headline():
    owner = "示例县淡水水产研究所"
    foot = f"<p>版权所有 {owner}</p>"
    assert headline(page(title=owner, headline=f"<div>{TITLE}</div>", byline=BYLINE, after=foot)) == TITLE
    assert headline(page(title=TITLE, headline=f"<div>{TITLE}</div>", byline=BYLINE, after=foot)) == TITLE
    assert headline(page(title=owner, headline="", after=foot)) == owner


def test_a_short_title_the_page_does_not_show_stands_where_no_line_is_over_the_byline():
    assert headline(page(title="听雨小记", headline="", byline=BYLINE)) == "听雨小记"
    assert headline(page(title=TITLE, headline="<div>集市见闻与随想录</div>", byline=BYLINE)) == TITLE


def test_a_headline_without_the_columns_name_and_the_subtitle_is_the_one_shown():
    document = page(title=f"专访：{TITLE}——访示例县农技站站长--示例网")
    assert headline(document) == TITLE
    assert headline(page(title=f"{TITLE}——访示例县农技站站长", headline="<h1>集市</h1>")) != "集市"


def test_a_paper_prints_its_day_and_its_turning_words_over_the_headline():
    masthead = "<p>第03版：民生</p><p>2024年5月20日 星期一</p><p>&lt;上一篇 下一篇&gt;</p>"
    shown = f"<p><strong>{TITLE}</strong></p><p>本报记者 张小山</p>"
    assert headline(page(title="示例日报", above=masthead, headline=shown)) == TITLE
    assert headline(page(title="下一页是春天_示例网", headline="<h1>下一页是春天</h1>")) == "下一页是春天"


def test_the_number_of_a_document_is_no_headline():
    shown = f"<div>{TITLE}</div><div>云政人〔2021〕7号</div>"
    assert headline(page(title="人事信息", headline=shown, byline=BYLINE)) == TITLE


def test_the_office_in_a_documents_properties_is_not_the_headline_that_begins_with_it():
    notice = "云溪市人民政府办公室关于城市绿化的通知"
    properties = "<p>云溪市人民政府办公室</p><p>2024-05-20 来源：云溪市</p>"
    found = page(title=f"{notice}_云溪市人民政府", above=properties, headline=f"<p><b>{notice}</b></p>")
    assert headline(found) == notice
    # What the page shows of a claim still is its headline where nothing shows all of it.
    shorter = page(title=f"{TITLE}（组图）", headline=f"<h1>{TITLE}</h1>", byline="<p>2024-05-20 来源：示例日报</p>")
    assert headline(shorter) == TITLE


def test_a_headline_of_two_lines_is_read_whole_though_its_second_is_the_longer():
    byline = "<p>2024-05-20 来源：示例日报</p>"
    whole = page(title=f"新路通了 {TITLE}_示例网", headline=f"<h1>新路通了<br>{TITLE}</h1>", byline=byline)
    assert headline(whole) == f"新路通了 {TITLE}"
    below = f"<h1>{TITLE}</h1><p>五月的清晨</p>"
    assert headline(page(title=f"{TITLE} 五月的清晨人来人往", headline=below, byline=byline)) == TITLE


def test_a_sites_name_in_a_heading_over_the_menu_is_not_the_headline():
    menu = "<ul><li><a href='/a'>时政</a></li><li><a href='/b'>民生</a></li></ul><p>全部频道</p>"
    byline = "<p>2024-05-20 来源：示例日报</p>"
    logo = page(title="示例日报", above=f"<h1>示例日报</h1>{menu}", headline=f"<h3>{TITLE}</h3>", byline=byline)
    assert headline(logo) == TITLE
    # With its byline right below it is the headline, whatever it sounds like.
    assert headline(page(title="市政务服务中心", headline="<h1>市政务服务中心</h1>", byline=byline)) == "市政务服务中心"


def test_a_breadcrumb_or_a_list_in_a_heading_is_not_the_headline_of_a_page_whose_title_names_its_channel():
    path, contact = "<h3>首页 - 通知公告</h3>", "<h4><b>联系我们</b></h4><p>电话：0512-1234</p>"
    byline = "<div><b>发布时间：2024-05-20</b> <i>来源：示例学会</i></div>"
    shown = page(title="通知公告--示例学会官网", above=path, headline=f"<h5>{TITLE}</h5>", byline=byline, after=contact)
    assert headline(shown) == TITLE
    # What <title> claims word for word is the headline, whatever it begins with.
    claimed = "首页-首屏怎样写给老人看"
    assert headline(page(title=f"{claimed}_示例网", headline=f"<h1>{claimed}</h1>", byline=byline)) == claimed


def test_an_electronic_newspaper_names_the_element_of_its_headline():
    above = "<title>示例日报-示例日报数字报</title><div>2024年05月20日 星期一</div>"
    picture = f"{above}<founder-%s>荷塘晨色</founder-%s><p><img src='1.jpg'></p><p>荷花带露开放。张小山 摄</p>"
    assert headline(Document(picture % ("title", "title"), "http://a.cn/1.html")) == "荷塘晨色"
    assert headline(Document(picture % ("note", "note"), "http://a.cn/1.html")) != "荷塘晨色"


def test_a_headline_that_a_notice_on_reprints_names_is_no_owner_of_the_site():
    linked = f"<h1><a href='/p/7.html'>{TITLE}</a></h1>"
    comments = "<h3>评论 抢沙发</h3><p>2024-05-21 来源：示例日报</p>"
    reprints = f"<p>未经允许不得转载：示例网 » {TITLE}</p>"
    byline = "<p>2024-05-20 阅读(12)</p>"
    assert headline(page(title=f"{TITLE}-示例网", headline=linked, byline=byline, after=reprints + comments)) == TITLE


def test_a_name_that_says_title_may_be_of_an_element_inside_the_line():
    marked = f"<div><span class='title'>{TITLE}</span></div>"
    menu = "<ul><li><span class='title'>集市的早晨与黄昏</span></li></ul>"
    assert headline(page(title="", headline=marked, after=menu)) == TITLE
    assert not headline_lines(page(title="", headline=marked.replace("title", "big"), after=menu))


def test_a_headline_is_told_from_the_byline_in_its_line_and_from_the_channel_behind_it():
    beside = f"<div>{TITLE}<span>时间：2024-05-20 16:25  来源：示例日报</span></div>"
    found = page(title=f"{TITLE}_示例网", above="<div class='title'>新闻中心</div>", headline=beside)
    assert headline(found) == TITLE
    assert next(credited_source(found)) == "示例日报"
    # A long headline agrees with the whole line well enough; what `<title>` says is not cut.
    long = f"{TITLE}早晨的集市最热闹菜农和菜贩讲述各自的一天"
    whole = f"<div>{long} 示例日报 2024-05-20 16:25</div>"
    assert headline(page(title=f"{long}_示例网", headline=whole)) == long
    assert (
        headline(page(title=f"{long} 2024-05-20_示例网", headline=f"<h1>{long} 2024-05-20</h1>"))
        == f"{long} 2024-05-20"
    )
    # The entry of a list of other articles is linked.
    listed = page(title=f"{TITLE}_示例网", headline="", after=f"<p><a href='/1.html'>{TITLE}</a>2024-05-21 16:25</p>")
    assert not headline_lines(listed)
    channel = f"<h1>{TITLE}<a href='/news/'>国内新闻</a></h1>"
    assert headline(page(title="示例在线 - Powered by JEECMS", headline=channel)) == TITLE
    claimed = f"<h1>{TITLE}<a href='/zt/'>三则</a></h1>"
    assert headline(page(title=f"{TITLE}三则_示例网", headline=claimed)) == f"{TITLE}三则"


def channel_page(title: str, channel: str, headline_: str, *, menu: str = "/zx/", path: str = "正文") -> Document:
    """An article of a small site, whose template prints the channel's name over everything."""
    links = "<a href='/'>首页</a>", f"<a href='{menu}'>企业资讯</a>", "<a href='/cp/'>产品中心</a>"
    menu = f"<ul><li>{'</li><li>'.join(links)}</li></ul>"
    above = f"{menu}{channel}<div>当前位置：{links[0]} &gt; {links[1]} &gt; {path}</div>"
    return page(title=title, above=above, headline=headline_, byline="<p>发布时间：2024-05-20 点击：212</p>")


@pytest.mark.parametrize(
    "title", ["企业资讯", "企业资讯-青石机械", "企业资讯详细", "新闻详情", "青石机械公司", "青石山人的博客"]
)
@pytest.mark.parametrize("channel", ["<h1>企业资讯</h1>", "<h3>企业资讯</h3>", "<h1><a href=''>企业资讯</a></h1>"])
def test_the_name_of_a_channel_over_everything_is_not_the_headline(title, channel):
    for shown in (f"<h1>{TITLE}</h1>", f"<h2>{TITLE}</h2>", f"<div class='title'>{TITLE}</div>"):
        assert headline(channel_page(title, channel, shown)) == TITLE


def test_a_short_headline_that_lists_and_the_breadcrumb_link_to_is_one():
    own = "/a/1.html"
    for menu, path in ((own, "企业资讯"), (f"{own}?from=side", f"<a href='{own}'>企业资讯</a>")):
        found = channel_page("企业资讯_青石机械", "", "<h1>企业资讯</h1>", menu=menu, path=path)
        assert headline(found) == "企业资讯"


def test_lists_that_link_to_the_page_itself_name_no_channel_but_a_breadcrumbs_end_does():
    byline, below = "<p>发布时间：2024-05-20 点击：212</p>", f"<h2>{TITLE}</h2>"
    listed = "<ul><li><a href='/a/1.html?from=side'>企业资讯</a></li></ul>" * 2
    own = page(title="青石机械公司", above=f"{listed}<h1>企业资讯</h1>", headline=byline, byline=below)
    assert headline(own) == "企业资讯"
    path = "<h1>企业资讯</h1><div>当前位置：<a href='/'>首页</a> &gt; 企业资讯</div>"
    assert headline(page(title="青石机械公司", above=path, headline=below, byline=byline)) == TITLE


def test_the_part_of_a_title_that_the_page_shows_is_the_headline():
    title, menu = f"企业资讯 - {TITLE} - 青石机械", "<ul><li><a href='/zx/'>企业资讯</a></li></ul>" * 3
    assert headline(page(title=title, above=menu, headline=f"<div>{TITLE}</div>")) == TITLE
    linked = f"<div><a href='/7.html'>{TITLE}</a></div>"
    assert not headline_lines(page(title=title, above=menu, headline=linked))


@pytest.mark.parametrize("title", ["Untitled Document", "无标题文档", "Document", "新建网页 1"])
def test_what_an_editing_program_puts_into_the_title_is_no_headline(title):
    byline = "<p>发布时间：2024-05-20 点击：212</p>"
    assert headline(page(title=title, headline=f"<div>{TITLE}</div>", byline=byline)) == TITLE
    assert headline(page(title=title, headline="")) is None
    assert headline(page(title=f"{title}的来历_示例网", headline="")) == f"{title}的来历"


def test_a_part_of_the_breadcrumb_is_not_the_headline():
    path = "<div><a href='/'>首页</a> &gt; <a href='/t/'>通知公告</a></div><div>&gt; 公告详细</div>"
    shown = f"<h1>通知公告</h1>{path}<p>{TITLE}</p>"
    assert headline(page(title="通知公告详细", headline=shown, byline="<p>发布时间：2024-05-20</p>")) == TITLE
