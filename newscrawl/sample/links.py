"""Which other stories an article's page points to: the blocks of its CMS's layout, filled by simple fixed rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newscrawl.sample.forms import forms
from newscrawl.sample.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.sample.stories import Story

SNIPPET_LENGTH = 60  # characters; collecting CMSs cut in mid sentence


class LinkBlock(NamedTuple):
    """One block of links on a page: heading as printed, form in forms.toml, and the stories it names."""

    section: str
    form: str
    stories: list[Story]


def link_blocks(story: Story, everything: Sequence[Story]) -> list[LinkBlock]:
    """The link blocks of a story's page, in page order; blocks with nothing to name are left out."""
    found = [
        LinkBlock(entry["section"], entry["form"], _pick(entry["pick"], story, everything)[: entry["count"]])
        for entry in forms()["layout"][story.cms]
    ]
    return [block for block in found if block.stories]


def snippet(story: Story) -> str:
    """The beginning of a story, as a link block prints it."""
    return plain(story.parts[0]).replace("\n", "")[:SNIPPET_LENGTH]


def _pick(rule: str, story: Story, everything: Sequence[Story]) -> list[Story]:
    channel = [other for other in everything if other.channel == story.channel]
    place = channel.index(story)
    if rule == "previous":
        return channel[max(place - 1, 0) : place]
    if rule == "next":
        return channel[place + 1 :]
    if rule == "related":
        return channel[place + 1 :] + channel[:place]
    if rule == "latest":
        chosen = sorted(everything, key=lambda other: other.published or "", reverse=True)
    else:
        step = {"hot": 5, "week": 7}[rule]
        chosen = list(everything[step // 2 :: step])
    return [other for other in chosen if other != story]
