"""The table `names`: an indexed row for each author, editor and channel, kept in step with JSON columns by triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_KINDS = {"author": "authors", "editor": "editors", "channel": "channel"}
_TABLE = """CREATE TABLE names (article INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (kind, name, article)) WITHOUT ROWID"""
# A column in which another tool has written no valid JSON gives no names, and no error.
_OF_COLUMN = """SELECT {row}.id, '{kind}', value FROM {source}json_each(CASE WHEN json_valid({row}.{column})
    THEN {row}.{column} ELSE '[]' END) WHERE value IS NOT NULL"""


def _names(row: str, source: str = "") -> str:
    return " UNION ".join(
        _OF_COLUMN.format(row=row, source=source, kind=kind, column=column) for kind, column in _KINDS.items()
    )


OF_ALL = _names("articles", "articles, ")  # article, kind, name
_INSERT = """AFTER INSERT ON articles BEGIN DELETE FROM names WHERE article = new.id; INSERT INTO names {new}; END"""
_UPDATE = """AFTER UPDATE OF id, authors, editors, channel ON articles BEGIN
    DELETE FROM names WHERE article = old.id; DELETE FROM names WHERE article = new.id; INSERT INTO names {new}; END"""
TRIGGERS = {
    "names_insert": _INSERT.format(new=_names("new")),
    "names_update": _UPDATE.format(new=_names("new")),
    "names_delete": "AFTER DELETE ON articles BEGIN DELETE FROM names WHERE article = old.id; END",
}


def create(db: Database) -> None:
    """Make the table; `fill` it afterwards."""
    db.execute(_TABLE)
    db.execute("CREATE INDEX names_article ON names(article)")


def fill(db: Database) -> None:
    """Write the names of all articles anew."""
    db.execute("DELETE FROM names")
    db.execute(f"INSERT INTO names {OF_ALL}")
