"""Write one page to the tables: its capture, and if it shows an article, the article with its links and history.

The result depends only on the captures (see `timeline`), not on the order in which they come; but which captures
are kept under another article's address (see `aliases`) is decided when each comes. Only differences are written:
storing the same page twice changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newscrawl.archive.reprints import outlets
from newscrawl.archive.sql.columns import fields
from newscrawl.archive.sql.rows import Row, hash_id, one, rows_of, stamp, storable, upsert
from newscrawl.archive.write import aliases, article_rows, multipage, placements
from newscrawl.archive.write.timeline import Observation, absence, timeline, version_of
from newscrawl.outcomes import Outcome
from newscrawl.places import division_of
from newscrawl.urls import canonical, host_of, url_id

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newscrawl.archive.write.crawls import Crawl
    from newscrawl.items import Article, Link, Page


_LINK_WORDS = ("kind", "position", "title", "snippet", "first_seen")
# A link keeps the title of its earliest capture; within one capture, the first by place and title.
_EARLIER = "(excluded.first_seen, excluded.position, excluded.title) < (links.first_seen, links.position, links.title)"
_WORDS = ", ".join(f"{name} = iif({_EARLIER}, excluded.{name}, links.{name})" for name in _LINK_WORDS)
_PUT_LINK = """
INSERT INTO links(article, section, kind, position, title, snippet, url, first_seen, last_seen)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(article, ifnull(section, ''), url) DO UPDATE SET {words}, last_seen = max(last_seen, excluded.last_seen)
WHERE excluded.last_seen > links.last_seen OR {earlier}"""
_CAPTURES = """SELECT id, url, fetched_at, status, outcome, redirect, part, version FROM captures
WHERE article = ? AND fetched_at < ?"""


@dataclass(frozen=True, slots=True)
class Stored:
    """The effect of storing a page.

    `what` is new, unchanged, revised, suspected (the article was missing once), gone (missing twice in a row),
    returned, alias (of `article`, at another address), or none: no article is known at the address. `doubles` are
    addresses that were found to be aliases, `read_again` counts the runs that were extracted again because the rules
    have changed, `unreadable` the runs where that failed.
    """

    what: str
    article: int | None
    doubles: tuple[aliases.Double, ...] = ()
    read_again: int = 0
    unreadable: int = 0


def address_of(page: Page) -> int:
    """Return the id of the address under which a page's captures and article are kept."""
    own = page.part.first if page.part else page.article.url if page.article else page.url
    return url_id(page.moved_from or own)


def at_home(db: Database, page: Page) -> Page:
    """Return a page with its number in its story, and with the first address of an article that has moved to it."""
    page = replace(multipage.with_part(db, page), moved_from=None)
    address = address_of(page)
    kept = aliases.owner(db, address)
    if kept is None or timeline(_observations(db, kept, stamp(page.fetched_at))).home != address:
        return page
    (url,) = db.execute("SELECT url FROM articles WHERE id = ?", [kept]).fetchone()
    return replace(page, moved_from=url)


def capture_of(page: Page) -> int:
    """Return the id of a page's capture."""
    return hash_id(page.url, stamp(page.fetched_at))


def store(db: Database, page: Page) -> Stored:
    """Write a page's rows; the caller holds the transaction."""
    page = at_home(db, page)
    address, capture, at = address_of(page), capture_of(page), stamp(page.fetched_at)
    text = text_of(page, page.article) if page.article else None
    _put_portal(db, page)
    known = _put_capture(db, page, capture, address, text)
    if page.paper:
        placements.put(db, page, capture)
    if page.part and text is not None:
        multipage.put(db, page, capture, address, text)
    if (kept := aliases.owner(db, address)) is not None:
        return Stored("alias" if page.article else "none", kept)
    known_row = one(db, "SELECT * FROM articles WHERE id = ?", address)
    before = known_row and article_rows.as_read(known_row)
    if before is None and text is None:
        return Stored("none", None)  # most pages are lists: their many earlier captures need not be read
    observations = _observations(db, address)
    line = timeline(observations)
    if not line.versions:  # older rules extracted an article here, the current ones do not
        return Stored("none", address)
    write = article_rows.ArticleWrite(
        db, address, page, capture, text, before, {seen.capture: seen.version or "" for seen in observations}
    )
    article_rows.put(write, line)
    article_rows.put_events(db, address, line)
    if page.article:
        _put_links(db, address, page.article.links, at)
    effect = line.effects.get(capture)
    if known or effect is None or (effect == "new" and before):
        effect = "unchanged" if page.article or page.status == 304 or page.outcome == Outcome.UNCHANGED else "none"
    folded = tuple(aliases.fold(db, address)) if page.article else ()
    if (kept := aliases.owner(db, address)) is not None:
        moved = at_home(db, page).moved_from is not None
        return store(db, page) if moved else Stored("alias", kept, folded)  # if moved, as a page of the article
    return Stored(effect, address, folded)


