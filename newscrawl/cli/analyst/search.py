"""Commands that print articles: `search`, `show`, `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from newscrawl.archive import SORTS
from newscrawl.cli.analyst.differences import differences
from newscrawl.cli.filters import article_filters, say_nothing_found
from newscrawl.cli.folder import open_archive, read_also
from newscrawl.cli.tables import beijing, in_terminal, published, say, show_records, show_table, told_in_beijing
from newscrawl.errors import ArchiveError
from newscrawl.text import harmless

if TYPE_CHECKING:
    from newscrawl.archive import Archive, ArticleWithLinks, Hit, LinkRow, OtherFilters


@click.command()
@click.argument("words", nargs=-1, required=True)
@article_filters
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="Best or newest first.")
@click.option(
    "--limit", type=click.IntRange(0), default=20, show_default=True, help="Maximum number of results; 0 for all."
)
@read_also
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each hit.")
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option("--open", "launch", is_flag=True, help="Open the first hit's address in a browser.")
def search(
    words: tuple[str, ...],
    sort: str,
    form: str | None,
    limit: int,
    launch: bool,
    filters: OtherFilters,
) -> None:
    """Search titles, texts and authors: words of any length, "phrases", AND, OR, NOT, 标题:word or 作者:word."""
    with open_archive() as archive:
        most = 1 if launch else limit or None
        hits = archive.search(" ".join(words), sort=sort, limit=most, **filters)
        if launch:
            _open_first(archive, list(hits), filters)
        elif form:
            show_records(hits, form)
        elif not _show_hits(list(hits)):
            say_nothing_found(archive, filters)


def _open_first(archive: Archive, hits: list[Hit], filters: OtherFilters) -> None:
    """Open the first hit in a browser, and print its address."""
    if not hits:
        say_nothing_found(archive, filters)
        return
    say(hits[0]["url"])
    click.launch(hits[0]["url"])


def _show_hits(hits: list[Hit]) -> int:
    """Print hits: in a terminal on three lines (title, snippet, address), in a pipe on one line."""
    if not in_terminal():
        show_table(
            {
                "published": published(hit),
                "portal": hit["portal"],
                "source": hit["source"],
                "title": hit["title"],
                "snippet": hit["snippet"],
                "url": hit["url"],
            }
            for hit in hits
        )
        return len(hits)
    show_table(
        {"published": (hit["published"] or "")[:10], "source": hit["source"], "article": _stacked(hit)} for hit in hits
    )
    return len(hits)


def _stacked(hit: Hit) -> Text:
    """Return a hit's title, snippet with what was found in colour, and address."""
    snippet = Text(harmless(hit["snippet"]), style="default")
    snippet.highlight_regex("«[^«»]*»", "bold red")
    title, url = harmless(hit["title"] or ""), harmless(hit["url"])
    return Text("\n").join([Text(title, style="bold"), snippet, Text(url, style="dim")])


@click.command()
@click.argument("url")
@read_also
def show(url: str) -> None:
    """Show one article as it reads: headline, byline, text, pictures, and the links around it."""
    with open_archive() as archive:
        article = known_article(archive, url)
    say(article["title"] or "(no title)", bold=True)
    byline = [published(article), article["source"] and f"来源：{article['source']}"]
    people = (("作者", article["authors"]), ("编辑", article["editors"]))
    byline += [f"{label}：{' '.join(names)}" for label, names in people if names]
    say("  ".join(part for part in byline if part))
    say(article["url"])
    if article["gone_at"]:
        say(f"withdrawn: found gone {beijing(article['gone_at'])}", fg="red")
    for paragraph in (article["body"] or "").splitlines():
        say(f"\n{paragraph}")
    for picture in article["images"] or []:
        say(f"\n[图] {picture}")
    _show_links(article["links"])


def _show_links(links: list[LinkRow]) -> None:
    """Print the links around an article, block by block."""
    blocks: dict[str, list[LinkRow]] = {}
    for link in links:
        blocks.setdefault(link["section"] or "", []).append(link)
    for section, block in blocks.items():
        say(f"\n{section or '(links without a heading)'}", bold=True)
        for link in block:
            say(f"  {link['title'] or ''}  {link['url']}")


def known_article(archive: Archive, url: str) -> ArticleWithLinks:
    """Return the article at an address.

    Raises:
        ArchiveError: none is known there.
    """
    article = archive.article(url)
    if article is None:
        raise ArchiveError(f"no article known at {url}; find its address with: newscrawl search")
    return article


@click.command()
@click.argument("url")
@read_also
def history(url: str) -> None:
    """Show what happened to an article: first seen, each revision with its changes, gone, returned."""
    with open_archive() as archive:
        known_article(archive, url)
        steps = archive.history(url)
    for step in steps:
        say(f"{beijing(step.at)}  {step.what}", bold=True, nl=not step.changes and not step.detail)
        if not step.changes:
            say(f"  {told_in_beijing(step.detail)}" if step.detail else "")
            continue
        click.echo()
        for name, changes in step.changes.items():
            click.echo(f"  {name}:")
            for line in differences(changes):
                click.echo(f"    {line}")
