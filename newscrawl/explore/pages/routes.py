"""The routes of our pages: a function for each address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode

from datasette.utils.asgi import Response

from newscrawl.archive import CHANGES
from newscrawl.errors import ArchiveError, WarcError
from newscrawl.explore import sanitise, words
from newscrawl.explore.pages import article, atom, dashboards, front, raw, search
from newscrawl.explore.reader import ask, remembered
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from newscrawl.archive import Capture, FilterArgs, TitledCapture
    from newscrawl.explore.words import Words

OURS = "newscrawl"  # the name of our pages among Datasette's views
_FEED_DAYS, _FEED_ENTRIES = 30, 100
# With more hits, facets are counted after the page is shown, and counting has a time limit.
_COUNTED_AT_ONCE, _FACET_SECONDS = 3000, 10.0


def words_of(datasette: Datasette, request: Request) -> Words:
    """Return the language in which a request is answered."""
    return words.of_request(request, (datasette.plugin_config("newscrawl") or {}).get("language"))


async def shown(
    datasette: Datasette, request: Request, template: str, status: int = 200, **context: object
) -> Response:
    """Return the response with one of our pages, in the reader's language."""
    told = words_of(datasette, request)
    context |= {"t": told, "switch": words.switch(request, told)}
    body = await datasette.render_template(template, context, request=request, view_name=OURS)
    headers = {"vary": "Accept-Language, Cookie", "content-language": told.tag, **words.cookie(request)}
    return Response.html(body, status=status, headers=headers)


async def _missing(datasette: Datasette, request: Request, what: str, status: int = 404) -> Response:
    return await shown(datasette, request, "missing.html", status, what=words_of(datasette, request)(what))


async def front_page(datasette: Datasette, request: Request) -> Response:
    """`/`: the state of the archive."""
    return await shown(datasette, request, "front.html", state=await remembered(datasette, "state", front.state))


async def search_page(datasette: Datasette, request: Request) -> Response:
    """`/search` and `/search.json`: hits with facets."""
    form = request.url_vars.get("format")
    found = await _found(datasette, _wish(request), whole=form == "json" or "facets" in request.args)
    status = 400 if found.problem else 200
    if form:
        return Response.json(search.as_json(found, words_of(datasette, request)), status=status)
    return await shown(datasette, request, "search.html", status, found=found, wish=found.wish, names=search.FACETS)


def _wish(request: Request) -> search.Wish:
    return search.Wish.of({name: request.args.get(name) or "" for name in request.args})


async def _found(datasette: Datasette, wish: search.Wish, *, whole: bool) -> search.Found:
    try:
        found = await ask(datasette, lambda archive: search.find(archive, wish))
    except ArchiveError as error:
        return search.Found(wish, problem=str(error))
    if found.total <= _COUNTED_AT_ONCE or whole:
        await _count_facets(datasette, found)
    else:
        found.facets = None
    return found


async def _count_facets(datasette: Datasette, found: search.Found) -> None:
    try:
        found.facets = await ask(datasette, lambda archive: search.facets(archive, found), _FACET_SECONDS)
    except ArchiveError:
        found.facets = None


async def facets_page(datasette: Datasette, request: Request) -> Response:
    """`/search/facets`: only the facets, which a page with many hits loads later."""
    found = await _found(datasette, _wish(request), whole=True)
    return await shown(
        datasette, request, "_facets.html", found=found, wish=found.wish, names=search.FACETS, answered=True
    )


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """`/changes.atom` and `/changes.json`: recent changes of articles that pass the search page's filters."""
    wish = _wish(request)
    if wish.problem:
        return Response.text(words_of(datasette, request)(wish.problem, **wish.values), status=400)
    return await _fed(datasette, request, wish.q, {**wish.filters, "words": wish.q or None}, request.url_vars["format"])


async def search_feed(datasette: Datasette, request: Request) -> Response:
    """`/searches/NAME.atom`: recent changes of articles that a saved search finds."""
    name = unquote(request.url_vars["name"])
    known = {saved.name: saved for saved in await ask(datasette, lambda archive: archive.saved_searches())}
    if name not in known:
        return await _missing(datasette, request, "没有这个检索。")
    return await _fed(datasette, request, name, known[name].chosen, request.url_vars["format"])


