"""Canonical URLs: one for all spellings of a page, and never one for two pages."""

from __future__ import annotations

import json
import os
import socket
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.urls import (
    absolute,
    canonical,
    date_in,
    host_of,
    is_twin,
    join,
    other_scheme,
    redirect_address,
    registered_domain,
    url_id,
)  # fmt: skip

WECHAT = "http://mp.weixin.qq.com/s?__biz=MzI2==&idx=1&mid=264&sn=dd09"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("https://WWW.Example.CN:443/a/1.html#top", "http://www.example.cn/a/1.html"),
        ("http://www.example.cn:80", "http://www.example.cn/"),
        ("https://www.example.cn:8443/a", "http://www.example.cn:8443/a"),
        ("http://www.example.cn./a", "http://www.example.cn/a"),
        ("http://www.example.cn/news/index.shtml", "http://www.example.cn/news/"),
        ("http://www.example.cn/Default.aspx?id=3", "http://www.example.cn/?id=3"),
        ("http://www.example.cn/news/index_2.shtml", "http://www.example.cn/news/index_2.shtml"),
        ("http://www.example.cn/news", "http://www.example.cn/news"),
        ("http://a.cn/t1.htm?spm=zm1.0.1&utm_source=x&amp;utm_medium=y&from=timeline", "http://a.cn/t1.htm"),
        ("http://a.cn/s?id=16&wfr=spider&for=pc", "http://a.cn/s?id=16"),
        ("http://a.cn/v?b=2&a=1&b=1", "http://a.cn/v?a=1&b=2&b=1"),
        ("http://a.cn/a/./b/../c.html", "http://a.cn/a/c.html"),
        ("http://a.cn/a\\b.html", "http://a.cn/a/b.html"),
        ("http://a.cn/%7euser/%e4%b8%ad.html", "http://a.cn/~user/%E4%B8%AD.html"),
        ("http://a.cn/中.html", "http://a.cn/%E4%B8%AD.html"),
        ("http://a.cn/100%.html", "http://a.cn/100%25.html"),
        ("http://a.cn/list.jsp;jsessionid=0AF3?p=2", "http://a.cn/list.jsp?p=2"),
        ("http://user:secret@a.cn/x", "http://a.cn/x"),
        ("http://新闻.cn/x", "http://xn--efvy88h.cn/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://mp.weixin.qq.com/s?sn=dd09&__biz=MzI2==&mid=264&idx=1&chksm=f25&token=3&lang=zh_CN#rd", WECHAT),
        ("https://mp.weixin.qq.com/s?__biz=MzI2==&appmsgid=264&itemidx=1&sign=dd09&scene=1", WECHAT),
        ("  http://a.cn/x\n", "http://a.cn/x"),
        ("mailto:desk@a.cn", "mailto:desk@a.cn"),
        ("http://[broken/x", "http://[broken/x"),
        ("http://a.cn:99999/", "http://a.cn:99999/"),
    ],
)
def test_canonical(found, expected):
    assert canonical(found) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/c.php?id=1", "http://a.cn/c.php?id=2"),
        ("http://a.cn/c.php?source=1", "http://a.cn/c.php"),
        ("http://a.cn/A.html", "http://a.cn/a.html"),
        ("http://a.cn/a", "http://a.cn/a/"),
        ("http://a.cn/", "http://www.a.cn/"),
        ("http://a.cn/a%2Fb", "http://a.cn/a/b"),
        (WECHAT, WECHAT.replace("idx=1", "idx=2")),
    ],
)
def test_different_pages_stay_apart(one, other):
    assert canonical(one) != canonical(other)
    assert url_id(one) != url_id(other)


_odd = st.text(alphabet="aZ0/.?&=#%;:@\\+~ 中é\t[]!'()*,-_ÿ", max_size=25)
_addresses = st.one_of(
    st.builds(
        "{}://{}{}/{}".format, st.sampled_from(["http", "HTTPS", "ftp"]), _odd, st.sampled_from(["", ":80"]), _odd
    ),
    st.builds("http://a.cn/{}?{}".format, _odd, _odd),
    st.builds("http://a.cn/{}?{}&amp;amp;id=1".format, st.text(max_size=9), st.text(max_size=9)),
    st.lists(
        st.sampled_from(
            ["/", "..", ".", "index.html", ";jsessionid=", "?", "&", "amp;", "spm", "=", "%", "25", "%2", "e"]
        ),
        max_size=12,
    ).map(lambda parts: "https://a.cn" + "".join(parts)),
)


