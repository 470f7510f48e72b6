"""Atom feeds (RFC 4287) of changes: one entry for each change, with a stable id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from newscrawl.explore.words import CHANGES
from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.archive import Change
    from newscrawl.explore.words import Words

_ATOM = "http://www.w3.org/2005/Atom"


def feed(rows: Iterable[Change], words: Words, *, title: str, own: str, root: str) -> str:
    """Write a feed.

    Args:
        rows: of `Archive.changes`.
        words: the language.
        title: of the feed.
        own: its own address.
        root: the address of our pages, without a slash at the end.
    """
    rows = list(rows)
    top = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": words.tag})
    _add(top, "id", own)
    _add(top, "title", title)
    _add(top, "updated", rows[0]["at"] if rows else datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(top, "link", rel="self", href=own, type="application/atom+xml")
    _add(top, "link", rel="alternate", href=f"{root}/")
    _add(_add(top, "author"), "name", words("地方新闻档案"))
    for row in rows:
        _entry(top, row, words, root)
    text: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return text.decode()


def _entry(top: ET.Element, row: Change, words: Words, root: str) -> None:
    entry = _add(top, "entry")
    _add(entry, "id", f"urn:newscrawl:{row['id']}:{row['what']}:{row['at']}")
    told = words.name(CHANGES, row["what"])
    _add(entry, "title", f"[{told}] {row['title'] or words('（无标题）')}")
    _add(entry, "updated", row["at"])
    _add(entry, "published", row["at"])
    _add(entry, "link", rel="alternate", href=f"{root}/article/{row['id']}")
    _add(entry, "link", rel="via", href=row["url"])
    _add(entry, "category", term=row["what"], label=told)
    _add(_add(entry, "author"), "name", row["portal"] or "")
    detail = words.evidence(row["detail"]) if row["what"] in {"withdrawn", "returned"} else row["detail"]
    _add(entry, "summary", "\n".join(part for part in (words.published(row["published"]), detail) if part))


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    if text is not None:
        element.text = _printable(text)
    return element


def _printable(text: str) -> str:
    """Remove characters that XML 1.0 does not allow."""
    return "".join(found for found in harmless(text) if found in "\t\n\r" or " " <= found not in "\ufffe\uffff")
