"""Score `newscrawl.discover.article_links` on real list pages: F1 for each page, and the mean.

    NEWSCRAWL_CORPUS=… python -m benchmarks.bench_links

The folder holds `corpus-lists/` (pages, manifest, gold with `articles` and `not_articles`) and, in an older form,
`corpus/lists/`. Links that the gold does not name (other hosts' articles, the undecidable) do not count.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urljoin

from newscrawl.discover import article_links
from newscrawl.extract.page.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator


class Listed(NamedTuple):
    """A list page with the links that lead to articles and those that do not, as printed."""

    name: str
    url: str
    content: bytes
    articles: list[str]
    others: list[str]


class Score(NamedTuple):
    """A page's result: of `wanted` links to articles, `hit` are among the `given` ones."""

    name: str
    hit: int
    given: int
    wanted: int

    @property
    def f1(self) -> float:
        both = self.given + self.wanted
        return 2 * self.hit / both if both else 1.0


def list_pages(folder: Path) -> Iterator[Listed]:
    """The list pages of a folder of saved pages."""
    lists = folder / "corpus-lists"
    for row in json.loads((lists / "manifest.json").read_text("utf-8")) if lists.exists() else ():
        gold = json.loads((lists / "gold" / f"{row['id']}.json").read_text("utf-8"))
        content = (lists / "pages" / f"{row['id']}.html").read_bytes()
        yield Listed(row["id"], row["url"], content, gold["articles"], gold["not_articles"])
    for path in sorted((folder / "corpus" / "lists").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        articles = [link["href"] for link in gold["article_links"]]
        yield Listed(gold["id"], gold["url"], path.with_suffix(".html").read_bytes(), articles, [])


def score(page: Listed) -> Score:
    """Read a page's links and hold them against its gold."""
    wanted = {_key(page.url, href) for href in page.articles}
    judged = wanted | {_key(page.url, href) for href in page.others}
    given = {_key(page.url, lead.url) for lead in article_links(Document(page.content, page.url))} & judged
    return Score(page.name, len(given & wanted), len(given), len(wanted))


def _key(base: str, href: str) -> str:
    return re.sub(r"^https?:", "", urldefrag(urljoin(base, href.strip()))[0]).rstrip("/")


def main() -> None:
    """Print the scores of the folder that NEWSCRAWL_CORPUS names."""
    folder = os.environ.get("NEWSCRAWL_CORPUS")
    if not folder:
        sys.exit("NEWSCRAWL_CORPUS names no folder of saved pages")
    scores = [score(page) for page in list_pages(Path(folder))]
    for each in sorted(scores, key=lambda each: each.f1):
        print(f"{each.f1:.3f} {each.name}: {each.hit} of {each.wanted} found, {each.given} given")
    print(f"mean F1 {statistics.fmean(each.f1 for each in scores):.3f} over {len(scores)} pages")


if __name__ == "__main__":
    main()
