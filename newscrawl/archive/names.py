"""Authors, editors and channels, a row each with an index: what their JSON columns hold, kept by triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_KINDS = {"author": "authors", "editor": "editors", "channel": "channel"}
_TABLE = """CREATE TABLE names (article INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (kind, name, article)) WITHOUT ROWID"""
# A column that another tool has filled with something else than JSON gives no names, and no error.
_EACH = " UNION ".join(
    f"""SELECT {{row}}.id, '{kind}', value FROM json_each(CASE WHEN json_valid({{row}}.{column})
    THEN {{row}}.{column} ELSE '[]' END) WHERE value IS NOT NULL"""  # noqa: S608  # constants, here and below
    for kind, column in _KINDS.items()
)
_PUT = f"DELETE FROM names WHERE article = new.id; INSERT INTO names {_EACH.format(row='new')};"  # noqa: S608
OF_ALL = " UNION ".join(
    f"""SELECT articles.id AS article, '{kind}' AS kind, value AS name FROM articles, json_each(
        CASE WHEN json_valid({column}) THEN {column} ELSE '[]' END) WHERE value IS NOT NULL"""  # noqa: S608
    for kind, column in _KINDS.items()
)
TRIGGERS = {
    "names_insert": f"AFTER INSERT ON articles BEGIN {_PUT} END",
    "names_update": f"""AFTER UPDATE OF id, authors, editors, channel ON articles BEGIN
    DELETE FROM names WHERE article = old.id; {_PUT} END""",  # noqa: S608
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
