"""The Datasette plugin: adds our SQL functions to its connections, our pages, and our search to its tables.

Registered by `application.explorer`; Datasette finds the hooks below by their names
(https://docs.datasette.io/en/stable/plugin_hooks.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy
from datasette.filters import FilterArguments
from datasette.utils.asgi import BadRequest, Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup

from newscrawl.archive import HOLDS_WORDS, limit_queries, query, register
from newscrawl.errors import ArchiveError
from newscrawl.explore.jinja_filters import FILTERS, web
from newscrawl.explore.pages import routes
from newscrawl.explore.reader import DATABASE
from newscrawl.explore.words import Words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response
    from jinja2 import Environment

hook = pluggy.HookimplMarker("datasette")

# Tables whose rows are articles: in these, Datasette's ?_search= uses our index.
_SEARCHED = frozenset({"articles", "article_list"})


@hook
def prepare_connection(conn: Any) -> None:  # of sqlite3, which this room does not know
    """Add to every connection the functions of the search index, and limits on queries."""
    register(conn)
    limit_queries(conn)


@hook
def prepare_jinja2_environment(env: Environment) -> None:
    """Add our filters to the templates."""
    env.filters |= FILTERS
    env.globals["t"] = Words()  # for pages that Datasette renders by itself


@hook
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Register our pages before Datasette's."""
    return routes.ROUTES


@hook
def extra_template_vars(view_name: str) -> dict[str, Words]:
    """Add `Words` to the templates; in English for Datasette's own pages, which are in English."""
    return {} if view_name == routes.OURS else {"t": Words("en")}


@hook(trylast=True)  # after Datasette's own hook, to override its "supports_search": False
def filters_from_request(request: Request, database: str, table: str) -> FilterArguments | None:
    """Answer ?_search= on tables of articles with our search; on other tables, say that there is no search."""
    if database != DATABASE:
        return None
    if "_fts_table" in request.args:
        raise BadRequest("_fts_table cannot search Chinese text here; use /search or ?_search= on articles")
    text = request.args.get("_search") or ""
    if table not in _SEARCHED:
        if text:
            raise BadRequest(f"{table} has no search; use /search or ?_search= on articles")
        return None
    context = {"supports_search": True, "search": text}
    try:
        expression = query(text)
    except ArchiveError as error:
        raise BadRequest(str(error)) from error
    if not expression:
        return FilterArguments([], extra_context=context)
    return FilterArguments(
        [HOLDS_WORDS],
        params={"newscrawl_match": expression},
        human_descriptions=[f"where the article holds “{text}”"],
        extra_context=context,
    )


@hook(tryfirst=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]] | None:
    """Show a reader's mistake on one of our pages; programs get Datasette's response, and so do faults of ours."""
    if isinstance(exception, DatasetteError) and exception.message.startswith("Cannot sort"):
        exception.status = 400  # an unknown column, which Datasette would report as its own fault
    if not isinstance(exception, Base400 | DatasetteError) or request.path.endswith(".json"):
        return None
    message = exception.message if isinstance(exception, DatasetteError) else str(exception)

    async def told() -> Response:
        return await routes.shown(
            datasette, request, "error.html", exception.status, error=message, status_=exception.status
        )

    return told


@hook
def render_cell(
    row: Mapping[str, object], value: object, column: str, table: str | None, database: str
) -> Markup | None:
    """Link an article's title in a table to its page."""
    if database != DATABASE or not value or not isinstance(value, str):
        return None
    if column == "title" and table in _SEARCHED:
        return Markup('<a href="/article/{}">{}</a>').format(row["id"], value)
    if value == "[]":
        return Markup("—")
    if column == "url" and web(value):
        return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(value, value)
    return None
