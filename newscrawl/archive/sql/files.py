"""The files that a connection reads as one archive: one as a rule, several where closed months are read with the rest.

What is quick by an index of each file alone is asked file by file: SQLite sorts what comes out of all of them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

ALSO = "also"  # what the names of further files begin with


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name in SQL, and whether it is one of several."""

    schema: str
    of_several: bool

    def of(self, table: str) -> str:
        """Return what stands for those rows of a table of the file that count."""
        return f"temp.{self.schema}_{table}" if self.of_several else table

    @property
    def hits(self) -> str:
        """Return what stands behind FROM in a search of the file: `articles_fts`, `searched` and `articles`."""
        return f"""{self.schema}.articles_fts JOIN {self.schema}.searched ON searched.number = articles_fts.rowid
            JOIN {self.of("articles")} AS articles ON articles.id = searched.article"""


def files(db: Database) -> list[File]:
    """Return the files of a connection, the first first."""
    further = [name for _, name, _ in db.execute("PRAGMA database_list") if name.startswith(ALSO)]
    return [File(name, bool(further)) for name in ("main", *further)]
