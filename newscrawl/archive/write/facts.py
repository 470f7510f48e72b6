"""Facts derived from an article's title and text (length, places), updated together with the search index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.archive.search import index
from newscrawl.archive.sql.rows import has_triggers, put_triggers
from newscrawl.archive.write import people
from newscrawl.places import DIVISIONS, find

if TYPE_CHECKING:
    from sqlite_utils import Database

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"([{_HAN}]+)|[^\W{_HAN}_]+")
_TRIGGERS = index.TRIGGERS | people.TRIGGERS
_TABLES = (
    """CREATE TABLE places (article INTEGER NOT NULL, name TEXT NOT NULL, code TEXT, mentions INTEGER NOT NULL,
    in_title INTEGER NOT NULL)""",
    "CREATE INDEX places_article ON places(article)",
    "CREATE INDEX places_code ON places(code, article)",
    "CREATE INDEX places_name ON places(name, article)",
    """CREATE TABLE divisions (code TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, level TEXT NOT NULL,
    province TEXT NOT NULL, city TEXT) WITHOUT ROWID""",
)
_HOME = """SELECT portals.division FROM articles JOIN portals ON portals.key = articles.portal WHERE articles.id = ?"""


def create(db: Database) -> None:
    """Create the tables; `divisions` is filled at once, the other tables by `rebuild`."""
    people.create(db)
    for statement in _TABLES:
        db.execute(statement)
    db.conn.executemany(
        "INSERT INTO divisions VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                division.code,
                division.name,
                division.short,
                division.level,
                DIVISIONS[f"{division.code[:2]}0000"].name,
                DIVISIONS[city].name if (city := f"{division.code[:4]}00") in DIVISIONS and city[2:4] != "00" else None,
            )
            for division in DIVISIONS.values()
        ],
    )


def settle(db: Database) -> None:
    """Update index and derived facts of articles that have changed; the caller holds the transaction."""
    index.settle(db, renew)


def renew(db: Database, article: int, text: tuple[str | None, str | None] | None) -> None:
    """Write the facts derived from a title and text; None for a deleted article."""
    db.execute("DELETE FROM places WHERE article = ?", (article,))
    if text is None:
        return
    title, body = (part or "" for part in text)
    home = (db.execute(_HOME, (article,)).fetchone() or (None,))[0]
    db.conn.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?)",
        [
            (article, place.name, place.code, place.mentions, place.name in title)
            for place in find(f"{title}\n{body}", home)
        ],
    )
    count = word_count(body)
    db.execute("UPDATE articles SET word_count = ?1 WHERE id = ?2 AND word_count IS NOT ?1", (count, article))


def word_count(text: str | None) -> int:
    """Return 字数, as Chinese word processors count it: each Han character, and each other word or number, as one."""
    return sum(len(han) or 1 for han in _WORDS.findall(text or ""))


def rebuild(db: Database) -> None:
    """Mark index and derived facts to be rebuilt at the end of the caller's transaction."""
    put_triggers(db, _TRIGGERS)
    people.fill(db)
    index.rebuild(db)


def is_followed(db: Database) -> bool:
    """Return whether the triggers stand: a tool that makes `articles` anew loses them."""
    return has_triggers(db, _TRIGGERS)
