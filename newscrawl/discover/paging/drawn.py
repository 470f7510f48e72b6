"""Read pagers that a script renders (totals, functions, forms), or guess the next page's address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from newscrawl.discover.data.hidden import clicked, first_words, page_script
from newscrawl.discover.data.rows import is_address
from newscrawl.discover.lead import FORM, NEXT_LIST, NEXT_SCRIPT, NEXT_TRIED, Lead
from newscrawl.discover.paging.pager import NEXT, numbered, numbered_address, says
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.script import fill_all, holes
from newscrawl.urls import absolute, canonical, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.discover.paging.pager import Saying
    from newscrawl.extract.page.document import Document

MOST_PAGES = 100_000  # a larger number in a script is not believed
MOST_TRIED = 500  # most page numbers guessed for one list
MOST_OFFERED = 2_000  # most options of one select
MOST_HINTS = 100  # most boxes of a page that are examined
MOST_CLICKABLE = 20_000  # most elements of a page that are examined
MOST_WORDS = 300  # most occurrences of 页 that are examined
FEWEST_ROWS = 5  # no next page is guessed for a list with fewer links
_TOTALS = (
    "totalpage", "totalpages", "pagetotal", "countpage", "pagecount", "pagescount", "totalpagecount", "pages",
    "maxpage",
    "pagenumber", "total_page", "total_pages", "page_count", "page_total", "pagesum", "allpage", "allpages", "endpage",
    "lastpage", "nmaxpage",
)  # fmt: skip
_ROWS = (
    "totalcount",
    "recordcount",
    "totalrecord",
    "totalrows",
    "total",
    "count",
    "totaldata",
    "totalnum",
    "rowcount",
    "itemcount",
)
_SIZES = ("pagesize", "perpage", "limit", "size", "rows", "page_size", "per_page", "num", "prepage")
_CURRENTS = (
    "currentpage", "curpage", "currpage", "pageindex", "pageno", "curr", "current", "nowpage", "thispage", "pagenum",
    "page", "currentpageindex", "page_index",
)  # fmt: skip
_NAMES = ("pagename", "filename", "pagefile", "listname", "pageprefix", "prefix", "pagefilename", "urlprefix",
          "baseurl", "pageurl", "listurl", "basename", "staticname")  # fmt: skip
_EXTENSIONS = ("pageext", "ext", "suffix", "fileext", "extname", "postfix", "extension", "pagesuffix", "filesuffix")
_DATA_TOTALS = re.compile(
    r"data-(?:total|max|all|last)?-?_?pages?(?:-?_?(?:count|total|num|s))?|data-total|data-page-?count", re.IGNORECASE
)
_DATA_CURRENTS = re.compile(r"data-(?:curr?(?:ent)?|now)-?_?(?:page)?|data-page-?(?:no|num|index)", re.IGNORECASE)
_PAGE_HOLE = re.compile(
    r".*(?:page|curr?|index|num|pno|value|idx)\w*(?:\[\])?(?:\s*[-+]\s*\d+)?|[\w.]*\b(?:i|n|p|k|x|no|pn|arg|id)(?:\s*[-+]\s*\d+)?",
    re.IGNORECASE,
)
_SHOWN_TOTAL = re.compile(
    r"共\s*(\d{1,5})\s*页|(?<![\d/])\d{1,4}\s*/\s*(\d{1,5})\s*页|第\s*\d{1,4}\s*/\s*(\d{1,5})\s*页"
)
_SHOWN_CURRENT = re.compile(r"第\s*(\d{1,4})\s*(?:页|/\s*\d{1,5}\s*页)|(?<![\d/])(\d{1,4})\s*/\s*\d{1,5}\s*页")
_HINT = re.compile(
    r"(?<![\w-])(?:pages?|pagers?|pagination|paginate|paging|page[-_]?(?:nav|bar|box|num|no|link|links|div|wrap|con|list|turn|css)|fenye|fanye"
    r"|turnpage|pagenav|laypage|listpage|list[-_]page|page\d?|m-style|yema|load-?more|get-?more|more-?btn|btn-?more)(?![\w-])",
    re.IGNORECASE,
)
_HINT_WORDS = re.compile(r"[\s\d<>«»‹›|/.…\[\]首上下前后一末尾页加载更多共条第到跳转]*")
_PAGER_FILE = re.compile(r"page|pager|paging|fenye|fanye", re.IGNORECASE)
_POSTBACK = re.compile(r"__doPostBack\(\s*\\?['\"]([^'\"]*)\\?['\"]\s*,\s*\\?['\"]([^'\"]*)\\?['\"]")
_CLICKABLE = (
    "//*[@onclick or starts-with(@href, 'javascript:') or starts-with(@href, '#') or @*[starts-with(name(), 'data-')]]"
)
_DYNAMIC = re.compile(r"\.(?:php|jsp|aspx?|do|action|jhtml)$|/[^./]*$", re.IGNORECASE)


@dataclass(slots=True)
class Drawn:
    """The facts of a page's pager.

    Attributes:
        total: how many pages there are.
        current: this page's number, as script or text count.
        name: the file name of the list's pages, without number and extension.
        extension: without dot.
        templates: addresses of pages with a placeholder for the number.
    """

    total: int | None = None
    current: int | None = None
    name: str = ""
    extension: str = ""
    templates: list[str] = field(default_factory=list)


def drawn_pages(document: Document) -> list[Lead]:
    """Return the possible next pages of a list whose pager has no anchors, likeliest first; [] on its last page."""
    stepped = _stepped(document)
    if stepped:
        return stepped
    pager = _read(document)
    own = numbered(document.url)[0]
    shown = pager.current or own.number or 1
    if pager.total is not None and (pager.total <= 1 or shown >= pager.total):
        return []
    told = pager.total is not None or bool(pager.name)
    if pager.templates and (told or _hinted(document)):
        following = (own.number if own.number is not None and pager.current is None else shown) + 1
        for template in pager.templates:
            if url := _page_of(document, fill_all(template, str(following))):
                return [_lead(url, NEXT_SCRIPT)]
    if not told and not _hinted(document):
        return []
    if own.number is not None and own.number >= MOST_TRIED:
        return []
    urls = (_page_of(document, address) for address in _guesses(document, pager))
    return [_lead(url, NEXT_TRIED) for url in dict.fromkeys(filter(None, urls))]


def _lead(url: str, why: str) -> Lead:
    return Lead(url, "list", None, NEXT_LIST, why)


def _page_of(document: Document, address: str) -> str:
    """Return the absolute address of a further page of this list; "" if it is none, or this page."""
    url = absolute(address, document.base_url, document.decoded.charset)
    same = host_of(url) == host_of(document.url) and canonical(url) != canonical(document.url)
    return url if same and is_address(address) and not holes(address) else ""


# --- Targets of clicks


def _stepped(document: Document) -> list[Lead]:
    """Return the target of 下一页, or of the number after this page's, if a script handles the click."""
    numbers: dict[int, HtmlElement] = {}
    current = _current(document)
    for element, saying in _clickable(document):
        if saying.step == NEXT and (lead := _behind(document, element)):
            return [lead]
        if saying.number is not None:
            numbers.setdefault(saying.number, element)
    following = numbers.get(current + 1)
    lead = _behind(document, following) if following is not None else None
    return [lead] if lead else []


