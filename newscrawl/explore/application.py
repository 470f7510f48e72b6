"""Build the application: Datasette over one archive with our plugin, behind the guard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from datasette.app import Datasette
from datasette.plugins import pm

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from newscrawl.explore import plugin, reader
from newscrawl.explore.guard import Guard
from newscrawl.explore.metadata import metadata
from newscrawl.explore.pages import front
from newscrawl.explore.reader import DATABASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.explore.guard import Application

_HERE = Path(__file__).parent
_SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 5_000,
    "num_sql_threads": 4,  # more than the guard allows for readers' own SQL at once
    "truncate_cells_html": 120,
    "suggest_facets": False,  # takes seconds; every column can be counted from its menu
    "allow_csv_stream": True,
}


def explorer(archive: Path, language: str | None = None, also: Sequence[Path] = ()) -> Datasette:
    """Return a Datasette over an archive; its `client` answers without a server.

    Args:
        archive: the archive.db.
        language: of the pages, zh or en; None for the language that each reader's browser asks for.
        also: archives to read together with it as one; the table pages show only the first.

    Raises:
        ArchiveError: there is no archive, or it is a newer newscrawl's.
    """
    # With rich installed, Datasette logs every error with all local variables, which would leak access tokens.
    pm.get_plugin("datasette.handle_exception").rich = None
    with Archive.open(archive, read_only=True, also=also):  # raises if it is missing
        pass
    if archive.stem != DATABASE:
        raise ArchiveError(f"{archive} is not named {DATABASE}.db: name its folder with NEWSCRAWL_DATA")
    if not pm.has_plugin("newscrawl"):
        pm.register(plugin, "newscrawl")
    # In a read-only folder SQLite cannot create the file that WAL mode needs; without a log it needs none.
    frozen = not os.access(archive.parent, os.W_OK) and not archive.with_name(f"{archive.name}-wal").exists()
    return Datasette(
        [] if frozen else [str(archive)],
        immutables=[str(archive)] if frozen else [],
        metadata=metadata(language, also),
        settings=_SETTINGS,
        template_dir=str(_HERE / "templates"),
        static_mounts=[("-/newscrawl", str(_HERE / "static"))],
    )


def application(
    archive: Path,
    *,
    token: str | None = None,
    hosts: frozenset[str] | None = None,
    language: str | None = None,
    also: Sequence[Path] = (),
) -> Application:
    """Return the ASGI application that serves an archive.

    Args:
        archive: the archive.db.
        token: the access token that every request must send, if any.
        hosts: the Host names that are accepted; None for any.
        language: as for `explorer`.
        also: as for `explorer`.

    Raises:
        ArchiveError: there is no archive, or it is a newer newscrawl's.
    """
    explored = explorer(archive, language, also)
    reader.prepare((archive, *also), "state", front.state)
    return Guard(explored.app(), token=token, hosts=hosts)
