"""The schema and its migrations; the columns of `articles` follow from the fields of `Article`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from newscrawl.archive.db import attached, profiles
from newscrawl.archive.db.connection import transaction
from newscrawl.archive.db.views import VIEWS
from newscrawl.archive.read import changes
from newscrawl.archive.reprints import detect, rebuild
from newscrawl.archive.search import index
from newscrawl.archive.sql import times
from newscrawl.archive.sql.columns import columns
from newscrawl.archive.write import aliases, facts, placements
from newscrawl.errors import ArchiveError
from newscrawl.places import division_of

if TYPE_CHECKING:
    from pathlib import Path


migrations = Migrations("newscrawl")
_RESPELL = """UPDATE {table} SET published = {published}, published_precision = {precision}
    WHERE published IS NOT NULL"""


@migrations()
def m001_tables(db: Database) -> None:
    """Portals, crawls, captures, articles and their history, links."""
    db.table("portals").create({"key": str, "title": str, "region": str, "level": str}, pk="key")
    db.table("crawls").create(
        {
            "id": int,
            "portal": str,
            "started_at": str,
            "finished_at": str,
            "counts": str,
            "drops": str,
            "fill": str,
            "verdict": str,
        },
        pk="id",
    )
    db.table("crawls").create_index(["portal", "started_at"])
    captures = {"id": int, "url": str, "article": int, "portal": str, "fetched_at": str, "status": int, "digest": str}
    captures |= {"warc": str, "offset": int, "length": int, "outcome": str, "charset": str, "mojibake": float}
    captures |= {"redirect": str, "part": int, "version": str}
    db.table("captures").create(captures, pk="id", not_null={"url", "article", "fetched_at"})
    db.table("captures").create_index(["article", "fetched_at"])
    types = {column.name: int if column.type == "INTEGER" else str for column in columns()}
    db.table("articles").create(
        types,
        pk="id",
        not_null={"url", "first_seen", "last_seen"},
        foreign_keys=[("portal", "portals", "key"), ("capture", "captures", "id"), ("reprint_of", "articles", "id")],
    )
    for column in ("portal", "published", "source_norm", "content_hash", "reprint_of", "gone_at", "capture"):
        db.table("articles").create_index([column])
    _history_tables(db)
    _link_tables(db)


def _history_tables(db: Database) -> None:
    article = ("article", "articles", "id")
    revisions = {"article": int, "capture": int, "seen_at": str, "title": str, "body": str}
    revisions |= {"published": str, "source": str, "content_hash": str}
    db.table("revisions").create(
        revisions, pk=("article", "capture"), foreign_keys=[article, ("capture", "captures", "id")]
    )
    db.table("events").create(
        {"article": int, "at": str, "kind": str, "evidence": str}, pk=("article", "at", "kind"), foreign_keys=[article]
    )
    parts = {"article": int, "number": int, "version": str, "total": int, "capture": int, "seen_at": str}
    parts |= {"body": str, "images": str, "fields": str}
    db.table("parts").create(
        parts, pk=("article", "number", "version"), foreign_keys=[("capture", "captures", "id")], not_null={"total"}
    )


def _link_tables(db: Database) -> None:
    db.table("urls").create({"id": int, "url": str}, pk="id", not_null={"url"})
    links = {"article": int, "section": str, "kind": str, "position": int, "title": str, "snippet": str}
    links |= {"url": int, "first_seen": str, "last_seen": str}
    db.table("links").create(links, foreign_keys=[("article", "articles", "id"), ("url", "urls", "id")])
    # One row for an address in a block, whatever the number of captures; a block without heading counts as one.
    db.execute("CREATE UNIQUE INDEX links_once ON links(article, ifnull(section, ''), url)")
    db.table("links").create_index(["url"])


@migrations()
def m002_reprints(db: Database) -> None:
    """Sketches and reprints."""
    detect.create(db)


@migrations()
def m003_search(db: Database) -> None:
    """The full-text index, kept up to date by triggers."""
    index.create(db)


@migrations()
def m004_canonical_url(db: Database) -> None:
    """The canonical URL a page names; an older newscrawl, unaware of it, could take an alias for a family's first."""
    if "canonical_url" not in db.table("articles").columns_dict:  # m001 makes a new archive with all columns
        db.table("articles").add_column("canonical_url", str)


@migrations()
def m005_crawl_health(db: Database) -> None:
    """Columns of crawl health: errors, measures, and the verdict as a sentence."""
    for name in ("errors", "measures", "detail"):
        db.table("crawls").add_column(name, str)


@migrations()
def m006_newspapers(db: Database) -> None:
    """The place of an article in its newspaper: issue, page, position."""
    placements.create(db)


@migrations()
def m007_named_parts(db: Database) -> None:
    """The addresses of an article's further parts, as its earlier parts name them."""
    db.table("named_parts").create({"address": int, "article": int, "number": int}, pk="address")


@migrations()
def m008_pages_of_captures(db: Database) -> None:
    """An index that finds the last page of an address, however many 304 answers followed it."""
    db.execute("CREATE INDEX captures_pages ON captures(article, fetched_at) WHERE status = 200")


@migrations()
def m009_aliases(db: Database) -> None:
    """Second addresses (aliases) of articles; articles already stored twice are merged."""
    aliases.create(db)
    for (article,) in db.execute("SELECT article FROM reprints WHERE relation = 'alias'").fetchall():
        aliases.fold(db, article)