def _clickable(document: Document) -> Iterator[tuple[HtmlElement, Saying]]:
    """Yield elements with a page number or 下一页 as text, whose click a script handles."""
    for element in document.root.xpath(_CLICKABLE)[:MOST_CLICKABLE]:
        words = first_words(element, 20) or element.get("value") or element.get("title") or ""
        picture = next(element.iter("img"), None) if not words else None
        if picture is not None:
            words = picture.get("alt") or picture.get("title") or ""
        if len(words) <= 14 and (saying := says(words.strip())):
            yield element, saying


def _behind(document: Document, element: HtmlElement) -> Lead | None:
    """Return the page that a click on an element opens."""
    handlers = [
        value
        for name, value in element.items()
        if name.lower().startswith("on") or value.lower().startswith("javascript:")
    ]
    for handler in handlers:
        if match := _POSTBACK.search(handler):
            return _postback(document, element, match[1], match[2])
        for address in clicked(handler.removeprefix("javascript:"), page_script(document)):
            if url := _page_of(document, address):
                return _lead(url, NEXT_SCRIPT)
    for name, value in element.items():
        if name.lower().startswith("data-") and is_address(value) and (url := _page_of(document, value)):
            return _lead(url, NEXT_SCRIPT)
    number = next(
        (
            int(value)
            for name, value in element.items()
            if "page" in name.lower() and value.isdigit() and len(value) < 6
        ),
        None,
    )
    if number is None:
        number = next(
            (int(found) for handler in handlers for found in re.findall(r"\(\s*['\"]?(\d{1,5})['\"]?\s*\)", handler)),
            None,
        )
    if number is None:
        return None
    for template in _read(document).templates:
        if url := _page_of(document, fill_all(template, str(number))):
            return _lead(url, NEXT_SCRIPT)
    return None


