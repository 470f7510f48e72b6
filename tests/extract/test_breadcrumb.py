"""The breadcrumb in its many forms."""

from __future__ import annotations

import json

import pytest

from newscrawl.extract.fields.channel import breadcrumb
from tests.extract.pages import TITLE, page


@pytest.mark.parametrize(
    "mark_up",
    [
        "<div>当前位置：<a>首页</a> &gt; <a>科技</a> &gt; 正文</div>",
        "<div>2024年05月20日 星期一 当前位置：<a>首页</a> &gt; <a>科技</a></div>",
        "<div>【首页】→【科技】</div>",
        "<div><i class='material-icons'>location_on</i> 当前位置：<a>首页</a> &gt; <a>科技</a></div>",
        "<div>您的位置：<a>首页</a> &gt; <a>科技</a> &gt; 內文</div>",
        "<div>当前位置:<a>首页</a> &gt; <a>科技</a> &gt;</div>",
        "<div>您现在的位置：首页-科技</div>",
        "<h3>首页 - 科技</h3>",
        "<div>您当前的位置 ：<a>首页</a>&gt;&gt;<a>科技</a>&gt;&gt;正文</div>",
        "<div>位置提示：<a>首页</a> → <a>科技</a></div>",
        "<div>当前位置：</div><div><a>首页</a></div><div><a>&gt; 科技</a></div>",
        "<div><a>首页</a>»<a>科技</a>»正文</div>",
        "<div><a>首页</a> › <a>科技</a> › 正文</div>",
        "<div><a>首页</a> | <a>科技</a> | 正文</div>",
        "<div><a>首页</a> / <a>科技</a> / 正文</div>",
        "<div><a href='/'>首页</a> / <a href='/k'>科技</a></div>",
        "<div><a href='/'>首页</a> <a href='/html/news/index.html'>/ 科技</a></div>",
        "<div><a>首页</a> &gt;&gt; <a>科技</a> &gt;&gt; 浏览文章</div>",
        "<div>当前位置: <a>首页</a> &gt; <a>科技</a> &gt; 文章查看</div>",
        "<div>当前位置: <a>首页</a> &gt; <a>科技</a> &gt; 公告内容</div>",
        f"<div><a>首页</a> &gt; <a>科技</a> &gt; {TITLE}</div>",
        "<div><a>首页</a> &gt; <a>科技</a> &gt; 山乡集市的早晨…</div>",
        f"<ul class='breadcrumb'><li><a>首页</a></li><li><a>科技</a></li><li>{TITLE}</li></ul>",
        "<div>當前位置：<a>首页</a>》<a>科技</a></div>",
        "<div><a>首页</a> ／ <a>科技</a> ／ 资讯正文</div>",
        "<div><a>首页</a> &gt; <a>科技</a> &gt; 图文详情</div>",
        "<p>当前位置：<a>首页</a></p><p>» <a>科技</a></p><p>» 正文</p>",
        "<ol class=crumbs><li class=crumb><a>首页</a></li><li class=crumb>/</li><li class=crumb><a>科技</a></li></ol>",
        "<div><a>首页</a> » <a>科技</a> 2024-05-20</div>",
        "<div>栏目导航：<a>首页</a> &gt; <a>科技</a></div>",
        (
            "<ul><li itemtype='//schema.org/breadcrumb'><h6><a href='/'>首页</a></h6></li>"
            "<li itemtype='//schema.org/breadcrumb'><h6><a href='/k'>科技</a></h6></li></ul>"
        ),
        "<div><b>当前位置</b><a href='/'>首页</a><b>/</b><a href='/k'>科技</a></div>",
        "<div><a>首页</a> &gt; <a>科技</a> &gt; 详细信息</div>",
        "<div><a>首页</a> &gt; <a>科技</a> &gt; Content</div>",
        "<div>你在这里：<a href='/'>首页</a> &gt; <a href='/k'>科技</a></div>",
        "<div>首页&gt;&gt;科技&gt;&gt; 正文 字号：大 中 小</div>",
        "<div><a href='/'>首页</a> &gt; <a href='/k'>科技</a> &nbsp; 云溪热线电话：0512-<b>6123456</b></div>",
        "<div class='pathway fillup'><ul><li><a href='/'>首页</a></li><li><a href='/k'>科技</a></li></ul></div>",
        "<div><a>首页</a> ﹥ <a>科技</a> ﹥ 正文</div>",
        "<div><a>首页</a>│<a>科技</a></div>",
        "<div><a>首页</a> ▶ <a>科技</a></div>",
        "<div>您正在浏览：<a>首页</a> &gt; <a>科技</a></div>",
        "<div>2024年5月20日 星期一 <a>首页</a> &gt; <a>科技</a></div>",
        "<div>今天是2024年5月20日　当前位置：<a>首页</a> &gt; <a>科技</a></div>",
        "<nav aria-label=breadcrumb><a href='/'>首页</a><a href='/k'>科技</a></nav>",
        "<ol aria-label=面包屑><li><a href='/'>首页</a></li><li>科技</li></ol>",
        "<ol itemtype='https://schema.org/BreadcrumbList'><li><a href='/'>首页</a></li><li>科技</li></ol>",
        "<div><b><a href='/rss'>订阅科技RSS</a></b><a href='/'>首页</a> &gt; <a href='/k'>科技</a></div>",
    ],
)
def test_reads_its_items_in_order(mark_up):
    assert breadcrumb(page(above=mark_up, byline="<p>2024-05-20</p>")) == ["首页", "科技"]


