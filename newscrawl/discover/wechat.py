"""Articles on WeChat (微信公众号): to many a county the portal's second home, on a host of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawl.urls import host_of

WECHAT = "mp.weixin.qq.com"


def is_wechat(url: str) -> bool:
    """Tell an address on WeChat's host."""
    return host_of(url) == WECHAT


def is_wechat_article(url: str) -> bool:
    """Tell the address of an account's article: `/s/<short id>` or `/s?__biz=…`, no album or profile."""
    path = urlsplit(url).path if is_wechat(url) else ""
    return path == "/s" or path.startswith("/s/")
