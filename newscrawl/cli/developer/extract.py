"""`newscrawl extract`: print the article of a page, or of a corpus, as JSON; explain where each field came from."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from newscrawl.archive import read_record
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.developer.explain import explained
from newscrawl.cli.folder import data_folder, open_archive
from newscrawl.cli.tables import show_json
from newscrawl.errors import ArchiveError, NewscrawlError
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.extract.version import with_overrides
from newscrawl.items import Article, PortalFacts
from newscrawl.profiles.files import Profiles
from newscrawl.replay.recorded import recorded_page
from newscrawl.text import harmless
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.loader import NoArticle
    from newscrawl.extract.page.guidance import HostProfile


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the extraction of a page uses besides the rules: its portal's overrides, its host's profile."""

    overrides: Mapping[str, Finder[object]] = field(default_factory=dict)
    profile: HostProfile | None = None


@click.command()
@click.argument("page", metavar="FILE|URL", required=False)
@click.option("--url", default="http://unknown.invalid/", help="The address of the page in a file.")
@click.option("--portal", help="Extract it with this portal's overrides, and the profile of its host, if any.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with manifest.json and pages/ID.html.",
)
@click.option("--explain", is_flag=True, help="Show what every finder found for each field, and the zone of each line.")
def extract(page: str | None, url: str, portal: str | None, corpus: Path | None, explain: bool) -> None:
    """Extract the article of a page, and print it as JSON.

    The page is an HTML file, - for standard input, or the URL of an archived page. With --corpus, all pages of a folder
    are extracted, one JSON line each.

    For a URL, the last capture is read from its WARC file, with the present overrides of its portal and profile of its
    host, as in a crawl. For a file, only the generic rules are used, unless --portal names a portal.

    --explain prints for each field what every finder found: = marks the finder that won, > an override that fixed the
    field's zone. Then it prints each line of the page: its zone, four scores, the text, and the largest weights. The
    scores are for a line of the story, a line in a gap of the story, its first line, and the first line after it.
    """
    if (page is None) == (corpus is None):
        raise click.UsageError("give a FILE (or - for standard input), the URL of an archived page, or --corpus DIR")
    if corpus is not None and (explain or portal):
        raise click.UsageError("--explain and --portal take one page, no --corpus")
    if corpus is not None:
        for entry in _manifest(corpus):
            document = Document(_content(corpus / "pages" / f"{entry['id']}.html"), entry["url"])
            show_json({"id": entry["id"], **_extracted(document, Knowledge())})
        return
    assert page is not None
    if urlsplit(page).scheme in {"http", "https"}:
        document, stored_for = _archived(page)
        known = _knowledge(portal or stored_for, page, declared=portal is not None)
    else:
        document = Document(_content(Path(page)), url)
        known = _knowledge(portal, url, declared=True) if portal else Knowledge()
    if explain:
        result = _read(document, known)
        for line in explained(document, result, known.overrides, known.profile):
            click.echo(harmless(line))
    else:
        show_json(_extracted(document, known), indent=2)


def _archived(url: str) -> tuple[Document, str | None]:
    """Return the last stored page of an address, from its WARC record, and its portal.

    Raises:
        ArchiveError: none is there.
    """
    folder = data_folder()
    with open_archive() as archive:
        found = archive.profiling.last_record(url)
    if found is None:
        raise ArchiveError(f"no page of {url} is archived in {folder.root}: give a file, or crawl it first")
    ref, portal = found
    document = recorded_page(read_record(folder.warc, ref), PortalFacts(portal or "", portal or "")).document
    if document is None:
        raise ArchiveError(f"what is archived of {url} is no page: it is {found[0].file} at offset {found[0].offset}")
    return document, portal


def _knowledge(portal: str | None, url: str, *, declared: bool) -> Knowledge:
    """Return overrides and profile for a page of a portal; for an undeclared portal only the host's profile."""
    loader = portal_loader()
    overrides: Mapping[str, Finder[object]] = {}
    if declared:
        assert portal is not None
        overrides = loader.declared(portal).overrides
    elif portal in loader.portals():
        overrides = loader.portals()[portal].overrides
    return Knowledge(overrides, Profiles(data_folder().profiles).get(host_of(url)))


def _manifest(corpus: Path) -> list[dict[str, str]]:
    """Yield the pages of a corpus, each with id and url."""
    path = corpus / "manifest.json"
    try:
        entries: list[dict[str, str]] = json.loads(_content(path))
        return [{"id": entry["id"], "url": entry["url"]} for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise NewscrawlError(f"{path} is no list of pages: each needs an id and a url") from error


def _content(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise NewscrawlError(f"cannot read {path}: {error.strerror}") from error


def _extracted(document: Document, known: Knowledge) -> dict[str, object]:
    """Return the JSON object of `newscrawl extract`: a page's fields, and the CPU milliseconds they took."""
    began = time.process_time()
    result = _read(document, known)
    article = result if isinstance(result, Article) else Article(url=document.url)
    article.rules = with_overrides(article.rules, known.overrides)
    article.profile = known.profile.version if known.profile else None
    spent = (time.process_time() - began) * 1000
    row = asdict(article)
    row["body"] = row["body"] or ""
    row["reason"] = None if isinstance(result, Article) else result.reason
    row["ms"] = round(spent, 2)
    return row


def _read(document: Document, known: Knowledge) -> Article | NoArticle:
    def failed(field: str) -> None:
        click.echo(f"field {field}: a rule failed, see above", err=True)

    return read(document, known.overrides, failed, known.profile)
