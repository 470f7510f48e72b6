"""Addresses not worth a request: each named reason on one that has it, and on one that just has not."""

from __future__ import annotations

import pytest

from newscrawl.discover.not_news import REASONS, refusal_of

HEADLINE = 2
REFUSED = {
    "file": ("http://a.test/u/202405/pic.jpg", "http://a.test/u/202405/pic.html"),
    "data": ("http://a.test/xw/feed/", "http://a.test/xw/feeding/"),
    "action": ("http://a.test/user/login.html", "http://a.test/user/long.html"),
    "share": ("http://a.test/s?url=http://b.test/1", "http://a.test/s?url=1"),
    "session": ("http://a.test/n?sid=0123456789abcdef", "http://a.test/n?sid=0123456789abcde"),
    "calendar": ("http://a.test/n?date=2024-05-11", "http://a.test/n?date=2024-05-11&id=3"),
    "repeated": ("http://a.test/xw/xw/xw/1.html", "http://a.test/xw/xw/1.html"),
    "word": ("http://a.test/comments/", "http://a.test/commentary/"),
    "host-word": ("http://shop.a.test/", "http://shop.test/"),
    "language": ("http://en.a.test/", "http://en.test/"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_an_address_is_refused_by_its_reason(reason):
    refused, followed = REFUSED[reason]
    assert refusal_of(refused) == reason
    assert refusal_of(followed) is None


def test_words_of_a_service_are_refused_and_a_headline_speaks_against_a_guess():
    assert refusal_of("http://a.test/1/", "关于我们") == "text"
    assert refusal_of("http://a.test/1/", "关于我们的桥") is None
    assert refusal_of("http://a.test/comments/") == "word"
    assert refusal_of("http://a.test/comments/", "青川县西河片区三座便民桥今日通车", HEADLINE) is None


def test_every_reason_is_explained():
    assert REFUSED.keys() | {"text"} == REASONS.keys()
    assert all(says.endswith(".") for says in REASONS.values())
