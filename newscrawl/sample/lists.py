"""The home page and the channels' list pages."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from newscrawl.sample.addresses import MISSING, MOVED, SOFT_404, TRACKED_AT_HOME, TRACKED_IN_LIST, href
from newscrawl.sample.article import furniture
from newscrawl.sample.forms import fill_page
from newscrawl.sample.links import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.sample.stories import Story

LIST_LENGTH: Final = 7  # stories on the first list page; the rest stand on the second
SHOWN_AT_HOME: Final = 4  # stories of each channel on the home page
SPECIAL: Final = {TRACKED_AT_HOME: "“春风送岗”招聘会", MOVED: "云鹭大桥合龙报道", MISSING: "2023年春运出行提示"}
SIDE: Final = {TRACKED_IN_LIST: "“春风送岗”招聘会", SOFT_404: "2023年元旦活动一览"}


def home_html(everything: Sequence[Story]) -> str:
    """The home page: the newest story, each channel's first ones, and a box of older, partly stale links."""
    lead = everything[0]
    sections = [
        f'<div class="channel"><h3><a href="{group[0].channel.list_url}">{group[0].channel.name}</a></h3>\n'
        f"<ul>\n{_items((story.url, story) for story in group[:SHOWN_AT_HOME])}\n</ul></div>"
        for group in _by_channel(everything)
    ]
    return fill_page(
        "home",
        {
            **furniture(everything),
            "lead_url": lead.url,
            "lead": escape(lead.title, quote=False),
            "snippet": escape(snippet(lead), quote=False),
            "sections": "\n".join(sections),
            "special": _plain_items(SPECIAL),
        },
    )


def list_pages(everything: Sequence[Story]) -> Iterator[tuple[str, str]]:
    """The two list pages of every channel, as address and HTML."""
    for group in _by_channel(everything):
        first = group[0].channel.list_url
        addresses = (first, first.replace("index.", "index_1."))
        for number, shown in enumerate((group[:LIST_LENGTH], group[LIST_LENGTH:])):
            yield (
                addresses[number],
                fill_page(
                    "list",
                    {
                        **furniture(everything),
                        "channel": group[0].channel.name,
                        "items": _items((href(addresses[number], story.url, story.cms), story) for story in shown),
                        "pager": _pager(group[0].cms, number, addresses),
                        "side": _plain_items(SIDE),
                    },
                ),
            )


def _by_channel(everything: Sequence[Story]) -> list[list[Story]]:
    return [list(group) for _, group in groupby(everything, key=lambda story: story.channel)]


def _items(linked: Iterator[tuple[str, Story]]) -> str:
    return "\n".join(
        f'<li><a href="{address}" target="_blank">{escape(story.title, quote=False)}</a>{_day(story)}</li>'
        for address, story in linked
    )


def _day(story: Story) -> str:
    return f"<span>{story.published[:10]}</span>" if story.published else ""


def _plain_items(links: dict[str, str]) -> str:
    return "\n".join(f'<li><a href="{url}">{title}</a></li>' for url, title in links.items())


def _pager(cms: str, number: int, addresses: Sequence[str]) -> str:
    """TRS leaves the links to a script; the others write them out."""
    if cms == "trs":
        return f'<script>createPageHTML({len(addresses)}, {number}, "index", "shtml");</script>'
    links = [
        f"<b>{place + 1}</b>" if place == number else f'<a href="{href(addresses[number], url, cms)}">{place + 1}</a>'
        for place, url in enumerate(addresses)
    ]
    if number + 1 < len(addresses):
        links.append(f'<a href="{href(addresses[number], addresses[number + 1], cms)}">下一页</a>')
    return " ".join(links)
