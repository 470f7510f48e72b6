"""The short way gives what `urljoin` gives."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from newscrawl.extract.page.joining import join

BASES = ["http://news.example.cn", "https://news.example.cn/a/./b/../c.html?x=/y", "http://news.example.cn//a//b/"]
ADDRESSES = [
    *("/2024/c1.html", "./t20240520_1.htm", "c1.html?id=1", "../c1.html", "//img.example.cn/1.jpg", "?page=2", "#top"),
    *(
        "/a//b.html",
        "a/./b.html",
        "mailto:a@example.cn",
        "/a/b.html#c",
        "/",
        "",
        "a b.html",
        "/a;b",
        "中文/一.html",
        "/a?",
    ),
    *("https://other.example.cn/1.html", "javascript:void(0)", "a?b=../c", "/.well-known/x", "a[1].html"),
]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_joins_as_the_standard_library(base, address):
    assert join(base, address) == urljoin(base, address)


def test_an_address_that_cannot_be_read():
    with pytest.raises(ValueError, match="IPv6"):
        join(BASES[0], "http://[")
