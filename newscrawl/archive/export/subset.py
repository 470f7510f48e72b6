"""Copy a selection of articles to a new archive: with all their rows, a search index and reprint families."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newscrawl.archive.db.connection import connect, transaction
from newscrawl.archive.db.schema import prepare
from newscrawl.archive.reprints import detect
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.write import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import Filters

    Progress: TypeAlias = Callable[[int], None]  # is told how many were added

_CHOSEN = "IN (SELECT id FROM temp.chosen)"
_TEXTS = "IN (SELECT text FROM main.placed)"
# The tables to copy, a referenced table before those that refer to it: table → condition on its rows.
_ROWS = {
    "portals": "key IN (SELECT portal FROM whole.articles WHERE id IN (SELECT id FROM temp.chosen))",
    "crawls": "portal IN (SELECT key FROM main.portals)",
    "profiles": "hash IN (SELECT profile FROM whole.articles WHERE id IN (SELECT id FROM temp.chosen))",
    "captures": "article IN (SELECT id FROM temp.chosen UNION ALL SELECT id FROM whole.aliases"
    " WHERE article IN (SELECT id FROM temp.chosen))",
    "revisions": f"article {_CHOSEN}",
    "events": f"article {_CHOSEN}",
    "parts": f"article {_CHOSEN}",
    "placements": f"article {_CHOSEN}",
    "named_parts": f"article {_CHOSEN}",
    "aliases": f"article {_CHOSEN}",
    "urls": "id IN (SELECT url FROM whole.links WHERE article IN (SELECT id FROM temp.chosen))",
    "links": f"article {_CHOSEN}",
    "placed": f"article {_CHOSEN}",
    "texts": f"text {_TEXTS}",
    "sketch": f"text {_TEXTS}",
    "overlaps": f"small {_TEXTS} AND large {_TEXTS}",
    "reprints": f"article {_CHOSEN} AND original {_CHOSEN}",
}
_COPY = "INSERT INTO main.{table}({names}) SELECT {names} FROM whole.{table} WHERE {which}"
# A family may fall apart, or lose its first article, when only some of its articles are copied.
_UNSETTLED = """SELECT min(article) FROM placed WHERE text IN (
    SELECT text FROM placed GROUP BY text HAVING count(*) > 1
    UNION SELECT small FROM overlaps UNION SELECT large FROM overlaps UNION SELECT text FROM texts WHERE digest
) GROUP BY text"""
_BATCH = 500  # articles a step: between two reports of progress


def copy(db: Database, target: Path, filters: Filters, progress: Progress, which: str = "1") -> int:
    """Write the articles that pass the filters to a new archive; return how many.

    `target` must not exist. `progress` is called with the number of articles added; `which` is a further SQL condition.
    Without filters the file is copied as it is; with filters the index is built anew, about a millisecond an article.
    Families are settled among the copied articles: if a family's first is not copied, its next article becomes first.
    """
    if filters == type(filters)() and which == "1":
        with explained_errors(target):
            db.execute("VACUUM INTO ?", (str(target),))
            with closing(connect(target, read_only=False)) as new:
                number = new.table("articles").count
                new.execute("PRAGMA journal_mode = DELETE")
        progress(number)
        return number
    chosen = db.execute(
        *filters.into("SELECT id FROM articles WHERE {which} AND {chosen} ORDER BY published, id", which=which)
    )
    source = Path(db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0])
    with explained_errors(target), closing(connect(target, read_only=False)) as new, _beside(new, source):
        prepare(new, target)
        new.execute("PRAGMA foreign_keys = OFF")  # an article may be copied before its family's first, or without it
        with transaction(new):
            new.execute("CREATE TEMP TABLE chosen (place INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE)")
            new.conn.executemany("INSERT INTO temp.chosen(id) VALUES (?)", chosen)
            for table, condition in _ROWS.items():
                _copy_rows(new, table, condition)
            number = _copy_articles(new, progress)
            _settle(new)
    return number


@contextmanager
def _beside(new: Database, source: Path) -> Iterator[None]:
    """Attach the archive as `whole`, read only: otherwise BEGIN IMMEDIATE would lock it, and block a running crawl."""
    new.execute("ATTACH ? AS whole", (f"{source.absolute().as_uri()}?mode=ro",))
    try:
        yield
    finally:
        new.execute("DETACH whole")
        new.execute("PRAGMA journal_mode = DELETE")  # one file that can be carried and opened anywhere


def _copy_rows(new: Database, table: str, condition: str) -> None:
    names = ", ".join(f'"{name}"' for name in _common(new, table))
    new.execute(_COPY.format(table=table, names=names, which=condition))


def _copy_articles(new: Database, progress: Progress) -> int:
    """Copy the articles in order of publication, and index them."""
    names = ", ".join(f'"{name}"' for name in _common(new, "articles"))
    which = "id IN (SELECT id FROM temp.chosen WHERE place BETWEEN ? AND ?) ORDER BY published, id"
    query = _COPY.format(table="articles", names=names, which=which)
    last = new.execute("SELECT count(*) FROM temp.chosen").fetchone()[0]
    for place in range(1, last + 1, _BATCH):
        added = new.execute(query, (place, place + _BATCH - 1)).rowcount
        facts.settle(new)
        progress(added)
    new.execute("UPDATE articles SET reprint_of = NULL WHERE reprint_of NOT IN (SELECT id FROM temp.chosen)")
    return int(last)


def _common(new: Database, table: str) -> list[str]:
    """Return the columns that a table has in both archives: an older archive may have columns of removed fields."""
    query = "SELECT name FROM pragma_table_info(?, 'main') INTERSECT SELECT name FROM pragma_table_info(?, 'whole')"
    return [name for (name,) in new.execute(query, (table, table))]


def _settle(new: Database) -> None:
    """Find the first of each family among the articles that came along."""
    for (article,) in new.execute(_UNSETTLED).fetchall():
        (body,) = new.execute("SELECT ifnull(body, '') FROM articles WHERE id = ?", (article,)).fetchone()
        detect.place(new, article, detect.fingerprint(body), body)
