"""Find list rows in data: objects of scripts and JSON with a headline and an address or id."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.page.script import OPEN, Group, fill, holes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newscrawl.text import Json

MOST_ROWS = 20_000  # most rows of one page or response
_DEEPEST = 40
_ADDRESS = re.compile(
    r"(?:https?:)?(?://|\\\\)[^\s\"'<>{}\[\]|^`]{4,}"
    r"|(?:\.{1,2}[/\\])*[/\\]?[^\s\"'<>{}\[\]|^`:;,*$+()]*\.(?:s?html?|xhtml|jsp|php|aspx?|do|json|xml|jhtml)(?:[?#][^\s\"'<>]*)?"
    r"|\.{0,2}[/\\](?![/*\\])[^\s\"'<>{}\[\]|^`:;,*$()]+|\?[\w.]+=[^\s\"'<>]*",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg|ico|mp[34]|m3u8|css|js)(?:[?#]|$)", re.IGNORECASE)
_PICTURE_KEY = re.compile(
    r"img|image|pic|thumb|cover|logo|icon|avatar|video|audio|poster|photo|banner|share|api|file|attach|qr|source_?url|origin"
)
_ADDRESS_KEYS = (
    "url", "href", "link", "linkurl", "link_url", "publishurl", "docpuburl", "pc_url", "pcurl", "post_url", "weburl",
    "web_url", "pageurl", "page_url", "htmlurl", "html_url", "articleurl", "article_url", "newsurl", "contenturl",
    "detailurl", "detail_url", "docurl", "loc", "jumpurl", "path", "address",
)  # fmt: skip
_TITLE_KEYS = (
    "title", "showtitle", "maintitle", "doctitle", "articletitle", "newstitle", "headline", "subject", "name", "topic",
    "caption", "text", "t",
)  # fmt: skip
_ID = re.compile(r"(?:\w*[a-z_])?(?:id|uuid|guid|sn|no|slug|code)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_JSONP = re.compile(r"^[\s;/*]*[\w$.\[\]'\"]{0,80}\s*(?:=|\()\s*(?=[\[{])")


class Row(NamedTuple):
    """An entry of a list as data.

    Args:
        address: as printed, "" if the row has none.
        title: its headline, "" if it has none.
        fields: all its plain values by key in lower case, from which an address can be built.
    """

    address: str
    title: str
    fields: dict[str, str]


def is_address(text: str) -> bool:
    """Return whether a text is the address of a page or of data, but not of a picture."""
    return (
        3 <= len(text) <= 500
        and OPEN not in text
        and _ADDRESS.fullmatch(text) is not None
        and not _PICTURE.search(text)
    )


def load(text: str) -> Json:
    """Parse JSON, also within the call or assignment of JSONP; None if it is no JSON."""
    text = text.strip("\ufeff \t\r\n;")
    if called := _JSONP.match(text):
        start = called.end()
        text = text[start : max(text.rfind("}"), text.rfind("]")) + 1]
    try:
        data: Json = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return data


def rows_of_data(data: Json) -> list[Row]:
    """Return the rows of parsed JSON, in order; at most `MOST_ROWS`."""
    found: list[Row] = []
    stack: list[tuple[Json, int]] = [(data, 0)]
    visited = 0
    while stack and visited < MOST_ROWS * 5 and len(found) < MOST_ROWS:
        value, depth = stack.pop()
        visited += 1
        if isinstance(value, dict):
            plain = {str(key).lower(): str(item) for key, item in value.items() if isinstance(item, str | int)}
            if row := row_of(plain):
                found.append(row)
            inner: list[Json] = list(value.values())
        elif isinstance(value, list):
            texts = [item for item in value if isinstance(item, str)]
            if len(texts) >= 2 and (row := row_of(dict(zip(map(str, range(len(texts))), texts, strict=True)))):
                found.append(row)
            inner = value
        else:
            continue
        if depth < _DEEPEST:
            stack.extend((item, depth + 1) for item in reversed(inner) if isinstance(item, dict | list))
    return found


def markup_of_data(data: Json) -> Iterator[str]:
    """Return the strings of parsed JSON that are markup with links."""
    stack = [data]
    for _ in range(MOST_ROWS):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, str):
            if "<a " in value or "<A " in value:
                yield value
        elif isinstance(value, dict | list):
            stack.extend(value.values() if isinstance(value, dict) else value)


def rows_of_groups(groups: Iterable[Group]) -> list[Row]:
    """Return the rows among a script's objects, arrays and calls."""
    found = []
    for group in groups:
        fields = {key.lower(): value for key, value in group.fields.items() if isinstance(value, str)}
        fields |= {str(number): value for number, value in enumerate(group.values) if isinstance(value, str)}
        fields = {key: value for key, value in fields.items() if not holes(value)}
        if len(fields) >= 2 and (row := row_of(fields)):
            found.append(row)
            if len(found) >= MOST_ROWS:
                break
    return found


def filled(row: Row, templates: Iterable[str]) -> str:
    """Return a row's address: its own, else the first template whose placeholders its fields can fill."""
    if row.address:
        return row.address
    for template in templates:
        values = {hole: row.fields.get(hole.rpartition(".")[2].lower(), "") for hole in holes(template)}
        lone = [hole for hole, value in values.items() if not value]
        if len(lone) == 1 and (own := _own_id(row)) and len(values) == 1:
            values[lone[0]] = own
        if all(values.values()):
            return fill(template, values)
    return ""


def _own_id(row: Row) -> str:
    """Return the value that is most likely the row's id."""
    for name in ("id", "contentid", "articleid", "newsid", "docid", "nid", "aid", "infoid", "uuid", "guid"):
        if value := row.fields.get(name):
            return value
    return next((value for key, value in row.fields.items() if _ID.fullmatch(key) and value), "")


def row_of(fields: dict[str, str]) -> Row | None:
    """Make a row of an object's plain values, by key in lower case; None if they are no row."""
    address = next((fields[key] for key in _ADDRESS_KEYS if is_address(fields.get(key, "").strip())), "")
    if not address:
        others = [
            value
            for key, value in fields.items()
            if is_address(value.strip()) and not _PICTURE_KEY.search(key) and ("/" in value or "." in value)
        ]
        address = max(others, key=lambda value: sum(map(str.isdigit, value)), default="")
    title = next((fields[key] for key in _TITLE_KEYS if fields.get(key, "").strip()), "")
    if not title:
        spoken = (value for value in fields.values() if value != address and len(_HAN.findall(value)) >= 4)
        title = max(spoken, key=len, default="")
    if not address and not (title and any(map(_ID.fullmatch, fields))):
        return None
    return Row(address.strip(), " ".join(re.sub(r"<[^>]*>", "", title).split()), fields)