def _postback(document: Document, element: HtmlElement, target: str, argument: str) -> Lead | None:
    """Return the form that ASP.NET's `__doPostBack` sends, with the name of the clicked element."""
    form = next(element.iterancestors("form"), None)
    form = form if form is not None else next(document.root.iter("form"), None)
    if form is None:
        return None
    fields = {
        field.get("name"): field.get("value") or ""
        for field in form.iter("input")
        if field.get("name") and (field.get("type") or "text").lower() in {"hidden", "text"}
    }
    fields |= {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    charset = document.decoded.charset
    body = urlencode(fields, encoding=charset if charset.startswith(("gb", "big5")) else "utf-8", errors="replace")
    url = absolute(form.get("action") or "", document.base_url, charset) or document.url
    return Lead(url, "list", None, NEXT_LIST, NEXT_SCRIPT, "POST", body, FORM)


# --- Facts of a page's pager


def _read(document: Document) -> Drawn:
    return read_drawn(document)


@analysis
def read_drawn(document: Document) -> Drawn:
    """Read the facts of a pager from variables, objects, attributes and text."""
    script = page_script(document)
    values = {name.lower(): value for name, value in script.assigned.items()}
    attributes = {name.lower(): value for name, value in _attributes(document)}
    found = Drawn(current=_first(values, _CURRENTS), templates=_templates(document))
    found.total = _first(values, _TOTALS) or _of_rows(values) or _chosen(document) or _shown(document, _SHOWN_TOTAL)
    for name, value in attributes.items():
        if found.total is None and _DATA_TOTALS.fullmatch(name) and value.isdigit():
            found.total = int(value)
        if found.current is None and _DATA_CURRENTS.fullmatch(name) and value.isdigit():
            found.current = int(value)
        if (
            "{" in value
            and is_address(address := re.sub(r"\{[^{}]*\}", "1", value))
            and "page" in value.lower() + address
        ):
            found.templates.append(re.sub(r"\{([^{}]*)\}", "\ue000\\1\ue001", value))
    if found.current is None:
        found.current = _shown(document, _SHOWN_CURRENT)
    if found.current == 0 and numbered(document.url)[0].number is None:
        found.current = None  # the script counts from 0, which does not show how its addresses count
    found.name = next((values[name] for name in _NAMES if _is_name(values.get(name, ""))), "")
    found.extension = next((values[name].lstrip(".") for name in _EXTENSIONS if values.get(name)), "")
    if found.total is not None and not 0 < found.total <= MOST_PAGES:
        found.total = None
    return found


def _current(document: Document) -> int:
    """Return this page's number by its address or its script, else 1."""
    return _read(document).current or numbered(document.url)[0].number or 1


def _first(values: dict[str, str], names: tuple[str, ...]) -> int | None:
    return next((int(values[name]) for name in names if values.get(name, "").isdigit() and len(values[name]) < 7), None)


def _of_rows(values: dict[str, str]) -> int | None:
    """Return the number of pages, from the number of entries and of entries on a page."""
    rows, size = _first(values, _ROWS), _first(values, _SIZES)
    if rows is None or not size:
        return (
            rows
            if rows is not None and rows < 200 and any(name in values for name in ("curr", "current", "currentpage"))
            else None
        )
    return -(-rows // size)


def _chosen(document: Document) -> int | None:
    """Return the number of pages, from a `<select>` that offers all of them, counted from 1."""
    for select in document.root.iter("select"):
        offered = [(option.get("value") or "").strip() for option in islice(select.iter("option"), MOST_OFFERED)]
        if len(offered) > 1 and offered == [str(number) for number in range(1, len(offered) + 1)]:
            return len(offered)
    return None


def _shown(document: Document, pattern: re.Pattern[str]) -> int | None:
    """Return a number that the page's text gives beside a 页."""
    text = document.decoded.text
    at = text.find("页")
    for _ in range(MOST_WORDS):
        if at < 0:
            return None
        if match := pattern.search(text, max(at - 24, 0), at + 1):
            return int(next(group for group in match.groups() if group))
        at = text.find("页", at + 1)
    return None


def _attributes(document: Document) -> Iterator[tuple[str, str]]:
    for value in document.root.xpath("//@*[starts-with(name(), 'data-') or name() = 'total' or name() = 'url']"):
        yield str(value.attrname), str(value).strip()


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[\w./:-]{1,120}", text) is not None and not text.isdigit()


def _templates(document: Document) -> list[str]:
    """Return addresses that the page's scripts build from a page number."""
    script = page_script(document)
    found = []
    for text, function in (*script.moves, *script.texts):
        spared = {
            hole: script.assigned[hole]
            for hole in holes(text)
            if hole in script.assigned and not _PAGE_HOLE.fullmatch(hole)
        }
        for hole, value in spared.items():
            text = text.replace(f"\ue000{hole}\ue001", value)  # noqa: PLW2901
        named = holes(text)
        if len(named) == 1 and "<" not in text and _PAGE_HOLE.fullmatch(named[0]) and is_address(fill_all(text, "2")):
            numbers = [reading.number for reading in numbered(absolute(fill_all(text, "7"), document.base_url))]
            if any(number is not None and 5 <= number <= 9 for number in numbers) or "page" in function.lower():
                found.append(text)
    return found


# --- Guessed addresses


def _hinted(document: Document) -> bool:
    """Return whether a page has a box for a pager, or loads a script with such a name."""
    if sum(1 for _ in islice(document.root.iter("a"), FEWEST_ROWS)) < FEWEST_ROWS:
        return False
    marked = (
        element
        for element in document.root.iter("div", "ul", "span", "nav", "p", "td", "a", "button")
        if _HINT.search(f"{element.get('id') or ''} {element.get('class') or ''}")
    )
    if any(_HINT_WORDS.fullmatch(first_words(element, 200)) for element in islice(marked, MOST_HINTS)):
        return True
    return any(
        _PAGER_FILE.search((script.get("src") or "").rpartition("/")[2]) for script in document.root.iter("script")
    )


def _guesses(document: Document, pager: Drawn) -> Iterator[str]:
    """Yield possible addresses of the next page, in the forms of common CMSs."""
    own = numbered(document.url)[0]
    if own.number is not None:
        following = own.number + 1
        if own.form == "query":
            yield re.sub(rf"(?<==){own.number}(?=&|$|\D*$)", str(following), document.url, count=1)
        else:
            yield numbered_address(own.stem, following, own.width, own.separator)
        return
    stem, mark, query = document.url.partition("?")
    if mark or (_DYNAMIC.search(stem) and not pager.name and not stem.endswith("/")):
        yield f"{stem}?{query + '&' if query else ''}page=2"
        return
    folder, _, name = stem.rpartition("/")
    extension = (
        pager.extension or name.rpartition(".")[2] if "." in name or pager.extension else _usual_extension(document)
    )
    head = pager.name or name.rpartition(".")[0] or "index"
    for number in (1, 2):
        yield f"{'' if '/' in head else folder + '/'}{head}_{number}.{extension}"
    if not name and pager.total is not None:
        yield f"{stem}?page=2"


def _usual_extension(document: Document) -> str:
    """Return the most frequent file extension among the page's links to its own site."""
    counts: dict[str, int] = {}
    for anchor in document.root.iter("a"):
        if match := re.search(r"\.(s?html?)(?:$|[?#])", anchor.get("href") or ""):
            counts[match[1]] = counts.get(match[1], 0) + 1
    return max(counts, key=counts.__getitem__, default="html")
