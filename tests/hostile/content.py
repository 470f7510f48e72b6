"""Attacks by a page's contents or links: CPU time, memory, addresses, crawler traps, robots.txt."""

from __future__ import annotations

import gzip
import itertools
from typing import TYPE_CHECKING

from tests.hostile import neighbour
from tests.hostile.attack import article, attack

if TYPE_CHECKING:
    from tests.hostile.exchange import Exchange

HEAD = "<html><head><meta charset=utf-8><title>恶溪新闻网</title></head><body>"
_counter = itertools.count(1)


def _zipped(exchange: Exchange, body: str) -> None:
    exchange.answer(gzip.compress(body.encode()), 200, b"Content-Encoding: gzip")


# --- Work


@attack("attributes-million", "too-complex")
def attributes_million(exchange: Exchange) -> None:
    _zipped(exchange, f"{HEAD}<div {' '.join(f'a{n}=1' for n in range(1_000_000))}>x</div>")


@attack("attributes-quoted", "too-complex")
def attributes_quoted(exchange: Exchange) -> None:
    attributes = " ".join(f'a{n}=">"' for n in range(700_000))
    _zipped(exchange, f"{HEAD}<!-- \" --><div x='>' {attributes}>x</div>")


@attack("elements-million", "too-complex")
def elements_million(exchange: Exchange) -> None:
    _zipped(exchange, HEAD + "<p>x" * 4_000_000)


@attack("links-million", "too-complex")
def links_million(exchange: Exchange) -> None:
    _zipped(exchange, HEAD + "".join(f"<a href=/{n}>x</a>" for n in range(700_000)))


@attack("links-many", "too-many-links", bait=("/",), FRONTIER_DOMAIN_RUN_LIMIT=50)
def links_many(exchange: Exchange) -> None:
    names = (f'<li><a href="/news/202405/t20240502_{n}.html">恶溪县水利工程又有新的进展{n}</a>' for n in range(14_000))
    _zipped(exchange, HEAD + "".join(names)) if exchange.path == "/" else article(exchange, next(_counter))


@attack("table-huge", "too-complex")
def table_huge(exchange: Exchange) -> None:
    _zipped(exchange, HEAD + "<table>" + ("<tr>" + "<td>1" * 100) * 10_000)


@attack("nesting-deep", "no-story|list|nothing|empty|too-complex|article")
def nesting_deep(exchange: Exchange) -> None:
    _zipped(exchange, HEAD + "<div>" * 100_000 + neighbour.story(101))


@attack("styles-many", "no-story|list|nothing|empty|too-complex|article")
def styles_many(exchange: Exchange) -> None:
    rules = "".join(f".c{n}{{display:none}}" for n in range(200_000))
    _zipped(exchange, f"<html><head><style>{rules}</style></head><body>{neighbour.story(101)}")


@attack("styled-siblings", "no-story|list|nothing|empty|too-complex|article")
def styled_siblings(exchange: Exchange) -> None:
    _zipped(exchange, HEAD + "<p style='color:red'>x" * 90_000)


@attack("text-one-line", "no-story|list|nothing|empty|too-complex|article")
def text_one_line(exchange: Exchange) -> None:
    _zipped(exchange, f"{HEAD}<h1>恶溪县水利工程全部完工</h1><p>{'水利工程，' * 900_000}</p>")


# --- Where it leads


@attack("redirect-self", "redirect-loop", bait=("/",))
def redirect_self(exchange: Exchange) -> None:
    exchange.redirect(exchange.path.encode())


@attack("redirect-endless", "redirect-chain")
def redirect_endless(exchange: Exchange) -> None:
    exchange.redirect(f"/news/202405/t20240501_{next(_counter)}.html".encode())


@attack(
    "redirect-malformed", "article", stored=1, bait=("/1.html", "/2.html", "/3.html", "/4.html", "/a/t20240501_5.html")
)
def redirect_malformed(exchange: Exchange) -> None:
    places = {
        "/1.html": "http://[",
        "/2.html": "http://[::::]/",
        "/3.html": "http://ex℀mple/",
        "/4.html": "http://a:99999/",
    }
    if place := places.get(exchange.path):
        exchange.redirect(place.encode())
    else:
        article(exchange)


