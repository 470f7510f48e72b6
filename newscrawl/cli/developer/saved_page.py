"""A portal's test page: an article's page as it was received, and the fields that should be extracted."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.errors import NewscrawlError
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.catalogue.probing import Saved
    from newscrawl.portal import Portal


def write_page(folder: Path, name: str, article: Article, page: Saved) -> Path:
    """Write a portal's test page, and beside it the extracted fields, for a person to correct."""
    path = folder / "pages" / f"{name}.html"
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page.content)
        told = json.dumps(_told(article) | {"content_type": page.content_type}, ensure_ascii=False, indent=2)
        path.with_suffix(".json").write_text(told + "\n", "utf-8")
    except OSError as error:
        raise NewscrawlError(f"cannot write {path}: {error.strerror}") from error
    return path


def differences(portal: type[Portal]) -> Iterator[str]:
    """Return the fields of a portal's test page that are extracted differently from the file beside it."""
    path = Path(inspect.getfile(portal)).parent / "pages" / f"{portal.name}.html"
    if not path.exists():
        return
    try:
        wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
        document = Document(path.read_bytes(), wanted["url"], content_type=wanted.pop("content_type", ""))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NewscrawlError(f"{path.with_suffix('.json')} does not tell what {path.name} holds: {error}") from error
    result = read(document, portal.overrides)
    if not isinstance(result, Article):
        yield f"{path.name} is no article: {result.reason}"
        return
    told = _told(result)
    for name, value in wanted.items():
        if told.get(name) != value:
            yield f"{path.name}: {name} is {told.get(name)!r}, not {value!r}"


def _told(article: Article) -> dict[str, object]:
    """Return an article's fields as written to the file: all but links, rules and profile, which change."""
    return {name: value for name, value in asdict(article).items() if name not in {"links", "rules", "profile"}}
