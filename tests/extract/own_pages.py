"""The project's own labelled pages: the sample portal's articles, and the pages in pages/."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.sample import expected, pages
from newscrawl.text import tidy

if TYPE_CHECKING:
    from newscrawl.items import Article

FOLDER = Path(__file__).parent / "pages"
FIELDS = ("title", "published", "source", "authors", "editors", "channel", "body", "images", "links")
SAMPLE_FETCHED = "2023-03-06T10:00:00+00:00"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page as a server sends it, and the true values of its fields; a field without a certain value is left out."""

    name: str
    url: str
    content: bytes
    content_type: str | None
    fetched_at: str | None
    reviewed: bool
    reason: str | None = None  # for a page that is no article
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        moment = datetime.fromisoformat(self.fetched_at) if self.fetched_at else None
        return Document(self.content, self.url, content_type=self.content_type, fetched_at=moment)


@cache
def own_pages() -> dict[str, OwnPage]:
    """All of them by name."""
    return {page.name: page for page in (*_written(), *_sample(1), *_sample(2))}


@cache
def extracted(name: str) -> Article | NoArticle:
    """A page extracted by the generic rules, once for all its fields."""
    return read(own_pages()[name].document)


def shown(article: Article, field: str) -> Any:
    """A field's value in the form the expected values have."""
    value = getattr(article, field)
    if field == "published":
        return value and value.removesuffix("+08:00")
    if field == "body":
        return [tidy(line) for line in (value or "").splitlines()]
    if field == "links":
        return [asdict(link) for link in value]
    return value


def alike(field: str, want: Any, got: Any) -> bool:
    """Whether two values are equal; for links, only the expected attributes are compared."""
    if field != "links":
        return bool(want == got)
    return len(want) == len(got) and all(link.items() <= other.items() for link, other in zip(want, got, strict=True))


def _written():
    for path in sorted(FOLDER.glob("*.html")):
        facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
        yield OwnPage(
            name=path.stem,
            url=facts["url"],
            content=path.read_bytes(),
            content_type=facts["content_type"],
            fetched_at=facts["fetched_at"],
            reviewed=facts.get("reviewed") is True,
            reason=facts.get("reason"),
            fields=facts.get("expected", {}),
        )


def _sample(edition: int):
    served = pages(edition)
    for url, truth in expected(edition).items():
        for number, (address, text) in enumerate(truth.parts.items(), 1):
            page = served[address]
            fields = {name: getattr(truth, name) for name in FIELDS}
            fields["body"] = [tidy(line) for line in text.splitlines()]
            fields["images"] = [image for image in truth.images if image.rpartition("/")[2].encode() in page.body]
            fields["links"] = [asdict(link) for link in truth.links]
            if truth.relative:
                del fields["published"]  # what the page prints is relative to the fetch: dates have tests of their own
            stem = url.removeprefix("http://").partition(".test/")[2]
            yield OwnPage(
                name=f"sample{edition}/{stem}{f'#{number}' if number > 1 else ''}",
                url=address,
                content=page.body,
                content_type=page.headers.get("Content-Type"),
                fetched_at=SAMPLE_FETCHED,
                reviewed=True,
                fields=fields,
            )
