"""`newscrawl extract`: one page, or a corpus, as JSON; and why each field is what it is."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newscrawl.errors import NewscrawlError
from newscrawl.extract.document import Document
from newscrawl.extract.loader import FIELDS, candidates, read
from newscrawl.items import Article


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
    if corpus is not None:
        for entry in json.loads((corpus / "manifest.json").read_text("utf-8")):
            content = (corpus / "pages" / f"{entry['id']}.html").read_bytes()
            click.echo(json.dumps({"id": entry["id"], **_extracted(content, entry["url"])}, ensure_ascii=False))
        return
    assert file is not None
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise NewscrawlError(f"cannot read {file}: {error.strerror}") from error
    if explain:
        _explain(Document(content, url))
    else:
        click.echo(json.dumps(_extracted(content, url), ensure_ascii=False, indent=2))


def _extracted(content: bytes, url: str) -> dict[str, Any]:
    """The contract of `newscrawl extract`: one page's fields, and the CPU milliseconds they took."""
    began = time.process_time()
    result = read(Document(content, url))
    article = result if isinstance(result, Article) else Article(url=url)
    spent = (time.process_time() - began) * 1000
    row = asdict(article)
    row["body"] = row["body"] or ""
    row["reason"] = None if isinstance(result, Article) else result.reason
    row["ms"] = round(spent, 2)
    return row


def _explain(document: Document) -> None:
    """Print, field by field, what each finder proposes."""
    result = read(document)
    click.echo(f"charset {document.decoded.charset}, mojibake {document.decoded.mojibake:.3f}")
    if not isinstance(result, Article):
        click.echo(f"no article: {result.reason}")
    for name in FIELDS:
        won = False
        for finder, values in candidates(document, name):
            mark = "=" if values and not won else " "
            won = won or bool(values)
            shown = "; ".join(str(value).replace("\n", " ⏎ ")[:100] for value in values[:5]) or "–"
            click.echo(f"{name:20} {mark} {finder}: {shown}")
