"""What a careful reader takes from each article's page: the values extraction is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from newscrawl.sample.links import link_blocks, snippet
from newscrawl.sample.markup import pictures, plain
from newscrawl.sample.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.sample.links import LinkBlock
    from newscrawl.sample.stories import Story

WITHOUT_BREADCRUMB = {"wechat"}


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link in one of the page's link blocks."""

    section: str
    title: str
    url: str  # absolute
    snippet: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The true fields of one article, named as in `newscrawl.items.Article`.

    `body` is the whole story; `parts` gives the text of each of its pages by address, the first one included.
    `published` is None where the page knows no absolute time; `relative` is then what it prints, if anything.
    """

    url: str
    title: str
    published: str | None
    relative: str | None
    source: str | None
    authors: list[str]
    editors: list[str]
    channel: list[str]
    body: str
    parts: dict[str, str]
    images: list[str]
    links: list[ExpectedLink]
    reprint_of: str | None  # the original's address
    relation: str | None  # to the original: same, cut or edited


def expected(edition: int = 1) -> dict[str, Expected]:
    """The articles of an edition by address: all that the portal links to and that a crawl should store."""
    everything = stories(edition)
    return {story.url: _expected(story, everything) for story in everything}


def _expected(story: Story, everything: Sequence[Story]) -> Expected:
    original = next((other for other in everything if other.path == story.reprint_of), None)
    parts = {story.part_url(number): plain(text) for number, text in enumerate(story.parts, 1)}
    return Expected(
        url=story.url,
        title=story.title,
        published=story.published,
        relative=story.relative,
        source=story.source,
        authors=list(story.authors),
        editors=list(story.editors),
        channel=[] if story.cms in WITHOUT_BREADCRUMB else ["首页", story.channel.name],
        body="\n".join(parts.values()),
        parts=parts,
        images=[urljoin(story.url, name) for text in story.parts for name in pictures(text)],
        links=list(_links(link_blocks(story, everything))),
        reprint_of=original.url if original else None,
        relation=story.relation,
    )


def _links(blocks: Sequence[LinkBlock]) -> Iterator[ExpectedLink]:
    """The links of blocks; lines that follow each other (上一篇, 下一篇) are one block under the first one's words."""
    section = None
    for block in blocks:
        section = section if section and block.form == "line" else block.section
        for story in block.stories:
            yield ExpectedLink(section, story.title, story.url, snippet(story) if block.form == "titled" else None)
