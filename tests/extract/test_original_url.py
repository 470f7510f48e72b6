"""The address of the original that a page names."""

from __future__ import annotations

import pytest

from newscrawl.extract.fields.original_url import original_url
from tests.extract.pages import page

THERE = "https://paper.example.org/2023-05/03/c_1.htm"


@pytest.mark.parametrize(
    "parts",
    [
        {"closing": f"<p>原文链接：<a href='{THERE}'>点击进入</a></p>"},
        {"closing": f"<p>原文链接：{THERE}</p>"},
        {"closing": f"<p>（原文地址：{THERE}）</p>"},
        {"after": f"<div>原文网址：</div><div>{THERE}</div>"},
        {"after": f"<div><a href='{THERE}'>阅读原文</a></div>"},
        {"after": f"<div><a href='{THERE}'>点击查看原文 &gt;&gt;</a></div>"},
        {"byline": f"<div>2023-05-03 来源：<a href='{THERE}'>示例晚报</a> 编辑：王五</div>"},
        {"head": f"<meta name='original-source' content='{THERE}'>"},
        {"head": f'<script type="application/ld+json">{{"isBasedOn": "{THERE}"}}</script>'},
        {"head": f"<script>var msg_source_url = '{THERE}';</script>"},
        # what machines are told before what is printed, a label before a credit
        {
            "head": f"<meta name='syndication-source' content='{THERE}'>",
            "after": "<p>原文链接：http://a.example/2.html</p>",
        },
        {
            "byline": "<div>来源：<a href='http://a.example/202305/t2.html'>示例晚报</a></div>",
            "after": f"<p>原文链接：{THERE}</p>",
        },
        {"after": f"<p>原文链接：{THERE}</p><p>原文链接：{THERE}?utm_source=b</p>"},  # one address in two spellings
    ],
)
def test_given(parts):
    assert original_url(page(**parts)).split("?")[0] == THERE


def test_escapes_in_scripts_and_relative_addresses():
    script = r"<script>var msg_source_url = 'http:\/\/a.example\/s?id=1\x26amp;p=2';</script>"
    assert original_url(page(head=script)) == "http://a.example/s?id=1&p=2"
    assert original_url(page(after="<a href='../b/2.html'>原文链接</a>")) == "http://news.example.cn/b/2.html"


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"after": "<a href='http://news.example.cn/a/1.html'>阅读原文</a>"},  # the page itself
        {"after": "<a href='javascript:void(0)'>阅读原文</a>"},
        {"after": "<a href='http://[broken'>阅读原文</a>"},
        {"byline": "<div>来源：<a href='https://www.example.org/'>示例晚报</a></div>"},  # a front page
        {"byline": "<div>来源：<a href='https://www.example.org/user/2024050612/home'>示例晚报</a></div>"},
        {"byline": "<div>来源：<a href='/tags/12'>示例晚报</a></div>"},  # a list of this site
        {"head": "<script>var msg_source_url = '';</script>"},
        {"closing": f"<p>全文见<a href='{THERE}'>《条例》原文</a>，有关规定同时废止。</p>"},
        {"after": "".join(f"<p><a href='http://a.example/{n}.html'>查看原文</a></p>" for n in (1, 2))},  # a list's
    ],
)
def test_not_given(parts):
    assert original_url(page(**parts)) is None