def text_of(page: Page, article: Article) -> Row:
    """Return the article's columns that follow from its page and portal."""
    row: Row = {"url": page.moved_from or article.url, "portal": page.portal.key}
    row["host"] = host_of(page.moved_from or page.url)
    row |= {"region": page.portal.region, "canonical_url": _claim(page)}
    for field in fields():
        value = getattr(article, field.name)
        value = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        row[field.name] = storable(value) if isinstance(value, str) else value
    row["source_norm"] = outlets.normalise(row["source"], page.portal.title)
    return row


def _claim(page: Page) -> str | None:
    """Return the canonical URL of an article's page; None if it is the article's address, and for further parts."""
    own = {canonical(url) for url in (page.part.first if page.part else page.url, page.moved_from) if url}
    if page.canonical is None or canonical(page.canonical) in own or (page.part and page.part.number > 1):
        return None
    return storable(page.canonical)


def _put_portal(db: Database, page: Page) -> None:
    facts = page.portal
    db.execute(
        """INSERT INTO portals(key, title, region, level, division) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT(key) DO UPDATE SET title = excluded.title, region = excluded.region, level = excluded.level,
            division = excluded.division
        WHERE (title, region, level, division)
            IS NOT (excluded.title, excluded.region, excluded.level, excluded.division)""",
        (
            facts.key,
            facts.title,
            facts.region,
            facts.level,
            facts.division or division_of(facts.title, facts.region, facts.level),
        ),
    )


def _put_capture(db: Database, page: Page, capture: int, address: int, text: Row | None) -> bool:
    """Write the capture's row; True when it was there already with the same outcome."""
    row: Row = {"id": capture, "url": page.url, "article": address, "portal": page.portal.key}
    row |= {"fetched_at": stamp(page.fetched_at), "status": page.status, "outcome": page.outcome and str(page.outcome)}
    ref, decoded = page.capture, page.document.decoded if page.document else None
    row |= {"digest": ref and ref.digest, "warc": ref and ref.file}
    row |= {"offset": ref and ref.offset, "length": ref and ref.length}
    row |= {"charset": decoded and decoded.charset, "mojibake": decoded and decoded.mojibake}
    row |= {"redirect": storable(page.redirect), "part": page.part and page.part.number}
    row["version"] = text and version_of(text)
    there = one(db, "SELECT * FROM captures WHERE id = ?", capture)
    if there != row:
        upsert(db, "captures", ("id",), row)
    return there is not None and there["outcome"] == row["outcome"] and there["version"] == row["version"]


def _observations(db: Database, article: int, before: str = "9") -> list[Observation]:
    """Return an article's captures before a time, by default all."""
    others = aliases.of(db, article)
    return [
        Observation(
            row["id"],
            row["fetched_at"],
            row["version"],
            None if row["version"] else absence(row["url"], row["status"], row["outcome"], row["redirect"]),
            row["part"],
            row["status"] == 304 or row["outcome"] == Outcome.UNCHANGED,
            place if others and (place := url_id(row["url"])) in others else None,
            aliases.led_to(db, row["redirect"], row["fetched_at"], others) if others else None,
        )
        for row in rows_of(Row, db, _CAPTURES, [article, before])
    ]


def _put_links(db: Database, article: int, links: list[Link], at: str) -> None:
    """Store every link ever seen on an article's page, once for each block and address, with first and last time."""
    rows: dict[tuple[str | None, int], tuple[Link, int]] = {}
    for link in links:
        target = url_id(link.url)
        rows.setdefault((link.section, target), (link, target))
    db.conn.executemany(
        "INSERT INTO urls VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET url = excluded.url WHERE excluded.url < url",
        {(target, storable(link.url)) for link, target in rows.values()},
    )
    db.conn.executemany(
        _PUT_LINK.format(words=_WORDS, earlier=_EARLIER),
        [
            (
                article,
                storable(section),
                link.kind,
                link.position,
                storable(link.title),
                storable(link.snippet),
                target,
                at,
                at,
            )
            for (section, _), (link, target) in rows.items()
        ],
    )


def put_crawl(db: Database, crawl: Crawl) -> None:
    """Write a crawl's row; the caller holds the transaction."""
    upsert(db, "crawls", ("id",), {"id": hash_id(crawl.portal, crawl.started_at), **crawl.row()})