@attack("redirect-raw-bytes", "article", stored=2, bait=("/news/utf8.html", "/news/gbk.html"))
def redirect_raw_bytes(exchange: Exchange) -> None:
    if exchange.path == "/news/utf8.html":
        exchange.redirect("/恶溪/t20240501_1.html".encode())
    elif exchange.path == "/news/gbk.html":
        exchange.redirect("/恶溪/t20240502_2.html".encode("gbk"))
    elif exchange.path == "/%E6%81%B6%E6%BA%AA/t20240501_1.html":
        article(exchange, 1)
    elif exchange.path == "/%B6%F1%CF%AA/t20240502_2.html":
        article(exchange, 2)
    else:
        exchange.answer("no", 404)


_INNER = (
    "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "127.0.0.1.", "localhost", "localhost.",
    "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "192.0.0.192", "224.0.0.1",
    "inner.evil.test", "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1",
)  # fmt: skip


@attack("redirect-private", "private address", bait=tuple(f"/news/t20240501_{n}.html" for n in range(len(_INNER))))
def redirect_private(exchange: Exchange) -> None:
    number = int(exchange.path.rpartition("_")[2].removesuffix(".html"))
    exchange.redirect(f"http://{_INNER[number]}:{exchange.server.port}/canary".encode())


@attack("link-private", "private address", bait=("/",))
def link_private(exchange: Exchange) -> None:
    addresses = [
        f"http://{host}:{exchange.server.port}/canary/t2024050{n % 9 + 1}_{n}.html" for n, host in enumerate(_INNER)
    ]
    exchange.answer(HEAD + neighbour.links(addresses))


@attack("redirect-scheme", "redirect", bait=("/1.html", "/2.html", "/3.html"))
def redirect_scheme(exchange: Exchange) -> None:
    places = {"/1.html": b"file:///etc/passwd", "/2.html": b"ftp://evil.test/x", "/3.html": b"data:text/html,x"}
    exchange.redirect(places.get(exchange.path, b"javascript:alert(1)"))


@attack("redirect-credentials", "article", stored=1)
def redirect_credentials(exchange: Exchange) -> None:
    if "user" in exchange.headers.get("host", "") or "authorization" in exchange.headers:
        exchange.answer("credentials were sent", 500)
    elif exchange.path == "/a/t20240503_3.html":
        article(exchange)
    else:
        exchange.redirect(f"http://user:secret@{exchange.host}:{exchange.server.port}/a/t20240503_3.html".encode())


@attack("link-ports", "article", stored=1)
def link_ports(exchange: Exchange) -> None:
    bad = [f"http://evil.test:{port}/a.html" for port in ("65536", "99999", "８０", "²", "-1", "x")]
    exchange.answer(neighbour.story(101, "恶溪").replace("</body>", neighbour.links([*bad, "http://[/", "http://["])))


@attack("text-controls", "article", stored=1)
def text_controls(exchange: Exchange) -> None:
    if exchange.path.endswith("_1.html"):
        evil = "\x9b31m恶\u2066溪\u202e\x1b]0;x\x07\x9d"
        exchange.answer(neighbour.story(101, evil).replace("</body>", neighbour.links(["/m_2.html"])))
    else:
        exchange.redirect(b"http://a\x1bc\x9b.evil.test/\x1b[2J")


# --- Traps


@attack("trap-subdomains", "limit", bait=("http://a.evil.test:{port}/",), FRONTIER_DOMAIN_RUN_LIMIT=150)
def trap_subdomains(exchange: Exchange) -> None:
    names = [exchange.url(f"/news/t20240501_{n}.html", f"h{next(_counter)}.evil.test") for n in range(40)]
    exchange.answer(HEAD + neighbour.links(names))


@attack("trap-sessions", "limit", bait=("/",), FRONTIER_DOMAIN_RUN_LIMIT=150)
def trap_sessions(exchange: Exchange) -> None:
    links = [f"/news/202405/t2024050{n + 1}_{n}.html?s={next(_counter):08x}" for n in range(9)]
    exchange.answer(neighbour.story(next(_counter), "恶溪").replace("</body>", neighbour.links(links)))