@given(_addresses)
def test_canonical_is_idempotent(url):
    assert canonical(canonical(url)) == canonical(url)


@given(_addresses)
def test_canonical_keeps_the_host(url):
    assert host_of(canonical(url)) == host_of(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://www.a.cn", "www.a.cn"),
        ("https://WWW.a.cn:8080/x", "www.a.cn"),
        ("http://user:12@a.cn/", "a.cn"),
        ("http://a.cn?x", "a.cn"),
        (" http://新闻.cn/", "xn--efvy88h.cn"),
        ("mailto:desk@a.cn", ""),
        ("/relative/path", ""),
        ("http://[broken/", ""),
    ],
)
def test_host_of(url, host):
    assert host_of(url) == host


def test_id_is_stable_signed_and_shared_by_twins():
    assert url_id("http://www.example.cn/news/") == 8500671166074548660
    assert url_id("https://www.example.cn/news/index.html?spm=1") == url_id("http://www.example.cn/news/")
    ids = [url_id(f"http://a.cn/{n}.html") for n in range(200)]
    assert len(set(ids)) == 200
    assert min(ids) < 0 < max(ids)
    assert all(-(2**63) <= number < 2**63 for number in ids)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("http://www.wuhu.gov.cn/x", "wuhu.gov.cn"),
        ("https://hn.rednet.cn", "rednet.cn"),
        ("news.cnhubei.com.cn", "cnhubei.com.cn"),
        ("http://hub.replay.test/", "replay.test"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://localhost:8000/x", "localhost"),
        ("mailto:desk@a.cn/", ""),
        ("http://a.b.www.ck/", "www.ck"),  # an exception from *.ck
        ("http://a.b.c.ck/", "b.c.ck"),
        ("http://新闻.芜湖.公司.cn/", "xn--n7w954b.xn--55qx5d.cn"),
        ("http://a.unknown-suffix/", "a.unknown-suffix"),
    ],
)
def test_registered_domain_without_network(url, domain, monkeypatch):
    def refuse(*_args):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert registered_domain(url) == domain


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2020/07/04/1.shtml", date(2020, 7, 4)),
        ("n1/2020/0704/c1002-31771.html", date(2020, 7, 4)),
        ("ll/2020/07-04/9229287.shtml", date(2020, 7, 4)),
        ("2020-07/04/content_1.htm", date(2020, 7, 4)),
        ("a/2020-7-4/9.html", date(2020, 7, 4)),
        ("2020-07-04.html", date(2020, 7, 4)),
        ("202007/t20200704_123456.html", date(2020, 7, 4)),
        ("202007/04/WS5f.html", date(2020, 7, 4)),
        ("html/20200704/1.html", date(2020, 7, 4)),
        ("202007/t3714581.htm", None),
        ("content_20200704.htm", None),
        ("2020/13/45/1.html", None),
        ("2099/01/01/1.html", None),
        ("a/202007041234567.html", None),
        ("x.html?d=/2020/07/04/", None),
    ],
)
def test_date_in(path, day):
    assert date_in(f"http://a.cn/{path}") == day


@pytest.mark.parametrize(
    ("url", "twin"),
    [
        ("http://a.cn/x?y=1", "https://a.cn/x?y=1"),
        ("https://a.cn/a:b", "http://a.cn/a:b"),
        ("http://a.cn:8080/x", None),
        ("mailto:desk@a.cn", None),
    ],
)
def test_other_scheme(url, twin):
    assert other_scheme(url) == twin
    assert twin is None or url_id(twin) == url_id(url)


@pytest.mark.parametrize(
    ("url", "twin"),
    [
        ("https://m.a.cn/n/1.html", True),
        ("http://3g.a.cn/1.html", True),
        ("http://www.a.cn/amp/n/1.html", True),
        ("http://www.a.cn/n/1/amp", True),
        ("http://wap.a.cn", True),
        ("http://www.a.cn/m/1.html", False),
        ("http://mm.a.cn/camp/1.html", False),
        ("http://www.a.cn/1.html?from=/amp/", False),
    ],
)
def test_is_twin(url, twin):
    assert is_twin(url) is twin


