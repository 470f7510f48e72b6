"""Links that lead to no other article: navigation, menus, goods, searches, archives, the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newscrawl.extract.links.blocks import link_list
from newscrawl.extract.links.non_article_urls import is_no_article
from newscrawl.extract.page.document import Document
from tests.extract.test_blocks import STORY, TITLES, URL, items, links_of, sections, url

if TYPE_CHECKING:
    from newscrawl.items import Link


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=footer><ul>{}</ul></div>",
        "<div class=box><h3>友情链接</h3><ul>{}</ul></div>",
        "<div class=tags>标签：{}</div>",
        "<div class=friend-link>{}</div>",
        "<footer>{}</footer>",
    ],
)
def test_furniture_is_left_out_even_if_its_links_look_like_articles(furniture):
    assert links_of(furniture.format(items(0, 1, 2))) == []


@pytest.mark.parametrize(
    "block",
    [
        "<div class=crumb>位置：<a href='/'>首页</a> &gt; <a href='/xw/'>新闻中心</a></div>",
        "<ul><li><a href='/zt/2024/'>专题</a></li><li><a href='/sp/'>视频新闻</a></li></ul>",
        "<p><a href='http://www.beian.gov.cn/portal?recordcode=51000002000001'>公网安备 51000002000001号</a></p>",
        "<ul><li><a href='/user/1029384756'>爱看油菜花的老王和他的三五个朋友</a></li></ul>",
        "<div><h3>客户端</h3><a href='/d/news20240310.apk'>安卓版客户端立即下载安装</a></div>",
        "<div class=share><a href='https://service.weibo.com/share/share.php?id=48213'>分享这篇报道到新浪微博</a></div>",
        "<p><a href='javascript:print(12345)'>打印本页内容保存到本地电脑</a></p>",
        "<p><a href='#comments12345'>查看网友的全部评论内容并参与讨论</a></p>",
    ],
)
def test_navigation_people_and_services_are_left_out(block):
    assert links_of(block) == []


@pytest.mark.parametrize(("words", "found"), [("油菜育种学重点实验室", []), (TITLES[1], [TITLES[1]])])
def test_the_longest_name_in_a_menu_is_no_article_but_a_headline_among_short_names_is(words, found):
    names = ["历史沿革", "医务管理"] * 6
    names[6] = words
    link = "<li><h3><a target=_blank href='/page/article/article_{}_1.shtml'>{}</a></h3></li>"
    menu = "".join(link.format(15100 + number, name) for number, name in enumerate(names))
    html = f"<html><body><div class=nav><ul class=nav>{menu}</ul></div><div class=main>{STORY}</div></body></html>"
    links = link_list(Document(html, "https://www.example.cn/page/article/article_15070_1.shtml"))
    assert [link.title for link in links] == found


def test_menus_that_unfold_over_the_headline_are_no_blocks_but_lists_of_headlines_are():
    names = ("学会简介", "历史沿革", "学会章程", "组织机构", "《国情与发展》专辑")
    menus = ""
    for n, label in enumerate(("学会概况", "学术交流", "智库建设"), 1):
        links = "".join(f"<a href='/channel.aspx?id={10 * n + m}'>{name}</a> " for m, name in enumerate(names))
        menus += f"<li><div>{label}<p>{links}</p></div></li>"
    lists = "".join(f"<li><div>{label}<p>{items(n)}</p></div></li>" for n, label in enumerate(("县区", "学校", "农业")))

    def over(mark_up: str) -> list[Link]:
        return link_list(
            Document(f"<html><body><ul>{mark_up}</ul><div>{STORY}</div></body></html>", "http://a.cn/content.aspx?id=6")
        )

    assert over(menus) == []
    assert [link.title for link in over(lists)] == TITLES[:3]


@pytest.mark.parametrize(("around", "found"), [("<header>{}</header>", []), ("<div>{}</div>", TITLES[:6])])
def test_headlines_that_unfold_from_the_menu_of_a_header_are_no_block(around, found):
    parts = (("政治", (0, 1)), ("社会", (2, 3)), ("运动", (4, 5)))
    menu = "".join(f"<li><a href='/l/'>{name}</a><div><ul>{items(*few)}</ul></div></li>" for name, few in parts)
    html = f"<html><body>{around.format(f'<ul>{menu}</ul>')}<div>{STORY}</div></body></html>"
    assert [link.title for link in link_list(Document(html, URL))] == found


def test_the_page_itself_is_no_other_article():
    own = f"<li><a href='{URL}#top'>青石镇万亩油菜花开迎来八方游客</a></li>"
    links = links_of(f"<div><h3>热门文章</h3><ul>{own}{items(0, 1)}</ul></div>")
    assert sections(links) == {"热门文章": [0, 1]}


def test_goods_on_another_site_are_no_articles_but_its_reports_under_a_heading_are():
    goods = "".join(f"<li><a href='https://item.shop.test/{n}.html'>家用小推车{n}号</a></li>" for n in range(4))
    assert links_of(f"<div class=box><ul>{goods}</ul></div>") == []
    report = "<li><a href='https://paper.other.test/2024/0309/c7-{}.html'>{}</a></li>"
    reports = "".join(report.format(48000 + number, TITLES[number]) for number in range(4))
    assert len(links_of(f"<div class=box><h3>相关报道</h3><ul>{reports}</ul></div>")) == 4


def test_the_address_of_a_search_is_no_articles():
    assert is_no_article("http://www.example.cn/was5/web/search?channelid=281033&searchword=%E9%9B%86%E5%B8%82")
    assert is_no_article("http://www.example.com/web?query=%E9%9B%86%E5%B8%82&ie=utf8")
    assert is_no_article("http://www.example.com/s?wd=%E9%9B%86%E5%B8%82")
    assert not is_no_article("http://www.example.cn/research/t20240520_48213.html")
    assert not is_no_article("http://www.example.cn/show?newsid=48213&wday=3")


def test_the_months_of_an_archive_are_no_articles():
    months = "".join(f"<li><a href='{url(n)}'>2009年{n}月</a> ({n})</li>" for n in range(3, 9))
    assert not links_of(f"<h3>存档</h3><ul>{months}</ul>")
    told = months.replace("月</a>", "月的集市和庙会</a>")
    assert len(links_of(f"<h3>存档</h3><ul>{told}</ul>")) == 6