@attack("trap-calendar", "leads on without news", bait=("/2024/01/01/",), FRONTIER_DOMAIN_RUN_LIMIT=150)
def trap_calendar(exchange: Exchange) -> None:
    links = [f"/{1990 + n % 30}/{n % 12 + 1:02d}/{n % 28 + 1:02d}/" for n in (next(_counter) for _ in range(30))]
    exchange.answer(HEAD + neighbour.links(links, "前一天"))


@attack("trap-depth", "limit", bait=("/a/",), FRONTIER_DOMAIN_RUN_LIMIT=150)
def trap_depth(exchange: Exchange) -> None:
    deeper = [f"{exchange.path}{letter}{next(_counter)}/" for letter in "abcdefgh"]
    exchange.answer(HEAD + neighbour.links(deeper))


@attack("robots-sitemap-bomb", "limit", FRONTIER_DOMAIN_RUN_LIMIT=150)
def robots_sitemap_bomb(exchange: Exchange) -> None:
    if exchange.path == "/robots.txt":
        exchange.answer(f"Sitemap: {exchange.url('/sitemap.xml')}", kind="text/plain")
        return
    if exchange.path.startswith("/news"):
        article(exchange, next(_counter))
        return
    entries = "".join(
        f"<url><loc>{exchange.url(f'/news/202405/t20240501_{n}.html')}</loc></url>" for n in range(50_000)
    )
    more = "".join(f"<sitemap><loc>{exchange.url(f'/sitemap{next(_counter)}.xml')}</loc></sitemap>" for _ in range(50))
    kind = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}{more}</urlset>'
    exchange.answer(kind, kind="application/xml")


@attack("feed-entities", "not-html", bait=("/",))
def feed_entities(exchange: Exchange) -> None:
    if exchange.path == "/":
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        exchange.answer(HEAD.replace("<title>", f"{link}<title>") + neighbour.links(["/news/202405/t20240501_1.html"]))
        return
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    inner = f'<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://127.0.0.1:{exchange.server.port}/canary">'
    exchange.answer(
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}{inner}]><rss version="2.0"><channel><item>'
        f"<title>&m;&file;&net;</title><link>{exchange.url('/news/202405/t20240501_1.html')}</link></item></channel></rss>",
        kind="application/rss+xml",
    )


# --- robots.txt


def _ordinary(exchange: Exchange) -> bool:
    if exchange.path == "/robots.txt":
        return False
    article(exchange)
    return True


@attack("robots-503", "robots-unreachable")
def robots_503(exchange: Exchange) -> None:
    _ordinary(exchange) or exchange.answer("busy", 503)


@attack("robots-huge", "article", stored=1)
def robots_huge(exchange: Exchange) -> None:
    rules = "".join(f"Disallow: /{n}*x*{n}$\n" for n in range(500_000))
    _ordinary(exchange) or exchange.answer(f"User-agent: *\n{rules}", kind="text/plain")


@attack("robots-bomb", "robots-unreachable")
def robots_bomb(exchange: Exchange) -> None:
    packed = gzip.compress(b"Disallow: /x\n" * 3_000_000)
    _ordinary(exchange) or exchange.answer(packed, 200, b"Content-Encoding: gzip", kind="text/plain")


@attack("robots-silent", "timeout|robots-unreachable")
def robots_silent(exchange: Exchange) -> None:
    _ordinary(exchange) or exchange.reset()


@attack("robots-loop", "article", stored=1)
def robots_loop(exchange: Exchange) -> None:
    _ordinary(exchange) or exchange.redirect(b"/robots.txt")


@attack("robots-delay", "article", stored=1)
def robots_delay(exchange: Exchange) -> None:
    _ordinary(exchange) or exchange.answer("User-agent: *\nCrawl-delay: 99999999999999999999\n", kind="text/plain")


@attack("robots-elsewhere", "article", stored=1)
def robots_elsewhere(exchange: Exchange) -> None:
    """Send to the home page whatever is not there, robots.txt too, as many sites do."""
    if exchange.path == "/robots.txt":
        exchange.redirect(b"/")
    else:
        article(exchange)
