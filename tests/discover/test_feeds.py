"""Leads from feeds and sitemaps."""

from __future__ import annotations

import pytest

from newscrawl.discover import Scope, feed_leads

SCOPE = Scope.parse("a.test")
URL = "http://www.a.test/rss.xml"


def test_rss():
    content = """<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>青川</title><link>http://www.a.test/</link>
    <item><title><![CDATA[三座便民桥通车]]></title><link> http://www.a.test/xw/1 </link></item>
    <item><title>无链接</title><guid>http://www.a.test/xw/2</guid></item>
    <item><title>再来一次</title><link>http://www.a.test/xw/1</link></item>
    <item><title>外站</title><link>http://b.test/xw/3</link></item></channel></rss>""".encode("gb2312")
    found = feed_leads(content, URL, SCOPE)
    assert [(lead.url, lead.title, lead.kind) for lead in found] == [
        ("http://www.a.test/xw/1", "三座便民桥通车", "article"),
        ("http://www.a.test/xw/2", "无链接", "article"),
    ]


def test_atom():
    content = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><link rel="self" href="/atom/1"/>
    <link rel="alternate" href="/xw/1.html"/></entry></feed>"""
    assert [lead.url for lead in feed_leads(content, URL, SCOPE)] == ["http://www.a.test/xw/1.html"]


def test_sitemaps():
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>http://www.a.test/sitemap1.xml</loc></sitemap></sitemapindex>"""
    urls = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://www.a.test/xw/</loc></url>
    <url><loc>http://www.a.test/xw/202405/t20240511_48211.html</loc></url></urlset>"""
    assert [(lead.url, lead.kind) for lead in feed_leads(index, URL, SCOPE)] == [
        ("http://www.a.test/sitemap1.xml", "list")
    ]
    assert [lead.kind for lead in feed_leads(urls, URL, SCOPE)] == ["list", "article"]


def test_a_cut_feed_is_read_as_far_as_it_goes():
    content = b"<rss><channel><item><link>http://www.a.test/xw/1</link></item><item><link>http://www.a.te"
    assert feed_leads(content, URL, SCOPE)[0].url == "http://www.a.test/xw/1"


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("http://www.a.test/secret")
    content = (
        f"""<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><item><link>&x;</link></item></rss>""".encode()
    )
    assert feed_leads(content, URL, SCOPE) == []


@pytest.mark.parametrize("content", [b"", b"   ", b"<html><body><a href='/x'>y</a></body></html>", b"\x00\xff", b"{}"])
def test_no_feed(content):
    assert feed_leads(content, URL, SCOPE) == []
