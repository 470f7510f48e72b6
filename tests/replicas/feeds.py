"""Replicas whose articles stand in feeds and sitemaps alone, or in them beside a short list."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from tests.replicas.portal import Asked, Made

XML = {"Content-Type": "application/xml; charset=utf-8"}


def xml(text: str) -> Answer:
    return Answer(f"<?xml version='1.0' encoding='UTF-8'?>{text}".encode(), headers=XML)


class Fed(Replica):
    """A portal with one channel, of which pages show the newest rows only."""

    channels = 1

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self.html(self.name(channel), self.rows(self.of(channel)[:3])))

    def full(self, made: Made) -> str:
        return f"http://{self.host}{made.urls[0]}"

    def entries(self) -> str:
        """Give the sitemap's entries of all articles."""
        found = (f"<url><loc>{self.full(m)}</loc><lastmod>{m.published:%Y-%m-%d}</lastmod></url>" for m in self.of(0))
        return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(found)}</urlset>"


class FeedOnly(Fed):
    """An RSS feed has all articles; a link in the head names it."""

    host = "feed.test"

    def html(self, title: str, body: str) -> str:
        link = "<link rel='alternate' type='application/rss+xml' href='/rss/all.xml'></head>"
        return super().html(title, body).replace("</head>", link, 1)

    def answer(self, asked: Asked) -> Answer:
        if asked.path != "/rss/all.xml":
            return super().answer(asked)
        items = "".join(
            f"<item><title>{escape(made.title)}</title><link>{self.full(made)}</link></item>" for made in self.of(0)
        )
        return xml(f"<rss version='2.0'><channel><title>清源</title>{items}</channel></rss>")


class SitemapOnly(Fed):
    """A sitemap index named in robots.txt leads to a sitemap with all articles."""

    host = "sitemap.test"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(f"User-agent: *\nSitemap: http://{self.host}/maps.xml\n".encode())
        if asked.path == "/maps.xml":
            return xml(f"<sitemapindex><sitemap><loc>http://{self.host}/map1.xml</loc></sitemap></sitemapindex>")
        return xml(self.entries()) if asked.path == "/map1.xml" else super().answer(asked)


FEEDS = (FeedOnly, SitemapOnly)
