"""Between the engine and the wire."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from contextlib import closing

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response, TextResponse
from twisted.internet.defer import Deferred

from newscrawl.middlewares import AddressGuard, Decode, PlainResponse, is_global, is_html

STORY = "<html><head><meta charset='gb2312'></head><body><p>市财政局今日公布预算执行情况。</p></body></html>"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "localhost", "0.0.0.0"]
)
def test_private_addresses_are_refused(host):
    assert not is_global(host)
    shown = f"[{host}]" if ":" in host else host
    with pytest.raises(IgnoreRequest, match="private"):
        AddressGuard([]).process_request(Request(f"http://{shown}/"))


def test_public_addresses_and_allowed_hosts_pass():
    AddressGuard([]).process_request(Request("http://www.example.cn/"))
    AddressGuard([]).process_request(Request("http://8.8.8.8/"))
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
    ],
)
def test_what_counts_as_a_page(content_type, body, html):
    assert is_html(content_type, body) is html


def test_a_compressed_response_is_made_plain_and_stays_itself():
    request = Request("http://a.cn/")
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    response = TextResponse(request.url, headers=headers, body=gzip.compress(STORY.encode()))
    plain = PlainResponse().process_response(request, response)
    assert type(plain) is Response
    assert (plain.url, plain.status, plain.body, plain.headers) == (response.url, 200, response.body, response.headers)


def test_scrapy_still_guesses_the_encoding_of_compressed_bytes(monkeypatch):
    """When this fails, Scrapy has mended it and PlainResponse can go."""
    asked = []
    real = TextResponse._body_inferred_encoding
    monkeypatch.setattr(TextResponse, "_body_inferred_encoding", lambda self: asked.append(self.body[:2]) or real(self))
    response = TextResponse("http://a.cn/", headers={"Content-Type": "text/html"}, body=gzip.compress(STORY.encode()))
    response.replace(cls=HtmlResponse, body=STORY.encode(), encoding=None)
    assert b"\x1f\x8b" in asked


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