@pytest.mark.skipif("NEWSCRAWL_CORPUS" not in os.environ, reason="needs the corpus")
def test_no_two_corpus_pages_are_merged():
    shared = Path(os.environ["NEWSCRAWL_CORPUS"])
    urls = {
        page["url"]
        for corpus in ("corpus", "corpus-text")
        for page in json.loads((shared / corpus / "manifest.json").read_text("utf-8"))
    }
    assert len({canonical(url) for url in urls}) == len(urls) > 60


BASE = "http://www.a.test/xw/index.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("t1.html", "http://www.a.test/xw/t1.html"),
        ("\\xw\\202405\\1.html", "http://www.a.test/xw/202405/1.html"),
        ("http:\\\\b.test\\x\\1.html", "http://b.test/x/1.html"),
        ("HTTP://b.test/X", "http://b.test/X"),
        ("///b.test/x", "http://b.test/x"),
        ("http:/x/1.html", "http://www.a.test/x/1.html"),
        ("https:/b.test/1", "https://b.test/1"),
        (" /x\n/y.html\t", "http://www.a.test/x/y.html"),
        ("\u3000/x.html", "http://www.a.test/x.html"),
        ("/x y/1.html#top", "http://www.a.test/x%20y/1.html"),
        ("a.jsp?x=1&amp;y=2", "http://www.a.test/xw/a.jsp?x=1&y=2"),
        ("../a/./b.html", "http://www.a.test/a/b.html"),
        ("?page=2", "http://www.a.test/xw/index.html?page=2"),
        ("javascript:f(1)", ""),
        ("weixin://dl", ""),
        ("http://[bad/x", ""),
        ("http://http://b.test/x", ""),
        ("#", ""),
        ("", ""),
        ("x" * 600, ""),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(href, expected):
    assert absolute(href, BASE) == expected


@pytest.mark.parametrize(
    ("charset", "query"),
    [
        ("gb2312", "%D4%C6%CF%AA"),
        ("big5", "%B6%B3%B7%CB"),
        ("utf-8", "%E4%BA%91%E6%BA%AA"),
        ("utf-16-le", "%E4%BA%91%E6%BA%AA"),
    ],
)
def test_a_query_is_sent_in_the_pages_charset(charset, query):
    word = "雲溪" if charset == "big5" else "云溪"
    assert absolute(f"/show.jsp?t={word}", BASE, charset) == f"http://www.a.test/show.jsp?t={query}"
    assert absolute(f"/{word}/1.html", BASE, charset) == f"http://www.a.test/{word}/1.html"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/云溪/1.html".encode(), "http://www.a.test/%E4%BA%91%E6%BA%AA/1.html"),
        ("/云溪/1.html".encode("gbk"), "http://www.a.test/%D4%C6%CF%AA/1.html"),
        (b"/a%20b?x=%E4", "http://www.a.test/a%20b?x=%E4"),
        (b"HTTP://b.test\\x", "http://b.test/x"),
        (b"weixin://x", None),
    ],
)
def test_the_bytes_of_a_location_are_sent_back_as_they_came(location, expected):
    assert redirect_address(location.decode("latin-1"), BASE) == expected


_BASES = ["http://news.example.cn", "https://news.example.cn/a/./b/../c.html?x=/y", "http://news.example.cn/a/b/"]
_PRINTED = [
    *("/2024/c1.html", "./t20240520_1.htm", "c1.html?id=1", "../c1.html", "//img.example.cn/1.jpg", "?page=2", "#top"),
    *("a/./b.html", "a/..", "中文/一.html", "mailto:a@example.cn", "/a/b.html#c", "/", "/a;b", "a[1].html"),
    *("https://other.example.cn/1.html", "javascript:void(0)", "a?b=../c", "/.well-known/x"),
]


@pytest.mark.parametrize("base", _BASES)
def test_joins_as_the_standard_library(base):
    assert {address: join(base, address) for address in _PRINTED} == {
        address: urljoin(base, address) for address in _PRINTED
    }
    assert join(base, "") == base


def test_joins_what_it_leaves_as_browsers_do():
    assert join("http://a.cn//x//y/", "/a//b.html") == "http://a.cn/a//b.html"
    assert join("http://a.cn//x//y/", "b.html") == "http://a.cn//x//y/b.html"
    assert join("http://a.cn/", "/a?") == "http://a.cn/a?"
    assert join("http://a.cn/", "http://[") == ""
