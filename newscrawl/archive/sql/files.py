"""The files that a connection reads as one archive: usually one, several when closed months are attached.

Queries that need an index run on one file at a time: over a view of several files SQLite would sort all rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

ALSO = "also"  # prefix of the schema names of attached files


_NAMED = re.compile(
    r"\b(FROM|JOIN) (articles|captures|links|revisions|events|reprints|names|places|search_index)\b"
    r"(?! AS (?:first|original|copy)\b)(?: AS (\w+))?"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive: its schema name in SQL, and whether it is one of several."""

    schema: str
    of_several: bool

    def of(self, table: str) -> str:
        """Return the table or view that holds the file's rows of a table, without rows that an earlier file has."""
        return f"temp.{self.schema}_{table}" if self.of_several else table

    def own(self, query: str) -> str:
        """Return a query that asks this file alone, where it names a table without or with an alias of its own.

        What a query calls `first`, `original` or `copy` may be an article of any file.
        """
        if not self.of_several:
            return query
        return _NAMED.sub(lambda found: f"{found[1]} {self.of(found[2])} AS {found[3] or found[2]}", query)

    @property
    def hits(self) -> str:
        """Return the SQL after FROM for a search of the file: `articles_fts`, `searched` and `articles` joined."""
        return f"""{self.schema}.articles_fts JOIN {self.schema}.searched ON searched.number = articles_fts.rowid
            JOIN {self.of("articles")} AS articles ON articles.id = searched.article"""


def files(db: Database) -> list[File]:
    """Return the files of a connection, the first first."""
    further = [name for _, name, _ in db.execute("PRAGMA database_list") if name.startswith(ALSO)]
    return [File(name, bool(further)) for name in ("main", *further)]
