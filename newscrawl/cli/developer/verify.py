"""`newscrawl verify`: crawl a few pages of each list of a portal, and report which lists and fields work."""

from __future__ import annotations

import inspect
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from newscrawl.archive import Archive, read_warc
from newscrawl.catalogue.probing import Saved
from newscrawl.catalogue.sampling import sampled
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.developer.saved_page import differences
from newscrawl.cli.pairs import pairs
from newscrawl.cli.tables import show_records, show_table
from newscrawl.data_folder import DataFolder
from newscrawl.discover import is_paper_page
from newscrawl.errors import NewscrawlError
from newscrawl.extract.loader import FIELDS
from newscrawl.outcomes import Outcome
from newscrawl.run import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.archive import ArticleWithLinks
    from newscrawl.run import Run

_NEEDED = ("title", "published", "source", "body")  # fields that most articles must have
_FLOOR = 0.5  # the share of articles that must have them
_EXAMPLE = 40  # most characters printed of a value


class ListRow(TypedDict):
    """A list that was fetched: its links, and how many of the fetched articles were extracted."""

    list: str
    status: int
    lists: int
    articles: int
    next: bool
    asked: int
    read: int
    others: str


class FieldRow(TypedDict):
    """A field: how many articles have it, and an example."""

    field: str
    filled: int
    of: int
    example: str


@click.command()
@click.argument("portal")
@click.option("--lists", type=click.IntRange(1, 50), default=5, show_default=True, help="Lists of each start page.")
@click.option("--articles", type=click.IntRange(1, 20), default=3, show_default=True, help="Articles of each list.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", callback=pairs, help="A Scrapy setting.")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each list, then for each field.")
def verify(portal: str, lists: int, articles: int, settings: tuple[str, ...], form: str | None) -> None:
    """Crawl a few pages of each list of a portal, and report what works: the lists, and each field of the articles.

    Obeys the site's robots.txt and crawl delay; writes nothing into the data folder. The test page beside the portal's
    file, pages/NAME.html, is checked as well. Exit status: 0 if every list led to articles with the necessary fields,
    1 if not, 5 if the portal was unreachable.
    """
    portal_class = portal_loader().declared(portal)
    with tempfile.TemporaryDirectory(prefix="newscrawl-verify-") as name:
        folder = DataFolder(Path(name))
        run = sample(folder, portal, lists, articles, settings)
        found = list(_lists(folder))
        with Archive.open(folder.archive, read_only=True) as archive:
            read = list(archive.articles(with_links=True))
    fields = list(_fields(read))
    if form:
        show_records(found, form)
        show_records(fields, form)
    else:
        show_table(found, title=f"{portal}: lists")
        click.echo()
        show_table(fields, title=f"{portal}: fields of {len(read)} articles")
    unread = [run.detail] if run.status and not read else []
    faults = [*differences(portal_class), *(unread or _faults(found, fields, read))]
    for fault in faults:
        click.echo(f"newscrawl: {portal}: {fault}", err=True)
    if faults:
        sys.exit(run.status if unread else 1)
    if not form:
        today = datetime.now(UTC).date()
        where = inspect.getfile(portal_class)
        click.echo(f"It works. Write into {where}: verified = date({today.year}, {today.month}, {today.day})")


def sample(
    folder: DataFolder,
    portal: str,
    lists: int,
    articles: int,
    settings: Sequence[str] = (),
    arguments: Sequence[str] = (),
) -> Run:
    """Crawl a few pages of a portal into a data folder of its own."""
    folder.prepare()
    options = (f"SAMPLE_LISTS={lists}", f"SAMPLE_ARTICLES={articles}", "FRONTIER_WAIT=10", *settings)
    (run,) = Runner(folder, arguments, options).run([portal], 1)
    if not folder.archive.exists():  # the crawl did not even begin
        raise NewscrawlError(f"{portal}: {run.detail}")
    return run


def sampled_pages(folder: DataFolder) -> list[Saved]:
    """Yield the pages of a sample crawl with status 200, without robots.txt, in the order of its WARC files."""
    return [
        Saved(capture.url, capture.body, capture.header("Content-Type") or "")
        for path in sorted(folder.warc.glob("*.warc.gz"))
        for capture in read_warc(path)
        if capture.record_type == "response" and capture.status == 200 and not capture.url.endswith("/robots.txt")
    ]


def _lists(folder: DataFolder) -> Iterator[ListRow]:
    pages = {page.url: page for page in sampled(folder.root)}
    with Archive.open(folder.archive, read_only=True) as archive:
        for page in pages.values():
            if page.kind not in {"start", "list", "issue"}:
                continue
            outcomes = Counter(archive.last_outcome(url) for url in page.articles)
            del outcomes[None]  # not fetched
            yield {
                "list": page.url,
                "status": page.status,
                "lists": len(page.lists),
                "articles": len(page.articles),
                "next": any(archive.last_outcome(url) == Outcome.LIST for url in page.goes_on),
                "asked": outcomes.total(),
                "read": outcomes[Outcome.ARTICLE],
                "others": ", ".join(f"{name} {count}" for name, count in outcomes.items() if name != Outcome.ARTICLE),
            }


def _fields(articles: Sequence[ArticleWithLinks]) -> Iterator[FieldRow]:
    rows: list[dict[str, object]] = [{**article, "links": len(article["links"])} for article in articles]
    for name in FIELDS:
        values = [row[name] for row in rows if row.get(name)]
        shown = " ".join(str(values[0]).split()) if values else ""
        yield {
            "field": name,
            "filled": len(values),
            "of": len(articles),
            "example": shown if len(shown) <= _EXAMPLE else f"{shown[:_EXAMPLE]}…",
        }


def _faults(
    found: Sequence[ListRow], fields: Sequence[FieldRow], articles: Sequence[ArticleWithLinks]
) -> Iterator[str]:
    """Yield what does not work, one line each."""
    if not articles:
        yield "no article could be read"
        return
    for row in found:
        if row["status"] != 200 and not is_paper_page(row["list"]):  # no newspaper appears every day
            yield f"{row['list']} answers {row['status']}"
        elif row["articles"] and not row["read"] and row["asked"]:
            yield f"none of the articles of {row['list']} could be read: {row['others']}"
    for field in fields:
        if field["field"] in _NEEDED and field["filled"] < field["of"] * _FLOOR:
            yield f"{field['field']} is missing in {field['of'] - field['filled']} of {field['of']} articles"
