"""Read archives of older versions without migrating them, and several archives as one.

Columns and tables that an older archive lacks read as null or empty. Further files (closed months, archives of other
machines) are attached to the connection. Temporary views with the names of the tables unite their rows, so that a
query of `articles` or `links` reads all files. An article in several files is read from the first file that has it,
together with its links, history and names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl import disk
from newscrawl.archive.db.views import VIEWS
from newscrawl.archive.sql.files import ALSO, files
from newscrawl.archive.write import people
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

MOST = 10  # files beside the first: SQLite attaches no more
# The key of each table: a row whose key an earlier file has too is left out. The tables below follow their article.
_KEYS = {"captures": "id", "urls": "id", "portals": "key", "crawls": "id", "profiles": "hash", "aliases": "id"}
_KEYS |= {"placements": "article, issue, page", "named_parts": "address"}
_OF_ARTICLES = ("revisions", "events", "parts", "links", "names", "places", "reprints")
_NEW_ROW = "({key}) NOT IN (SELECT {key} FROM {before}.{table})"
# `searched` holds every article's id at some 20 bytes each; `articles` itself is a hundred times as large.
_NEW_ARTICLE = "{column} NOT IN (SELECT article FROM {before}.searched)"
_AS_IT_IS = "SELECT * FROM main.{table} WHERE 1"
_INDEX = """SELECT searched.article AS article, articles_fts AS words FROM {schema}.articles_fts
    JOIN {schema}.searched ON searched.number = articles_fts.rowid WHERE {new}"""
_SELECT, _NOTHING = "SELECT {values} FROM {schema}.{table} WHERE {new}", "SELECT {values} WHERE 0"
_MIGRATED = "SELECT 1 FROM {}._sqlite_migrations WHERE migration_set = 'newscrawl' AND name = 'm011_one_time'"
_NO_ALIAS = "id NOT IN (SELECT id FROM {before}.aliases)"


def attach(db: Database, paths: Sequence[Path]) -> None:
    """Attach further files, which the caller has checked to be archives; `stand_in` then unites them with the first.

    Raises:
        ArchiveError: there are too many.
    """
    if len(paths) > MOST:
        raise ArchiveError(
            f"SQLite reads {MOST} files beside the first, not {len(paths)}: put months into years with"
            " newscrawl export --partition year, or ask their Parquet files"
        )
    for number, path in enumerate(paths, 1):
        db.execute(f"ATTACH ? AS {ALSO}{number}", (disk.uri(path, disk.for_reading(path)),))


def stand_in(db: Database, wanted: Mapping[str, Sequence[str]], of_old: Mapping[str, Mapping[str, str]]) -> None:
    """Create temporary views that unite the tables of the attached files, under the tables' own names.

    Args:
        db: the connection.
        wanted: the tables of an archive of this version, with their columns.
        of_old: by table, the SQL that reads a column of a file older than the migration `m011_one_time`.
    """
    schemas = [file.schema for file in files(db)]
    for table, columns in wanted.items():
        arms = _arms(db, table, columns, of_old.get(table, {}), schemas)
        if arms != [_AS_IT_IS.format(table=table)]:
            db.execute(f"CREATE TEMP VIEW {table} AS {' UNION ALL '.join(arms)}")
        if len(schemas) > 1:
            _put_apart(db, table, schemas, arms)
    index = _indexes(schemas)
    _put_apart(db, "search_index", schemas, index)
    if not all(_columns(db, schema, "names") for schema in schemas):
        db.execute("DROP VIEW IF EXISTS temp.names")
        db.execute(f"CREATE TEMP VIEW names(article, kind, name) AS {people.OF_ALL}")
    for name, query in (VIEWS | {"search_index": " UNION ALL ".join(index)}).items():
        db.execute(f"CREATE TEMP VIEW {name} AS {query}")


def _put_apart(db: Database, table: str, schemas: Sequence[str], arms: Sequence[str]) -> None:
    """Create a view of a table for each file alone; `File.of` names them."""
    for schema, arm in zip(schemas, arms, strict=False):
        db.execute(f"CREATE TEMP VIEW {schema}_{table} AS {arm}")


def _arms(
    db: Database, table: str, columns: Sequence[str], of_old: Mapping[str, str], schemas: Sequence[str]
) -> list[str]:
    """Return one SELECT for each file that adds rows to a table; internal tables are read from the first file alone."""
    united = schemas if table == "articles" or table in _KEYS or table in _OF_ARTICLES else schemas[:1]
    known = {schema: _columns(db, schema, table) for schema in united}
    every = list(dict.fromkeys([*(name for there in known.values() for name in there), *columns]))
    arms = []
    for place, schema in enumerate(united):
        own = {name: f'"{name}"' if name in known[schema] else "NULL" for name in every}
        own |= {} if not known[schema] or _has_one_time(db, schema) else of_old
        if list(own.items()) == [(name, f'"{name}"') for name in known[schema]]:  # in this order
            values = "*"
        else:
            values = ", ".join(f'{value} AS "{name}"' for name, value in own.items())
        new = " AND ".join(_new(db, table, name) for name in schemas[:place]) or "1"
        values = f"rowid, {values}" if table == "links" and len(schemas) > 1 else values  # the order on the page
        select = _SELECT if known[schema] else _NOTHING
        arms.append(select.format(values=values, schema=schema, table=table, new=new))
    return arms


def _new(db: Database, table: str, before: str) -> str:
    """Return the SQL condition that an earlier file lacks a row; that file may be too old to have the table."""
    if table == "articles":
        no_alias = _NO_ALIAS.format(before=before) if _columns(db, before, "aliases") else "1"
        return f"{_NEW_ARTICLE.format(column='id', before=before)} AND {no_alias}"
    if table in _OF_ARTICLES:
        return _NEW_ARTICLE.format(column="article", before=before)
    return _NEW_ROW.format(key=_KEYS[table], before=before, table=table) if _columns(db, before, table) else "1"


def _indexes(schemas: Sequence[str]) -> list[str]:
    """Return one SELECT for each file: its full-text index, without articles that an earlier file has."""
    return [
        _INDEX.format(
            schema=schema,
            new=" AND ".join(_NEW_ARTICLE.format(column="article", before=name) for name in schemas[:place]) or "1",
        )
        for place, schema in enumerate(schemas)
    ]


def _columns(db: Database, schema: str, table: str) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?, ?)", (table, schema))]


def _has_one_time(db: Database, schema: str) -> bool:
    return db.execute(_MIGRATED.format(schema)).fetchone() is not None
