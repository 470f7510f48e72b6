"""An article's page, part by part, in the manner of its CMS."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from html import escape
from typing import TYPE_CHECKING

from newscrawl.sample.addresses import HOME, href
from newscrawl.sample.forms import fill, fill_page
from newscrawl.sample.links import link_blocks, snippet
from newscrawl.sample.markup import to_html
from newscrawl.sample.stories import CHANNELS, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newscrawl.sample.links import LinkBlock
    from newscrawl.sample.stories import Story

BEIJING = timezone(timedelta(hours=8))


def article_html(story: Story, everything: Sequence[Story], part: int = 1) -> str:
    """One part (from 1) of a story's page; the parts of a story have their link blocks in common."""
    values = {
        **_facts(story),
        **furniture(everything),
        "charset": f'<meta http-equiv="Content-Type" content="text/html; charset={story.declared}">'
        if story.declared
        else "",
        "list": href(story.url, story.channel.list_url, story.cms),
        "body": to_html(story.parts[part - 1], story.cms, lazy=story.lazy),
        "pager": _pager(story, part),
        "blocks": "\n".join(_block_html(story, block) for block in link_blocks(story, everything)),
    }
    for table in ("byline", "trailer", "head"):
        values[table] = fill(table, getattr(story, table), values)
    return fill_page(story.cms, values)


def furniture(everything: Iterable[Story]) -> dict[str, str]:
    """What every page has around its content: site name, home address, head and foot."""
    known = {story.channel.key: story.channel for story in everything}
    links = " ".join(f'<a href="{known[key].list_url}">{known[key].name}</a>' for key in CHANNELS)
    base = {"site": SITE, "home": HOME, "channels": links}
    return {**base, "top": fill_page("top", base), "bottom": fill_page("bottom", base)}


def _facts(story: Story) -> dict[str, str]:
    """A story's own values under the names the forms use; what it lacks is left out, so that no form can print it."""
    values = {
        "title": escape(story.title, quote=False),
        "channel": story.channel.name,
        "source": story.source,
        "authors": " ".join(story.authors),
        "editors": " ".join(story.editors),
        "relative": story.relative,
        "published": story.published,
    }
    if story.published:
        moment = datetime.fromisoformat(story.published).replace(tzinfo=BEIJING)
        values["date"], _, values["time"] = story.published.partition("T")
        values["cn_date"] = f"{moment:%Y}年{moment:%m}月{moment:%d}日"
        values["unix"] = str(int(moment.timestamp()))
    printed = {name: value for name, value in values.items() if value}
    return {"time": "", **printed} if story.published else printed


def _pager(story: Story, part: int) -> str:
    if len(story.parts) == 1:
        return ""
    numbers = range(1, len(story.parts) + 1)
    items = [
        f"<span>{number}</span>" if number == part else f'<a href="{_part_href(story, number)}">{number}</a>'
        for number in numbers
    ]
    if part < len(story.parts):
        items.append(f'<a href="{_part_href(story, part + 1)}">下一页</a>')
    return f'<div class="page" id="page_div">{" ".join(items)}</div>'


def _part_href(story: Story, part: int) -> str:
    return href(story.url, story.part_url(part), story.cms)


def _block_html(story: Story, block: LinkBlock) -> str:
    items = [
        fill(
            "item",
            block.form,
            {
                "href": href(story.url, other.url, story.cms),
                "title": escape(other.title, quote=False),
                "snippet": escape(snippet(other), quote=False),
                "rank": str(rank),
            },
        )
        for rank, other in enumerate(block.stories, 1)
    ]
    return fill("block", block.form, {"section": block.section, "items": "\n".join(items)})
