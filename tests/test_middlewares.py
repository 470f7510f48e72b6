"""The downloader middlewares."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from contextlib import closing

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import HtmlResponse, Response, TextResponse
from twisted.internet.defer import Deferred

from newscrawl.archive import Archive
from newscrawl.extract.page import bounds
from newscrawl.middlewares import AddressGuard, Decode, Decompress, is_global, is_html
from tests.conftest import command

STORY = "<html><head><meta charset='gb2312'></head><body><p>市财政局今日公布预算执行情况。</p></body></html>"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "localhost", "0.0.0.0"),
        *("2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "0", "127.0.0.1.", "localhost.", "a.localhost"),
        *("192.0.0.192", "224.0.0.1", "255.255.255.255", "100.64.0.1", "198.18.0.1", "1.2.3.4.5", "256.256.256.256"),
        *("::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "fc00::1"),
        *("ff02::1", "2001:db8::1", "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1"),
    ],
)
def test_private_addresses_are_refused(host):
    assert not is_global(host)
    shown = f"[{host}]" if ":" in host else host
    with pytest.raises(IgnoreRequest, match="private"):
        AddressGuard([]).process_request(Request(f"http://{shown}/"))


def test_public_addresses_and_allowed_hosts_pass():
    AddressGuard([]).process_request(Request("http://www.example.cn/"))
    for host in ("8.8.8.8", "192.0.1.1", "[2400:3200::1]", "[::ffff:8.8.8.8]", "134744072", "1a.cn", "localhost.cn"):
        AddressGuard([]).process_request(Request(f"http://{host}/"))
    AddressGuard(["127.0.0.1"]).process_request(Request("http://127.0.0.1:8000/"))


def test_a_wrong_header_does_not_beat_the_page():
    request = Request("http://a.cn/1.html")
    response = Response(
        request.url, headers={"Content-Type": "text/html; charset=ISO-8859-1"}, body=STORY.encode("utf-8")
    )
    decoded = Decode().process_response(request, response)
    assert isinstance(decoded, HtmlResponse)
    assert "市财政局今日公布" in decoded.text
    assert "市财政局今日公布" in request.meta["document"].decoded.text


def test_what_is_not_a_page_is_let_through_unread():
    request = Request("http://a.cn/1.pdf")
    response = Response(request.url, headers={"Content-Type": "application/pdf"}, body=b"%PDF-1.7")
    assert Decode().process_response(request, response) is response
    assert "document" not in request.meta


@pytest.mark.parametrize(
    ("content_type", "body", "html"),
    [
        ("text/html; charset=gbk", b"", True),
        ("TEXT/HTML", b"x", True),
        ("", b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>", True),
        ("text/plain", b"<html>", True),
        ("text/plain", b"a text", False),
        ("image/png", b"<html>", False),
        ("application/json", b"{}", False),
        ("html", b"x", True),
        ("text/html；charset=utf-8".encode().decode("latin-1"), b"x", True),
        ("banana", b"<html>", True),
        ("banana", b"a text", False),
    ],
)
def test_what_counts_as_a_page(content_type, body, html):
    assert is_html(content_type, body) is html


def test_encodings_are_undone_as_a_replay_does_and_a_lie_stays_as_it_is():
    request, text = Request("http://a.cn/"), STORY.encode()
    for body, shown in ((gzip.compress(text), text), (text, text), (gzip.compress(text)[:-20], text)):
        headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
        response = TextResponse(request.url, headers=headers, body=body)
        plain = Decompress(1 << 20).process_response(request, response)
        assert shown.startswith(plain.body)
        assert plain.body
        assert "Content-Encoding" not in plain.headers


def test_what_grows_beyond_the_ceiling_is_too_large():
    response = Response("http://a.cn/", headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 2000))
    assert len(Decompress(2000).process_response(Request("http://a.cn/"), response).body) == 2000
    with pytest.raises(DownloadCancelledError):
        Decompress(1999).process_response(Request("http://a.cn/"), response)


def test_a_page_that_is_too_much_work_is_named_and_not_read():
    request = Request("http://a.cn/1.html")
    for count, refused in ((bounds.MOST_TAGS - 10, None), (bounds.MOST_TAGS + 1, "too-complex")):
        response = Response(request.url, headers={"Content-Type": "text/html"}, body=b"<html><body>" + b"<p>" * count)
        Decode().process_response(request, response)
        assert request.meta["refused"] == refused


def test_all_who_wait_for_one_robots_txt_obey_it(site, data, scrapy_crawl):
    """Eight requests reach the middleware before the robots.txt is there; each must be checked against it."""
    links = "".join(
        f'<li><a href="/private/{number}.html">市县新闻第{number}条：不许看的内容</a></li>' for number in range(8)
    )
    site.page("/", f"<html><body><ul>{links}</ul></body></html>")
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.delays["/robots.txt"] = 0.5
    for number in range(8):
        site.page(f"/private/{number}.html", STORY)
    arguments = ("-a", f"url={site.url}/", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8", "-s", "FRONTIER_WAIT=0")
    assert "robots: robots.txt forbids 8 of the addresses" in scrapy_crawl("portal", *arguments).stderr
    asked = dict(site.requests)
    # the second run has all addresses at once, and no robots.txt yet
    with closing(sqlite3.connect(data / "frontier.db")) as db, db:
        db.execute("update addresses set state = 'pending', due = null")
    assert scrapy_crawl("portal", *arguments).returncode == 1
    assert asked["/robots.txt"] == 1
    assert site.requests["/robots.txt"] == 2
    assert not [path for path in site.requests if path.startswith("/private/")]


def test_a_site_that_wants_a_cookie_back_is_let_have_it(site, data, scrapy_crawl):
    headline = "青川县三座便民桥今日正式通车"
    site.page("/", f"<html><body><ul><li><a href='/xw/20240511.html'>{headline}</a></li></ul></body></html>")
    story = "<p>五月十一日，青川县西河片区的三座便民桥同时通车，两岸六个村的村民出行不再绕道，纷纷叫好。</p>" * 4
    site.page("/xw/20240511.html", f"<title>{headline}</title><h1>{headline}</h1><p>2024-05-11 10:00</p>{story}")
    site.gates = dict.fromkeys(site.pages, "wzws=1f2e")
    assert scrapy_crawl("portal", "-a", f"url={site.url}/").returncode == 0
    assert site.requests["/"] == 2
    assert site.requests["/xw/20240511.html"] == 1
    assert command("newscrawl", "check").stdout == "no faults\n", "the gate's own answer is recorded, and no page"


def test_what_a_robots_txt_leads_to_is_recorded_and_no_page(site, data, scrapy_crawl):
    headline = "青川县三座便民桥今日正式通车"
    site.page("/", f"<html><body><ul><li><a href='/xw/20240511.html'>{headline}</a></li></ul></body></html>")
    site.page("/robots.txt", "", 302, Location="/nothing-there.html")
    scrapy_crawl("portal", "-a", f"url={site.url}/")
    assert site.requests["/nothing-there.html"] == 1
    with Archive.open(data / "archive.db", read_only=True) as archive:
        assert not [row for row in archive.database.query("select url from captures") if "nothing" in row["url"]]
    assert command("newscrawl", "check").stdout == "no faults\n"


def test_a_gate_that_stays_shut_is_asked_twice_and_left(site, scrapy_crawl):
    site.page("/", "", 302, Location="/", **{"Set-Cookie": "a=1"})
    scrapy_crawl("portal", "-a", f"url={site.url}/", "-s", "FRONTIER_WAIT=0")
    assert site.requests["/"] == 2


def test_scrapy_still_answers_only_the_first_who_waits():
    """When this fails, Scrapy may have mended it and Robots can go."""

    async def wait() -> list[object]:
        shared: Deferred[str] = Deferred()
        waiting = [asyncio.ensure_future(_awaited(shared)) for _ in range(3)]
        await asyncio.sleep(0)
        shared.callback("parser")
        return await asyncio.gather(*waiting)

    async def _awaited(deferred: Deferred[str]) -> str:
        return await deferred.asFuture(asyncio.get_running_loop())

    assert asyncio.run(wait()) == ["parser", None, None]
