"""Measure the effect of a host's profile: extract the tests' synthetic site without and with it.

    python -m benchmarks.bench_profiles

Prints F1 of the body (4-character shingles, the mean over pages), the share of pages of .95 and more, and of right
headlines: over the sixty pages the profile was learnt from, and over pages it has not seen.
"""

from __future__ import annotations

import time
from statistics import fmean
from typing import TYPE_CHECKING, Any

from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.profiles.learning import learn
from tests.extract.figures import score
from tests.profiles.site import HOST, PAGES, made_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.extract.page.guidance import HostProfile
    from tests.profiles.site import Made

UNSEEN = 20


def figures(pages: Sequence[Made], profile: HostProfile | None) -> dict[str, float]:
    """The figures of some pages, read with a profile or without."""
    rows = []
    for page in pages:
        found = read(Document(page.content, page.url), profile=profile)
        got: dict[str, Any] = {"title": found.title, "body": found.body} if isinstance(found, Article) else {}
        rows.append(score({"title": page.title, "body": [page.body]}, got))
    return {name: fmean(row[name] for row in rows) for name in ("body", "body>=.95", "title")}


def main() -> None:
    """Print the figures."""
    made = made_site(pages=PAGES + UNSEEN)
    documents = [Document(page.content, page.url) for page in made[:PAGES]]
    began = time.process_time()
    profile = learn(HOST, documents)
    spent = (time.process_time() - began) * 1000 / PAGES
    print("| pages | profile | body | body ≥ .95 | title |\n|---|---|---|---|---|")
    for name, pages in ((f"{PAGES} learnt from", made[:PAGES]), (f"{UNSEEN} others", made[PAGES:])):
        for used in (None, profile):
            row = figures(pages, used)
            print(
                f"| {name} | {'with' if used else 'without'} | {' | '.join(f'{value:.3f}' for value in row.values())} |"
            )
    print(f"\n{spent:.1f} ms a page to learn it.")


if __name__ == "__main__":
    main()