@migrations()
def m010_plain_search(db: Database) -> None:
    """Triggers without functions of ours, so that any SQLite tool can read, copy and correct the file."""
    if "search_changes" not in db.table_names():  # m003 makes a new archive's so
        index.free_of_functions(db)


@migrations()
def m011_one_time(db: Database) -> None:
    """One format for publication times: Beijing time to the second with its zone, and `published_precision`."""
    db.table("revisions").add_column("published_precision", str)
    for table in ("articles", "revisions"):
        db.execute(_RESPELL.format(table=table, published=times.FULL_OF_OLD, precision=times.PRECISION_OF_OLD))


@migrations()
def m012_names_and_places(db: Database) -> None:
    """Authors in the full-text index; tables of names and places; text lengths; the portals' divisions."""
    if "word_count" not in db.table("articles").columns_dict:
        db.table("articles").add_column("word_count", int)
    db.table("portals").add_column("division", str)
    for portal in list(db.table("portals").rows):
        division = division_of(portal["title"], portal["region"], portal["level"])
        db.execute("UPDATE portals SET division = ? WHERE key = ?", (division, portal["key"]))
    facts.create(db)
    if "authors" not in db.table("articles_fts").columns_dict:  # m003 makes a new archive's with them
        index.with_authors(db)
    facts.rebuild(db)


@migrations()
def m013_days_of_portals(db: Database) -> None:
    """An index to each portal's articles by date."""
    db.execute("CREATE INDEX IF NOT EXISTS articles_of_portals ON articles(portal, published)")


@migrations()
def m014_saved_searches(db: Database) -> None:
    """Saved searches, and indexes by the time of changes."""
    changes.create(db)


@migrations()
def m015_profiles(db: Database) -> None:
    """The host profiles that articles were extracted with."""
    profiles.create(db)


@migrations()
def m016_counts(db: Database) -> None:
    """An index with all that statistics count by, in place of one that another begins with."""
    db.execute("DROP INDEX IF EXISTS idx_articles_portal")
    db.execute(
        """CREATE INDEX IF NOT EXISTS articles_counted
        ON articles(region, published, portal, source_norm, source, reprint_of, gone_at)"""
    )


def prepare(db: Database, path: Path) -> list[str]:
    """Bring a database up to date: pending migrations, columns of new `Article` fields, the views.

    Returns:
        One line for each change made to an existing archive; [] for a new one.

    Raises:
        ArchiveError: a newer newscrawl has written it.
    """
    rebuild.tidy(db, path, lambda: transaction(db))
    if is_current(db, path) and facts.is_followed(db) and index.is_settled(db):
        return []
    with transaction(db):
        told = [] if is_new(db) else pending(db)  # nothing if another process was faster
        migrations.apply(db)
        for name, kind in _missing_columns(db):
            db.table("articles").add_column(name, kind)
        for name, query in VIEWS.items():
            db.create_view(name, query, replace=True)
        if not facts.is_followed(db):
            facts.rebuild(db)
            told.append("articles_fts: built anew, as another program has made the table articles anew")
    return told


def is_new(db: Database) -> bool:
    """Return whether a database has no table yet."""
    return not db.execute("SELECT 1 FROM sqlite_master").fetchone()


def pending(db: Database) -> list[str]:
    """Return what `prepare` would change in an archive: a line for each migration and new column."""
    lines = [f"{item.name}: {_purpose(item.name)}" for item in migrations.pending(db)]
    missing = _missing_columns(db) if "articles" in db.table_names() else []
    return lines + [f"articles.{name}: a new column" for name, _ in missing]


def stand_in(db: Database, path: Path) -> None:
    """Make an older archive, or several archives, readable without migrating them; see `attached.stand_in`.

    Raises:
        ArchiveError: the first has no full-text index.
    """
    if "articles_fts" not in db.table_names():
        raise ArchiveError(f"{path} is of a much older newscrawl: bring it up to date with: newscrawl upgrade")
    model = Database(memory=True)
    with closing(model):
        migrations.apply(model)
        tables = [name for name in model.table_names() if not name.startswith("articles_fts")]
        wanted = {name: list(model.table(name).columns_dict) for name in tables}
    wanted["articles"] = [column.name for column in columns()]
    times_of_old = {"published": times.FULL_OF_OLD, "published_precision": times.PRECISION_OF_OLD}
    attached.stand_in(db, wanted, {"articles": times_of_old, "revisions": times_of_old})


def _missing_columns(db: Database) -> list[tuple[str, type]]:
    there = db.table("articles").columns_dict
    return [(column.name, int if column.type == "INTEGER" else str) for column in columns() if column.name not in there]


def is_current(db: Database, path: Path) -> bool:
    """Return whether nothing is left to do for `prepare`. Raises ArchiveError for a newer newscrawl's database."""
    applied = {migration.name for migration in migrations.applied(db)}
    if newer := sorted(applied - _NAMES.keys()):
        raise ArchiveError(f"{path} was written by a newer newscrawl ({newer[-1]}): upgrade newscrawl to use it")
    if not applied and not is_new(db):
        raise ArchiveError(f"{path} is another program's database: name another folder with NEWSCRAWL_DATA")
    if applied != _NAMES.keys():
        return False
    views = {view.name: view.schema for view in db.views}
    return not _missing_columns(db) and all(views.get(name, "").endswith(query) for name, query in VIEWS.items())


def _purpose(name: str) -> str:
    return _NAMES[name].rstrip(".")


with closing(Database(memory=True)) as _empty:
    _NAMES = {item.name: (item.fn.__doc__ or "").strip().splitlines()[0] for item in migrations.pending(_empty)}
