"""Two addresses of one article: their common key, which one is secondary, and the rule by which they differ."""

from __future__ import annotations

import pytest

from newscrawl.twins import rule_of, site_of, strangeness, twin_key

FULL = "http://www.a.cn/xw/202405/t20240511_4821.html"
TWINS = [
    "https://a.cn/xw/202405/t20240511_4821.html",
    "http://m.a.cn/xw/202405/t20240511_4821.html",
    "http://wap.a.cn/xw/202405/t20240511_4821.shtml",
    "http://www.a.cn/ms/202405/t20240511_4821.html",
    "http://www.a.cn/print/202405/t20240511_4821.html",
    "http://www.a.cn/xw/202405/t20240511_4821_0.html",
    "http://www.a.cn/xw/202405/t20240511_4821.html?div=-1",
]
OTHERS = [
    "http://www.a.cn/xw/202405/t20240511_4822.html",
    "http://hn.a.cn/xw/202405/t20240511_4821.html",
    "http://www.b.cn/xw/202405/t20240511_4821.html",
    "http://www.a.cn/xw/202405/t20240511_4821.html?id=4711",
]


@pytest.mark.parametrize("twin", TWINS)
def test_twins_share_a_key_and_the_full_page_is_the_one_to_keep(twin):
    assert twin_key(twin) == twin_key(FULL)
    assert strangeness(twin) >= strangeness(FULL)


@pytest.mark.parametrize("other", OTHERS)
def test_others_do_not(other):
    assert twin_key(other) != twin_key(FULL)


def test_site_of():
    assert {site_of(url) for url in ("http://a.cn/", "https://www.a.cn/x", "http://m.a.cn", "http://3g.a.cn")} == {
        "a.cn"
    }
    assert site_of("http://hn.a.cn/") == "hn.a.cn"
    assert site_of("http://m.cn/") == "m.cn"


@pytest.mark.parametrize(
    ("alias", "url", "next_alias", "next_url"),
    [
        ("http://m.a.cn/x/1.html", "http://www.a.cn/x/1.html", "http://m.a.cn/y/2.html", "http://www.a.cn/y/2.html"),
        ("http://a.cn/x/1.html", "http://www.a.cn/x/1.html", "http://a.cn/y/2.html", "http://www.a.cn/y/2.html"),
        ("http://a.cn/c_1_0.htm", "http://a.cn/c_1.htm", "http://a.cn/c_77_0.htm", "http://a.cn/c_77.htm"),
        ("http://a.cn/c_1.htm?div=-1", "http://a.cn/c_1.htm", "http://a.cn/c_7.htm?div=-1", "http://a.cn/c_7.htm"),
        (
            "http://a.cn/c_1.htm?div=-1",
            "http://a.cn/c_1.htm?div=1",
            "http://a.cn/7.htm?div=-1",
            "http://a.cn/7.htm?div=1",
        ),
        ("http://a.cn/ms/1.html", "http://a.cn/xw/1.html", "http://a.cn/ms/2.html", "http://a.cn/xw/2.html"),
        (
            "http://a.cn/art_12_3456.html",
            "http://a.cn/art_15_3456.html",
            "http://a.cn/art_12_9.html",
            "http://a.cn/art_15_9.html",
        ),
    ],
)
def test_a_rule_leads_from_one_address_to_the_other_and_back(alias, url, next_alias, next_url):
    rule = rule_of(alias, url)
    assert next_url in rule.others(next_alias)
    assert next_alias in rule.others(next_url)


@pytest.mark.parametrize(
    ("alias", "url"),
    [
        ("http://a.cn/x/48211.html", "http://a.cn/x/48212.html"),
        ("http://a.cn/show?id=4821", "http://a.cn/show?id=4822"),
        ("http://a.cn/x/1.html", "https://a.cn/x/1.html"),
    ],
)
def test_two_articles_numbers_are_no_rule(alias, url):
    assert rule_of(alias, url) is None


def test_a_rule_says_nothing_of_addresses_of_another_form():
    rule = rule_of("http://a.cn/ms/1.html", "http://a.cn/xw/1.html")
    assert rule.others("http://a.cn/msxw/2.html") == []
    assert rule_of("http://a.cn/c_1.htm?div=-1", "http://a.cn/c_1.htm").others("http://a.cn/c/") == []