def test_reads_structured_data():
    items = [{"@type": "ListItem", "position": 1, "name": "首页"}, {"@type": "ListItem", "item": {"name": "科技"}}]
    data = json.dumps({"@type": "BreadcrumbList", "itemListElement": items})
    assert breadcrumb(page(head=f'<script type="application/ld+json">{data}</script>')) == ["首页", "科技"]


def test_a_dash_joins_it_behind_the_home_page_in_traditional_characters_too():
    assert breadcrumb(page(above="<h3>首頁 - 新聞動態</h3>", byline="<p>2024-05-20</p>")) == ["首頁", "新聞動態"]
    assert breadcrumb(page(above="<h3>本縣 - 新聞動態</h3>", byline="<p>2024-05-20</p>")) == []


def test_a_channel_with_a_dot_or_hyphen_in_its_name_stays_whole():
    crumb = "<div><a>示例网</a>&gt;&gt;<a>健康·生活</a>&gt;&gt;<a>THE-WEB</a>&gt;&gt;正文</div>"
    assert breadcrumb(page(above=crumb)) == ["示例网", "健康·生活", "THE-WEB"]


@pytest.mark.parametrize(
    "mark_up",
    [
        "",
        "<div><a>新闻</a> | <a>财经</a> | <a>体育</a> | <a>娱乐</a></div>",
        (
            "<div><a href='/'>首页</a> | <a href='/x'>新闻</a> | <a href='/c'>财经</a> | <a href='/t'>体育</a>"
            " | <a href='/y'>娱乐</a></div>"
        ),
        "<div><a href='/x/'>新闻 |</a> <a href='/c/'>财经 |</a> <a href='/t/'>体育</a></div>",
        "<div><a href='/s/'>示例手机</a> | <a href='/k/'>示例科技</a> | <a href='/'>示例首页</a></div>",
        "<div><a>更多</a> &gt;&gt;</div>",
        "<div><a>&lt;&lt; 上一页</a> <a>下一页 &gt;&gt;</a></div>",
        "<div>&gt; 正文</div>",
        "<div>2024年5月20日 星期一 <a>首页</a> | <a>新闻</a> | <a>财经</a> | <a>体育</a> | <a>娱乐</a></div>",
        "<div class=article-category>科技</div>",
        "<ul><li class=path><a href='/x/'>新闻</a></li><li><a href='/c/'>财经</a></li></ul>",
        "<nav aria-label=主导航><a href='/'>首页</a><a href='/k'>科技</a></nav>",
        "<div class=crumbs><a href='/reg'>注册</a><a href='/login'>登录</a></div>",
        "<p>来源：<a href='/s/'>《云溪日报》</a></p>",
        "<p>主讲：我们一起翻一翻《云溪读本》</p>",
        "<div><a href='/history'>網頁記錄</a> | <a href='/login'>登入</a></div>",
        "<div><a href='/big5/'>繁體</a> | <a href='/en/'>English</a></div>",
        "<div><a href='/u/1'>张小山</a> / <a href='/u/2'>李四光</a></div>",
    ],
)
def test_navigation_is_none(mark_up):
    assert breadcrumb(page(above=mark_up)) == []


def test_a_row_of_arrows_is_read_in_no_time():
    crumb = f"<div><a>首页</a> &gt; <a>科技</a>{'&gt;' * 60}。</div>"
    assert breadcrumb(page(above=crumb))[:2] == ["首页", "科技"]


def test_a_breadcrumb_over_many_teasers_is_read_but_not_one_far_away():
    path = "<div><a href='/'>首页</a> &gt; <a href='/kj/'>科技</a> &gt; 正文</div>"
    teasers = "".join(
        f"<li><a href='/{n}.html'>集市上的第{n}个新摊位开张迎客</a><p>摊主说，今年的蔬菜好，第{n}天就卖完。</p></li>"
        for n in range(40)
    )
    assert breadcrumb(page(above=f"{path}<ul>{teasers}</ul>")) == ["首页", "科技"]
    assert breadcrumb(page(above=path + "".join(f"<p>摊主第{n}天说。</p>" for n in range(80)))) == []


def test_one_that_is_announced_may_stand_behind_the_story():
    path = "<a href='/'>首页</a> &gt; <a href='/kj/'>科技</a> &gt; 正文"
    between = "".join(f"<p>摊主第{n}天说。</p>" for n in range(20))
    assert breadcrumb(page(after=f"{between}<div>当前位置：{path}</div>")) == ["首页", "科技"]
    assert breadcrumb(page(after=f"{between}<div>{path}</div>")) == []
