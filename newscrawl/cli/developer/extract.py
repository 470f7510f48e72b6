"""`newscrawl extract`: one page, or a corpus, as JSON; and why each field is what it is."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
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
    from newscrawl.extract.zones.host import HostProfile


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a page is read by besides the rules: its portal's overrides, its host's profile."""

    overrides: Mapping[str, Finder] = field(default_factory=dict)
    profile: HostProfile | None = None


@click.command()
@click.argument("page", metavar="FILE|URL", required=False)
@click.option("--url", default="http://unknown.invalid/", help="The address of a file's page.")
@click.option("--portal", help="Read it by this portal's overrides, and by its host's profile where there is one.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with manifest.json and pages/ID.html.",
)
@click.option(
    "--explain", is_flag=True, help="What every finder proposes, field by field, and the page's zones line by line."
)
def extract(page: str | None, url: str, portal: str | None, corpus: Path | None, explain: bool) -> None:
    """Extract the article of a page as JSON: an HTML file, - for standard input, the URL of an archived page, a corpus.

    Of a URL the last capture is read from the WARC file, by the overrides of its portal and the profile of its host, as
    a crawl of today would read it. A file is read by the rules alone, unless a portal is named.

    --explain marks with = the finder that wins a field, with > an override that fixed its zone before. Of the page's
    lines it shows the zone, what speaks for the line as one of the story, of a gap in it, as its first, and as the
    first one behind it, and behind the text which weights say most.
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
    """The last page that an address gave, from its WARC record, and the portal it is stored under.

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
    """What a page of a portal is read by; of one that nobody has declared only its host's profile."""
    loader = portal_loader()
    overrides: Mapping[str, Finder] = {}
    if declared:
        assert portal is not None
        overrides = loader.declared(portal).overrides
    elif portal in loader.portals():
        overrides = loader.portals()[portal].overrides
    return Knowledge(overrides, Profiles(data_folder().profiles).get(host_of(url)))


def _manifest(corpus: Path) -> list[dict[str, str]]:
    """The pages of a corpus, each with its id and url."""
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


def _extracted(document: Document, known: Knowledge) -> dict[str, Any]:
    """The contract of `newscrawl extract`: one page's fields, and the CPU milliseconds they took."""
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
