"""`newscrawl extract`: one page, or a corpus, as JSON; and why each field is what it is."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.errors import NewscrawlError
from newscrawl.extract.fields.headline import claims, find_headline
from newscrawl.extract.fields.published import dates_found
from newscrawl.extract.language.dates import Moment
from newscrawl.extract.loader import FIELDS, candidates, read
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.features import line_features
from newscrawl.extract.zones.sequence import WEIGHTS, story_run
from newscrawl.items import Article, Link
from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.extract.loader import NoArticle

_SHOWN = 5  # values of a finder, candidates of an analysis
_AROUND = 3  # lines before and behind the story that are shown with it
_WIDTH = 100  # characters of a value


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--url", default="http://unknown.invalid/", help="The page's address.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with manifest.json and pages/ID.html.",
)
@click.option(
    "--explain", is_flag=True, help="For each field, what every finder proposes; the first with a value wins."
)
def extract(file: Path | None, url: str, corpus: Path | None, explain: bool) -> None:
    """Extract the article of an HTML file, or of every page of a corpus, as JSON."""
    if (file is None) == (corpus is None):
        raise click.UsageError("give a FILE (or - for standard input), or --corpus DIR")
    if corpus is not None and explain:
        raise click.UsageError("--explain takes one FILE, no --corpus")
    if corpus is not None:
        for entry in _manifest(corpus):
            content = _content(corpus / "pages" / f"{entry['id']}.html")
            row = {"id": entry["id"], **_extracted(content, entry["url"])}
            click.echo(harmless(json.dumps(row, ensure_ascii=False)))
        return
    assert file is not None
    content = _content(file)
    if explain:
        _explain(Document(content, url))
    else:
        click.echo(harmless(json.dumps(_extracted(content, url), ensure_ascii=False, indent=2)))


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


def _extracted(content: bytes, url: str) -> dict[str, Any]:
    """The contract of `newscrawl extract`: one page's fields, and the CPU milliseconds they took."""
    began = time.process_time()
    result = _read(Document(content, url))
    article = result if isinstance(result, Article) else Article(url=url)
    spent = (time.process_time() - began) * 1000
    row = asdict(article)
    row["body"] = row["body"] or ""
    row["reason"] = None if isinstance(result, Article) else result.reason
    row["ms"] = round(spent, 2)
    return row


def _read(document: Document) -> Article | NoArticle:
    return read(document, on_error=lambda field: click.echo(f"field {field}: a rule failed, see above", err=True))


def _explain(document: Document) -> None:
    """Print, field by field, what each finder proposes (`=` marks the one that wins), and what it has weighed."""
    result = _read(document)
    click.echo(f"charset  {document.decoded.charset}, mojibake {document.decoded.mojibake:.3f}")
    click.echo("kind     " + ("article" if isinstance(result, Article) else f"no article: {result.reason}"))
    for name in FIELDS:
        click.echo(f"\n{name}")
        won = False
        for finder, values in candidates(document, name):
            mark = "=" if values and not won else " "
            won = won or bool(values)
            more = f"; … {len(values)} in all" if len(values) > _SHOWN else ""
            click.echo(f"  {mark} {finder}: {'; '.join(map(_short, values[:_SHOWN])) or '–'}{more}")
        for line in _WEIGHED[name](document) if name in _WEIGHED else ():
            click.echo(f"      {line}")


def _short(value: object) -> str:
    text = f"[{value.section or '–'}] {value.title}" if isinstance(value, Link) else str(value)
    text = text.replace("\n", " ⏎ ")
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


def _headlines(document: Document) -> list[str]:
    """What `<title>`, metas and JSON-LD claim, and the lines that were weighed against it."""
    found = document.once(find_headline)
    best = sorted(dict.fromkeys(found.weighed if found else ()), reverse=True)[:_SHOWN]
    claimed = [f"claimed         {_short(claim)}" for claim in claims(document)]
    return claimed + [f"shown, {weight:5.2f}    {_short(text)}" for weight, text in best]


def _dates(document: Document) -> list[str]:
    """Every date the page gives for the article, with its place."""
    return [
        f"{place}: {date.isoformat() if isinstance(date, Moment) else date}" for place, date in dates_found(document)
    ]


def _zones(document: Document) -> list[str]:
    """The lines of the story's run and a few around it: their role, and what speaks for story, gap, start and end."""
    lines, roles = document.once(walk).lines, document.once(story_run).roles
    inside = document.once(story_run).lines
    if not inside:
        return []
    rows = []
    for number in range(max(0, inside[0] - _AROUND), min(len(lines), inside[-1] + 1 + _AROUND)):
        weights = " ".join(f"{weight:6.1f}" for weight in WEIGHTS.scores(document.once(line_features)[number]))
        rows.append(f"{roles[number].name.lower():7}{weights}  {_short(lines[number].text)}")
    return rows


_WEIGHED: dict[str, Callable[[Document], list[str]]] = {"title": _headlines, "published": _dates, "body": _zones}
