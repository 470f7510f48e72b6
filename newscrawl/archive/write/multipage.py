"""Stories of several pages: the text of each part is stored, and the article is joined from the stored parts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from newscrawl.archive.sql.rows import Row, one, stamp, upsert
from newscrawl.archive.write.timeline import version_of
from newscrawl.items import WHOLE, Part
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from newscrawl.archive.write.timeline import Version
    from newscrawl.items import Page

FIND = "SELECT * FROM parts WHERE article = ? AND number = ? AND version = ?"


def put(db: Database, page: Page, capture: int, address: int, text: Row) -> None:
    """Store the text of one part of a story. Each version of it is kept, under its earliest capture."""
    assert page.part is not None  # the caller's condition
    rest = {name: value for name, value in text.items() if name not in {"body", "images"}}
    if page.part.number != 1:
        rest["url"] = page.moved_from or page.part.first
    row: Row = {"article": address, "number": page.part.number, "total": page.part.total, "capture": capture}
    version = version_of(text)
    row |= {"version": version, "seen_at": stamp(page.fetched_at), "body": text["body"], "images": text["images"]}
    row["fields"] = json.dumps(rest, ensure_ascii=False)
    there = one(db, FIND, address, page.part.number, version)
    db.conn.executemany(
        "INSERT OR IGNORE INTO named_parts VALUES (?, ?, ?)",
        [
            (url_id(url), address, number)
            for number, url in enumerate(page.part.urls[: page.part.total], 1)
            if number > page.part.number
        ],
    )
    if (
        there is None
        or (row["seen_at"], capture) <= (there["seen_at"], there["capture"])
        or any(json.loads(there["fields"]).get(name) != text[name] for name in ("rules", "profile"))  # of older days
    ):
        upsert(db, "parts", ("article", "number", "version"), row)


def with_part(db: Database, page: Page) -> Page:
    """Return a page with its part number from an earlier part, if it names none: the last part often links no other."""
    if page.part is not None or page.article is None:
        return page
    named = one(db, "SELECT * FROM named_parts WHERE address = ?", url_id(page.url))
    if named is None:
        return page
    first = one(db, "SELECT url FROM articles WHERE id = ?", named["article"])
    return replace(page, part=Part(first["url"], named["number"], named["number"])) if first else page


def joined(db: Database, article: int, version: Version) -> Row:
    """Join the parts of a version: the first part's columns, all bodies and pictures, each person once."""
    parts = [part for number, key in sorted(version.pages.items()) if (part := one(db, FIND, article, number, key))]
    each = [json.loads(part["fields"]) for part in parts]
    row: Row = dict(each[0])
    for name in ("authors", "editors"):
        row[name] = _union(fields[name] for fields in each)
    whole = [part for part in parts if part["number"] == WHOLE]
    row["images"] = _union(part["images"] for part in whole or parts)
    row["body"] = "\n".join(part["body"] for part in whole or parts if part["body"])
    row["complete"] = int(
        bool(whole) or {part["number"] for part in parts} >= set(range(1, max(p["total"] for p in parts) + 1))
    )
    return row


def _union(lists: Iterable[str]) -> str:
    return json.dumps(list(dict.fromkeys(value for text in lists for value in json.loads(text))), ensure_ascii=False)
