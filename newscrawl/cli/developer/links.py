"""`newscrawl links`: print the links that a crawl would follow from a page."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import click

from newscrawl.catalogue.probing import Saved
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.developer.verify import sample, sampled_pages
from newscrawl.cli.pairs import pairs
from newscrawl.cli.tables import show_records
from newscrawl.cms import read_with_family
from newscrawl.data_folder import DataFolder
from newscrawl.discover import Answer, Lead, Scope
from newscrawl.errors import NewscrawlError
from newscrawl.extract.page.document import Document


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", help="The address of the page in a file.")
@click.option("--portal", help="Read it as a page of this portal: its scope, family and article pattern.")
@click.option("--domains", default="*", show_default=True, help="Hosts to stay on, without --portal: a.cn,b.cn.")
@click.option(
    "-s", "settings", multiple=True, metavar="NAME=VALUE", callback=pairs, help="A Scrapy setting, for a URL."
)
def links(page: str, url: str | None, portal: str | None, domains: str, settings: tuple[str, ...]) -> None:
    """Show the links that a crawl would follow from a page, feed or data file, as JSON lines: url, text, kind, why.

    Kind is article, list, part, issue or unknown; why says where the link was found, `next-…` for a list's next page.
    """
    if urlsplit(page).scheme in {"http", "https"}:
        saved = fetched(page, settings)
    else:
        saved = _file(Path(page), url or "http://unknown.invalid/")
    answer = Answer(saved.url, saved.content, saved.content_type)
    document = Document(saved.content, saved.url, content_type=saved.content_type)
    if portal is None:
        found = read_with_family(answer, document, Scope.parse(domains))
    else:
        declared = portal_loader().declared(portal)()
        found = read_with_family(
            answer, document, declared.scope, family=declared.family, article_url=declared.article_pattern
        )
    show_records((_row(lead) for lead in found.leads), "json")


def _row(lead: Lead) -> dict[str, str | None]:
    row: dict[str, str | None] = {"url": lead.url, "text": lead.title, "kind": lead.kind, "why": lead.why}
    return row if lead.method == "GET" else row | {"method": lead.method, "body": lead.body}


def _file(path: Path, url: str) -> Saved:
    try:
        return Saved(url, sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        raise NewscrawlError(f"cannot read {path}: {error.strerror}") from error


def fetched(url: str, settings: tuple[str, ...]) -> Saved:
    """Fetch one page as a crawl does: robots.txt obeyed, at the usual pace, redirects followed.

    Raises:
        NewscrawlError: it could not be fetched; the message says why.
    """
    with tempfile.TemporaryDirectory(prefix="newscrawl-links-") as name:
        folder = DataFolder(Path(name))
        run = sample(folder, "portal", 0, 0, settings, [f"url={url}"])
        pages = sampled_pages(folder)
    if not pages:
        raise NewscrawlError(f"{url}: {run.detail or 'no page came'}")
    return pages[-1]