async def _fed(datasette: Datasette, request: Request, name: str, chosen: FilterArgs, form: str) -> Response:
    """Return a feed of the changes of the last weeks, as Atom or JSON."""
    since = datetime.now(UTC) - timedelta(days=_FEED_DAYS)
    kinds = [kind for kind in request.args.getlist("kind") if kind in CHANGES] or CHANGES
    try:
        rows = await ask(
            datasette,
            lambda archive: list(archive.changes(after=since, kinds=kinds, limit=_FEED_ENTRIES, **chosen)),
        )
    except ArchiveError as error:
        return Response.text(str(error), status=400)
    if form == "json":
        return Response.json([row | {"id": str(row["id"])} for row in rows])
    told = words_of(datasette, request)
    title = told("地方新闻档案") + (told("：") + name if name else "")
    root = datasette.absolute_url(request, "").rstrip("/")
    own = datasette.absolute_url(request, request.full_path)
    text = atom.feed(rows, told, title=title, own=own, root=root)
    return Response(text, content_type="application/atom+xml; charset=utf-8")


async def article_page(datasette: Datasette, request: Request) -> Response:
    """`/article/ID`: an article, with everything known of it."""
    number = int(request.url_vars["article"])
    known = await ask(datasette, lambda archive: article.whole(archive, number)) if _is_id(number) else None
    if known is None:
        return await _missing(datasette, request, "档案中没有这篇文章。")
    return await shown(datasette, request, "article.html", **known)


async def article_by_url(datasette: Datasette, request: Request) -> Response:  # noqa: ARG001  # Datasette passes by name
    """`/article?url=…`: redirect to the page of the article at an address."""
    address = request.args.get("url") or ""
    return Response.redirect(f"/article/{url_id(address)}")


async def raw_page(datasette: Datasette, request: Request) -> Response:
    """`/raw/CAPTURE`: the facts of a capture, with its page in a frame."""
    _, row, problem = await _record(datasette, request)
    if row is None:
        return await _missing(datasette, request, problem or "")
    return await shown(datasette, request, "raw.html", capture=row, problem=problem)


async def raw_content(datasette: Datasette, request: Request) -> Response:
    """`/raw/CAPTURE/page` and `/raw/CAPTURE/source`: the sanitised page, and its HTML as text."""
    read, _, problem = await _record(datasette, request)
    if read is None:
        return await _missing(datasette, request, problem or "")
    headers = {"content-security-policy": sanitise.POLICY}
    if request.url_vars["form"] == "page":
        page = await ask(datasette, lambda _: raw.page_of(read))
        return Response.html(page, headers=headers)
    return Response(raw.text_of(read), headers=headers, content_type="text/plain; charset=utf-8")


async def _record(datasette: Datasette, request: Request) -> tuple[Capture | None, TitledCapture | None, str | None]:
    """Return a capture's record, its row, and an error if either is missing."""
    number = int(request.url_vars["capture"])
    row = await ask(datasette, lambda archive: archive.pages.capture(number)) if _is_id(number) else None
    if row is None:
        return None, None, "档案中没有这次抓取。"
    try:
        return await ask(datasette, lambda archive: raw.record(archive, row)), row, None
    except WarcError as error:
        return None, row, str(error)


async def dashboard_page(datasette: Datasette, request: Request) -> Response:
    """`/dashboards/NAME`: a chart and its numbers; `/dashboards` redirects to the first."""
    name = request.url_vars.get("name")
    if name is None:
        return Response.redirect("/dashboards/articles_a_day")
    if name not in dashboards.TITLES:
        return await _missing(datasette, request, "没有这张图。")
    drawn = await dashboards.draw(datasette, name, words_of(datasette, request), request.args.get("range") or "")
    return await shown(
        datasette,
        request,
        "dashboard.html",
        drawn=drawn,
        figure=dashboards.TITLES[name],
        figures=dashboards.TITLES,
        ranges=dashboards.RANGES,
    )


async def removed_search(request: Request) -> Response:
    """`/-/search`: the address of the search in Datasette's plugins; redirect to ours."""
    return Response.redirect("/search?" + urlencode({"q": request.args.get("q") or ""}))


def _is_id(number: int) -> bool:
    return -(2**63) <= number < 2**63


ROUTES: list[tuple[str, Callable[..., Awaitable[Response]]]] = [
    (r"^/$", front_page),
    (r"^/search(\.(?P<format>json))?$", search_page),
    (r"^/search/facets$", facets_page),
    (r"^/-/search$", removed_search),
    (r"^/changes\.(?P<format>atom|json)$", changes_feed),
    (r"^/searches/(?P<name>[^/]+)\.(?P<format>atom|json)$", search_feed),
    (r"^/article$", article_by_url),
    (r"^/article/(?P<article>-?\d{1,19})$", article_page),
    (r"^/raw/(?P<capture>-?\d{1,19})$", raw_page),
    (r"^/raw/(?P<capture>-?\d{1,19})/(?P<form>page|source)$", raw_content),
    (r"^/dashboards(/(?P<name>[a-z_]+))?$", dashboard_page),
]
