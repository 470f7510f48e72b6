"""Every address of the sample portal with what it answers, the articles among the oddities of a real site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from newscrawl.sample.addresses import HOME, HOSTS, MOVED, MOVED_TO, PRIVATE, SOFT_404
from newscrawl.sample.article import article_html, furniture
from newscrawl.sample.forms import fill_page
from newscrawl.sample.lists import home_html, list_pages
from newscrawl.sample.markup import BLANK, pictures
from newscrawl.sample.pictures import blank_gif, picture_png
from newscrawl.sample.stories import Story, stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COUNT_MARK: Final = b"@COUNT@"  # the server puts another number here at every fetch
WRITTEN: Final = {
    1: "Mon, 06 Mar 2023 10:00:00 GMT",
    2: "Wed, 08 Mar 2023 10:00:00 GMT",
}  # when an edition was published
ROBOTS: Final = b"User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True, slots=True)
class SamplePage:
    """What the server answers for one address: status, headers and bytes."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        """Whether the page shows how often it was fetched, so that no two answers are alike."""
        return COUNT_MARK in self.body

    def shown(self, fetches: int) -> bytes:
        """The bytes of the answer to the fetch of this number."""
        return self.body.replace(COUNT_MARK, str(1234 + fetches).encode("ascii"))


def pages(edition: int = 1) -> dict[str, SamplePage]:
    """All pages of an edition (1 or 2) by their full address; the same on every call."""
    everything = stories(edition)
    found = dict(_articles(everything, edition))
    found[HOME] = _html(home_html(everything), edition)
    for url, text in list_pages(everything):
        found[url] = _html(text, edition)
        if url.endswith("/index.shtml"):
            found[url.removesuffix("index.shtml")] = found[url]
    found.update(_oddities(everything, edition))
    return found


def not_found() -> SamplePage:
    """What an unknown address answers."""
    return SamplePage(404, fill_page("missing", {}).encode(), {"Content-Type": "text/html; charset=utf-8"})


def _articles(everything: Sequence[Story], edition: int) -> Iterator[tuple[str, SamplePage]]:
    for story in everything:
        for number, text in enumerate(story.parts, 1):
            html = article_html(story, everything, number)
            yield story.part_url(number), _html(html, edition, story.encoding, story.header_charset)
            for name in pictures(text):
                url = f"{story.url.rpartition('/')[0]}/{name}"
                yield url, SamplePage(200, picture_png(url), {"Content-Type": "image/png"})


def _oddities(everything: Sequence[Story], edition: int) -> Iterator[tuple[str, SamplePage]]:
    around = furniture(everything)
    private = next(story for story in everything if not story.authors)
    for host in HOSTS:
        yield f"http://{host}/robots.txt", SamplePage(200, ROBOTS, {"Content-Type": "text/plain"})
    yield f"http://{HOSTS[1]}/", SamplePage(302, b"", {"Location": "/wenhua/index.shtml"})
    yield f"{HOME}about.html", _html(fill_page("about", around), edition)
    yield f"{HOME}{BLANK.lstrip('/')}", SamplePage(200, blank_gif(), {"Content-Type": "image/gif"})
    yield SOFT_404, _html(fill_page("missing", {}), edition)
    yield MOVED, SamplePage(301, b"", {"Location": MOVED_TO})
    yield PRIVATE, _html(article_html(private, everything), edition)


def _html(text: str, edition: int, encoding: str = "utf-8", header_charset: str = "utf-8") -> SamplePage:
    charset = f"; charset={header_charset}" if header_charset else ""
    page = SamplePage(200, text.encode(encoding, "xmlcharrefreplace"), {"Content-Type": f"text/html{charset}"})
    if not page.counted:
        tag = hashlib.sha256(page.body).hexdigest()[:16]
        page.headers.update({"ETag": f'"{tag}"', "Last-Modified": WRITTEN[edition]})
    return page
