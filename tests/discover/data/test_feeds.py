"""Leads from feeds and sitemaps."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import gzip
from datetime import date

import pytest

from newscrawl.discover import Answer, Scope, read_answer, sitemaps_of
from newscrawl.discover.data import feeds
from newscrawl.discover.lead import FEED, FROM_ARTICLE, FROM_LIST, NEXT_DATA, SITEMAP, Lead
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
    for url, named in (("http://www.a.test/", ["http://www.a.test/feed/"]), ("http://www.a.test/xw/jj/", [])):
        found = read_answer(Answer(url, html.encode()), Document(html, url), SCOPE)
        assert [lead.url for lead in found.leads if lead.why == "feed"] == named


def test_sitemaps_that_robots_names_else_the_usual_one_of_a_start_page():
    named = ["http://www.a.test/s.xml", "http://b.test/s.xml"]
    assert [lead.url for lead in sitemaps_of("http://www.a.test/x/", named, SCOPE, guess=False)] == named[:1]
    assert [lead.url for lead in sitemaps_of("http://www.a.test/x/", [], SCOPE, guess=True)] == [
        "http://www.a.test/sitemap.xml"
    ]
    assert sitemaps_of("http://www.a.test/x/", [], SCOPE, guess=False) == []


def read(content: str, url: str = URL, **asked) -> list:
    """The leads of a feed as its own function tells them."""
    answer = Answer(url, b"", **asked)
    return feeds.feed_leads(feeds.parse_xml(content), answer, SCOPE)


ARTICLE = "http://www.a.test/xw/202405/t20240511_48211.html"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            f"<rss><item><title> 西河三座便民桥今日\n正式通车 </title>又<link><!-- x -->{ARTICLE}</link></item></rss>",
            Lead(ARTICLE, "article", "西河三座便民桥今日 正式通车", FROM_LIST["article"] + 4, FEED),
        ),
        (
            "<feed><entry><link href='/a'/><updated>2024-05-12T08:00</updated></entry></feed>",
            Lead("http://www.a.test/a", "article", None, FROM_LIST["article"], FEED, modified=date(2024, 5, 12)),
        ),
        (
            f"<urlset><url><loc>{ARTICLE}</loc><lastmod>2024-05</lastmod></url></urlset>",
            Lead(ARTICLE, "article", None, FROM_ARTICLE["article"] + 3, SITEMAP, modified=date(2024, 5, 1)),
        ),
        (
            "<urlset><url><loc>/xw/</loc><title>要闻</title><lastmod>2024-05-12</lastmod></url></urlset>",
            Lead("http://www.a.test/xw/", "list", "要闻", 0, SITEMAP, modified=date(2024, 5, 12)),
        ),
        (
            "<sitemapindex><sitemap><loc>/s.xml</loc><lastmod>2024-05-12</lastmod></sitemap></sitemapindex>",
            Lead(
                "http://www.a.test/s.xml",
                "list",
                None,
                FROM_ARTICLE["list"],
                SITEMAP,
                modified=date(2024, 5, 12),
                context={"level": 1},
            ),
        ),
        (
            "<feed><link rel='next' href='/feed?page=2'/></feed>",
            Lead("http://www.a.test/feed?page=2", "list", None, FROM_ARTICLE["list"], NEXT_DATA),
        ),
    ],
)
def test_what_an_entry_leads_to(content, expected):
    assert read(content) == [expected]


@pytest.mark.parametrize(
    "content",
    [
        "<feed><link rel='next'/></feed>",
        "<feed><link rel='next' href='http://b.test/2'/></feed>",
        "<feed><link rel='prev' href='/2'/></feed>",
        "<feed><entry><link rel='next' href='/2'/></entry></feed>",
        "<rss><item><guid>tag:1</guid></item></rss>",
        "<rss><item><guid isPermaLink='false'>48211</guid></item></rss>",
        "<rss><item><link> </link></item></rss>",
        "<rss><item><title>图片</title><url>http://www.a.test/1.jpg</url></item></rss>",
        "<rss><item><link>http://www.a.test/login.php</link></item></rss>",
        "<x><url><loc>http://www.a.test/xw/1.html</loc></url></x>",
    ],
)
def test_what_leads_nowhere(content):
    assert read(content) == []


def test_what_a_feed_lists_is_news_whatever_its_address_looks_like():
    assert [lead.kind for lead in read("<rss><item><link>/shop/202405/t1.html</link></item></rss>")] == ["article"]
    assert read("<rss><item><link>/print/1.html</link></item></rss>") == []


def test_an_entrys_address_is_its_first_alternate_link_else_its_permanent_guid():
    entries = (
        "<entry><link rel='self' href='/self'/><link href='/a'/><link href='/b'/></entry>"
        "<entry><link>  </link><link> /c </link></entry>"
        "<entry><link rel='alternate' href='/d'>/e</link></entry>"
        "<entry><guid>http://www.a.test/f</guid></entry>"
    )
    assert [lead.url.rpartition("/")[2] for lead in read(f"<feed>{entries}</feed>")] == ["a", "c", "d", "f"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<lastmod>2024-05-12</lastmod>", date(2024, 5, 12)),
        ("<published> 1999-12-31T10:00</published>", date(1999, 12, 31)),
        ("<date>2024-05</date>", date(2024, 5, 1)),
        ("<news:publication_date>2024-05-12</news:publication_date>", date(2024, 5, 12)),
        ("<lastmod>2024-13-01</lastmod><updated>2024-05-12</updated>", date(2024, 5, 12)),
        ("<updated>2024-05-11</updated><lastmod>2024-05-12</lastmod>", date(2024, 5, 12)),
        ("<lastmod>gestern</lastmod>", None),
        ("<lastmod>1899-05-12</lastmod>", None),
        ("", None),
    ],
)
def test_the_day_of_an_entry(dates, expected):
    assert [lead.modified for lead in read(f"<urlset><url><loc>{ARTICLE}</loc>{dates}</url></urlset>")] == [expected]


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("post-sitemap.xml", "/2024/qiao-tong-che/", "article"),
        ("NEWS.xml", "/2024/qiao-tong-che/", "article"),
        ("post_tag-sitemap.xml", "/2024/qiao-tong-che/", "list"),
        ("sitemap.xml", "/2024/qiao-tong-che/", "list"),
        ("post-sitemap.xml", "/", "list"),
        ("post-sitemap.xml", "/?p=7", "article"),
    ],
)
def test_the_name_of_a_sitemap_says_what_it_lists(name, url, kind):
    content = f"<urlset><url><loc>http://www.a.test{url}</loc></url></urlset>"
    assert [lead.kind for lead in read(content, f"http://www.a.test/news/{name}")] == [kind]


def test_a_sitemap_of_a_folder_named_news_lists_what_its_addresses_say():
    content = "<urlset><url><loc>http://www.a.test/2024/qiao-tong-che/</loc></url></urlset>"
    assert read(content, "http://www.a.test/news/s.xml")[0].kind == "list"


@pytest.mark.parametrize(("level", "found"), [(0, 1), (1, 1), (2, 0)])
def test_how_deep_an_index_is_read(level, found):
    leads = read("<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>", level=level)
    assert [lead.context for lead in leads] == [{"level": level + 1}] * found


def test_an_index_names_so_many_sitemaps_and_a_feed_so_many_entries(monkeypatch):
    monkeypatch.setattr(feeds, "MOST_SITEMAPS", 3)
    sitemaps = "".join(f"<sitemap><loc>/s{number}.xml</loc></sitemap>" for number in range(5))
    assert [lead.url[-6:] for lead in read(f"<x>{sitemaps}</x>")] == ["s0.xml", "s1.xml", "s2.xml"]
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    items = "".join(f"<item><link>/{number}.html</link></item>" for number in (1, 1, 2, 3, 4))
    assert [lead.url[-6:] for lead in read(f"<x>{items}</x>")] == ["1.html", "2.html", "3.html"]


def test_what_has_no_date_comes_last_in_its_order():
    items = "".join(
        f"<item><link>/{name}</link>{day}</item>"
        for name, day in (("a", ""), ("b", "<date>2024-05-11</date>"), ("c", ""), ("d", "<date>2024-05-12</date>"))
    )
    assert [lead.url[-1] for lead in read(f"<x>{items}</x>")] == ["d", "b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss/>", "rss"),
        ("\ufeff<?xml version='1.0' encoding='gbk'?><RSS/>", "rss"),
        ("  <?xml version='1.0'?>\n<a:b xmlns:a='x'/>", "b"),
        ("<media:x/>", "x"),
        ("<x>\x01</x>", "x"),
        ("", ""),
        ("no xml", ""),
    ],
)
def test_xml_as_it_comes(text, name):
    assert feeds.name_of(feeds.parse_xml(text)) == name


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("?a=1&b=2", "?a=1&b=2"),
        ("?a=1&amp;b=2", "?a=1&b=2"),
        ("&#26725;", "桥"),
        ("&#x6865;", "桥"),
        ("桥\x0b", "桥"),
        ("&nope", "&nope"),
    ],
)
def test_ampersands_bare_and_written(written, read_as):
    assert feeds.parse_xml(f"<x>{written}<!-- c --></x>").text == read_as


def feed_links(*links: str, url: str = "http://www.a.test/") -> list:
    return feeds.named_feeds(Document(f"<html><head>{''.join(links)}</head><body></body></html>", url), SCOPE)


def test_the_feeds_of_a_home_page():
    link = "<link rel='{}' type='{}' href='{}' title='要闻'>".format
    atom = "application/atom+xml"
    assert feed_links(link("Alternate", "APPLICATION/RSS+XML", "/feed")) == [
        Lead("http://www.a.test/feed", "list", "要闻", FROM_ARTICLE["list"], FEED)
    ]
    assert feed_links(link("alternate", atom, "/feed"), url="http://www.a.test/xw/") != []
    assert feed_links(link("alternate", atom, "/feed"), url="http://www.a.test/xw/jj") == []
    for refused in (
        link("stylesheet", atom, "/feed"),
        link("alternate", "text/css", "/feed"),
        link("alternate", atom, ""),
        link("alternate", atom, "http://b.test/feed"),
        link("alternate", atom, "/comments/feed/"),
        link("alternate", atom, "/?comments=rss"),
        "<link rel='alternate' href='/feed'>",
        f"<link type='{atom}' href='/feed'>",
        f"<link rel='alternate' type='{atom}'>",
    ):
        assert feed_links(refused) == []
    many = [link("alternate", atom, f"/feed{number}") for number in (0, 0, 1, 2, 3, 4, 5)]
    assert [lead.url[-1] for lead in feed_links(*many)] == list("01234")
