"""Leads from feeds and sitemaps."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import gzip

import pytest

from newscrawl.discover import Answer, Scope, read_answer, sitemaps_of
from newscrawl.discover.lead import FROM_LIST
from newscrawl.extract.page.document import Document

SCOPE = Scope.parse("a.test")
URL = "http://www.a.test/rss.xml"


def feed_leads(content: bytes, url: str = URL, scope: Scope = SCOPE):
    return read_answer(Answer(url, content), None, scope).leads


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


@pytest.mark.parametrize("content", [b"", b"   ", b"\x00\xff", b"{}"])
def test_no_feed(content):
    assert feed_leads(content, URL, SCOPE) == []


def entries(links: str) -> bytes:
    return f"<rss><channel>{links}</channel></rss>".encode()


def test_an_undeclared_prefix_and_a_bare_ampersand():
    content = entries("<item><media:x>1</media:x><link>/show.jsp?id=210001&cid=3</link></item>")
    assert [lead.url for lead in feed_leads(content)] == ["http://www.a.test/show.jsp?id=210001&cid=3"]


def test_utf8_under_another_declaration():
    content = "<?xml version='1.0' encoding='gb2312'?><rss><item><title>西河三座便民桥今日正式通车</title><link>/xw/1.html</link></item></rss>"
    assert [lead.title for lead in feed_leads(content.encode())] == ["西河三座便民桥今日正式通车"]


def test_a_feed_sent_as_a_page():
    content = entries("<item><title>三座便民桥通车</title><link>/xw/1.html</link></item>")
    for declaration in (b"", b"<?xml version='1.0'?>"):
        found = read_answer(Answer(URL, declaration + content), Document(declaration + content, URL), SCOPE)
        assert [lead.url for lead in found.leads] == ["http://www.a.test/xw/1.html"]


def test_a_zipped_sitemap_and_a_bomb():
    urls = b"<urlset><url><loc>http://www.a.test/xw/202405/t20240511_48211.html</loc></url></urlset>"
    assert len(feed_leads(gzip.compress(urls), "http://www.a.test/sitemap.xml.gz")) == 1
    assert feed_leads(gzip.compress(urls)[:-20] + b"\0" * 12) == []
    assert feed_leads(gzip.compress(b" " * 40_000_000)) == []
    assert len(feed_leads(b"<urlset>" + b"<url><loc>http://www.a.test/1.html</loc></url>" * 52_000 + b"</urlset>")) == 1


def test_what_changed_last_comes_first():
    content = b"""<urlset><url><loc>http://www.a.test/xw/48211.html</loc><lastmod>2024-05-11</lastmod></url>
    <url><loc>http://www.a.test/xw/48212.html</loc><lastmod>2024-05-12T08:00:00+08:00</lastmod></url></urlset>"""
    found = feed_leads(content)
    assert [(lead.url[-10:], str(lead.modified)) for lead in found] == [
        ("48212.html", "2024-05-12"),
        ("48211.html", "2024-05-11"),
    ]
    assert found[0].priority < FROM_LIST["article"]


def test_an_index_within_an_index_is_the_deepest():
    index = b"<sitemapindex><sitemap><loc>http://www.a.test/s2.xml</loc></sitemap></sitemapindex>"
    (first,) = feed_leads(index)
    (second,) = read_answer(Answer(URL, index, **first.context), None, SCOPE).leads
    assert read_answer(Answer(URL, index, **second.context), None, SCOPE).leads == []


def test_a_wordpress_sitemap_of_posts_lists_articles_and_one_of_tags_does_not():
    urls = b"<urlset><url><loc>http://www.a.test/2024/qiao-tong-che/</loc></url></urlset>"
    assert feed_leads(urls, "http://www.a.test/wp-sitemap-posts-post-1.xml")[0].kind == "article"
    assert feed_leads(urls, "http://www.a.test/wp-sitemap-taxonomies-category-1.xml")[0].kind == "list"


def test_a_home_page_names_its_feeds():
    html = """<html><head><link rel='alternate' type='application/rss+xml' href='/feed/'>
    <link rel='alternate' type='application/rss+xml' href='/comments/feed/'><link rel='alternate' hreflang='en' href='/en/'>
    </head><body></body></html>"""
    for url, feeds in (("http://www.a.test/", ["http://www.a.test/feed/"]), ("http://www.a.test/xw/jj/", [])):
        found = read_answer(Answer(url, html.encode()), Document(html, url), SCOPE)
        assert [lead.url for lead in found.leads if lead.why == "feed"] == feeds


def test_sitemaps_that_robots_names_else_the_usual_one_of_a_start_page():
    named = ["http://www.a.test/s.xml", "http://b.test/s.xml"]
    assert [lead.url for lead in sitemaps_of("http://www.a.test/x/", named, SCOPE, guess=False)] == named[:1]
    assert [lead.url for lead in sitemaps_of("http://www.a.test/x/", [], SCOPE, guess=True)] == [
        "http://www.a.test/sitemap.xml"
    ]
    assert sitemaps_of("http://www.a.test/x/", [], SCOPE, guess=False) == []
