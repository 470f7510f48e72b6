"""Which hosts a crawl stays on."""

from __future__ import annotations

import pytest

from newscrawl.discover import Scope


@pytest.mark.parametrize(
    ("text", "start", "url", "allowed"),
    [
        ("", "https://www.a.com.cn/", "http://hn.a.com.cn/x", True),
        ("", "https://www.a.com.cn/", "https://a.com.cn/x?y=1", True),
        ("", "https://a.com.cn/", "https://www.a.com.cn/x", True),
        ("", "https://www.a.com.cn/", "https://b.com.cn/x", False),
        ("", "https://www.a.com.cn/", "https://nota.com.cn/x", False),
        ("", "https://www.a.com.cn/", "https://a.com.cn.evil.com/", False),
        ("", "https://jishou.a.cn/", "https://jishou.a.cn/x", True),
        ("", "https://www.jishou.a.cn/", "https://jishou.a.cn/x", True),
        ("", "https://jishou.a.cn/", "https://xw.jishou.a.cn/x", True),
        ("", "https://jishou.a.cn/", "https://www.a.cn/x", False),
        ("a.cn", "https://jishou.a.cn/", "https://www.a.cn/x", True),
        ("", "https://www.qc.gov.cn/", "https://jyj.qc.gov.cn/", True),
        ("", "https://www.qc.gov.cn/", "https://www.xh.gov.cn/", False),
        ("", "https://www.gov.cn/", "https://www.gov.cn/x", True),
        ("", "https://www.gov.cn/", "https://www.xh.gov.cn/", False),
        ("", "http://127.0.0.1:8080/", "http://127.0.0.1:9999/x", True),
        ("", "http://127.0.0.1:8080/", "http://127.0.0.2/x", False),
        ("", "http://localhost:8080/", "http://localhost:8080/x", True),
        ("a.cn,b.cn", "http://c.cn/", "http://www.b.cn/", True),
        ("a.cn, b.cn", "http://c.cn/", "http://www.c.cn/", False),
        ("news.a.cn", "http://www.a.cn/", "http://www.a.cn/", False),
        ("https://news.a.cn/x/", "http://www.a.cn/", "http://news.a.cn/", True),
        ("*.a.cn", "http://b.cn/", "http://x.a.cn/", True),
        ("A.CN", "http://b.cn/", "http://WWW.A.cn:80/x", True),
        ("*", "http://a.cn/", "http://anything.example/", True),
        ("*", "http://a.cn/", "ftp://a.cn/x", False),
        ("*", "http://a.cn/", "mailto:x@a.cn", False),
        ("*", "http://a.cn/", "http:///x", False),
        ("*", "http://a.cn/", "", False),
    ],
)
def test_scope(text, start, url, allowed):
    assert Scope.of_portal(text, [start]).allows(url) is allowed


def test_several_starts():
    scope = Scope.of_portal("", ["https://www.a.cn/", "https://news.b.cn/"])
    assert scope.allows("http://a.cn/")
    assert scope.allows("http://x.news.b.cn/")
    assert not scope.allows("http://x.b.cn/")
