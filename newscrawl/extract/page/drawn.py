"""The article in the data of a page that a program draws: put where the reader sees it, before the page is read.

County media, self-media and many new portals send an empty frame with the article as data in a script
(`__NEXT_DATA__`, `__NUXT__`, `window.name = {…}`); WeChat's posts of pictures or of a short text have no headline or
story of their own either. Put into the page as a headline, a byline and a story, both are read like any other.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml.html import fragment_fromstring

from newscrawl.extract.page.parse import parse
from newscrawl.extract.page.script import OPEN, Group, fill, read_script, unescaped
from newscrawl.text import fold, han

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.script import Script

# Names of an article's values, without case, `-` and `_`; the first that is there counts.
_TITLE = ("title", "newstitle", "articletitle", "contenttitle", "doctitle", "infotitle", "headline")
_TIME = (
    *("publishtime", "publishedtime", "publishedat", "publishdate", "publisheddate", "publishat", "pubtime", "pubdate"),
    *("ptime", "newstime", "releasetime", "releasedate", "issuetime", "datepublished", "displaytime", "showtime"),
    *("publish", "published", "createtime", "createdat", "createdtime", "ctime", "time", "date"),
)
_BYLINE = {
    "来源": ("sourcename", "newssource", "source", "copyfrom", "medianame", "originname", "origin", "docsource"),
    "作者": ("authorname", "author", "authors", "writer", "reporter", "journalist"),
    "责任编辑": ("editorname", "editor", "editors", "dutyeditor", "responsibleeditor"),
}
_PICTURE = ("url", "src", "img", "image", "pic", "imgurl", "imageurl", "picurl")
_TEXT = ("text", "content", "html", "value", "data")
_MARKUP = re.compile(r"<(?:p|br|div|section|img|span)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"。|\\u3002|%E3%80%82", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_FEWEST = 60  # Chinese characters below which a text is no story
_FEWEST_WITHOUT_SCRIPT = 100  # Chinese characters of a story in `<noscript>`
_MOST_SHOWN = 300  # Chinese characters outside scripts: a page that shows more is read as it is
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 160
_SHORTEST_ID = 4
_QUOTED = re.compile(r"\s*(?:[{\[]|%7B|%5B)", re.IGNORECASE)
_MOST_QUOTED = 5
_NOTHING = frozenset(("null", "undefined", "void", "0"))
_LONGEST_VALUE = 40
_MOST_INSIDE = 2  # objects around an article's text: {title, body: {html}}


# The variables of WeChat's posts of pictures or of a short text, and what their scripts fill with them
_STRING = r"""\s*[=:]\s*(?:JsDecode\()?(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)')"""
_POST_TITLE, _POST_TEXT = re.compile(f"msg_title{_STRING}"), re.compile(f"content_noencode{_STRING}")
_POST_PICTURES, _POST_ADDRESS = "picture_page_info_list", re.compile(f"cdn_url{_STRING}")
_LONGEST_SENTENCE = 40  # characters of a first sentence that stands for a missing title
_POST = "js_content", "activity-name"


class _Record(NamedTuple):
    """An article in a page's data: its values, its story as markup, and whether it is one of several."""

    group: Group
    arguments: dict[str, str]
    title: str
    time: str
    story: str
    listed: bool


def draw(root: HtmlElement, url: str) -> None:
    """Put the article that a page's scripts hold into its tree, as the first thing in its body.

    Nothing is done where the page shows a story of its own, where its data hold none, and where they hold several and
    nothing says which is the page's: its title, or the number in its address.
    """
    _show_noscript(root)
    texts = [text for script in root.iter("script") if (text := script.text)]
    if posts := [text for text in texts if "msg_title" in text]:
        _post(root, "\n".join(posts))
    scripts, body = [text for text in texts if _SENTENCE.search(text)], root.find("body")
    if not scripts or body is None or any(shown > _MOST_SHOWN for shown in accumulate(map(han, _shown(body)))):
        return
    records = [record for script in scripts for record in _records(script)]
    claims = fold("".join(_claims(root)))
    path = url.partition("://")[2].partition("/")[2]
    known = [record for record in records if fold(record.title) in claims] or [
        record for record in records if any(_identifies(value, path) for value in record.group.fields.values())
    ]
    alone = known or [record for record in records if not record.listed]
    if alone and len({record.title for record in alone}) == 1:
        article = parse(_markup(max(alone, key=lambda record: len(record.story)))).find(".//article")
        if article is not None:
            body.insert(0, article)


def _show_noscript(root: HtmlElement) -> None:
    """Show a `<noscript>` that holds the page's story: on a page that shows no other, it is more than a hint."""
    told = [element for element in root.iter("noscript") if han(element.text_content()) >= _FEWEST_WITHOUT_SCRIPT]
    body = root.find("body")
    if told and body is not None and sum(han(text) for text in _shown(body) if "。" in text) <= _MOST_SHOWN:
        for element in told:
            if "。" in element.text_content():
                element.tag = "div"


def _shown(body: HtmlElement) -> Iterator[str]:
    """Give the texts of a page outside scripts and style sheets."""
    for element in body.iter():
        if element.tag not in _UNSEEN and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def _claims(root: HtmlElement) -> Iterator[str]:
    """Return the texts of `<title>` and the metas."""
    for element in root.iter("title", "meta"):
        yield (element.text or "") + (element.get("content") or "")


def _records(source: str) -> Iterator[_Record]:
    """Give a script's objects with a title, a time and a story; one without a time tells of the site."""
    script = read_script(source)
    quoted = [text for text, _ in script.texts if _QUOTED.match(text) and _SENTENCE.search(text)]
    for text in quoted[:_MOST_QUOTED]:  # JSON.parse('{…}'), decodeURIComponent('%7B…')
        yield from _records(unquote(text) if text.startswith("%") else text)
    arguments = _arguments(script)
    listed: set[int] = set()
    for group in reversed(script.groups):  # outer ones first
        inner = [value for value in (*group.values, *group.fields.values()) if isinstance(value, Group)]
        if id(group) in listed or (group.kind == "[" and len(inner) > 1):
            listed.update(map(id, inner))
        if group.kind != "{":
            continue
        title, time = _named(group, _TITLE, arguments), _named(group, _TIME, arguments, inside=True)
        if time and _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE and (story := _story(group, _MOST_INSIDE)):
            yield _Record(group, arguments, title, time, story, id(group) in listed)


def _arguments(script: Script) -> dict[str, str]:
    """What Nuxt calls a function with, by the names that the data have instead: `(function(a,b){…}('雪','融媒'))`."""
    names = script.functions.get("", [])
    calls = (group.values for group in script.groups if group.kind == "(" and not group.call)
    values = next((values for values in calls if len(values) == len(names)), [])
    return {name: value for name, value in zip(names, values, strict=False) if isinstance(value, str)}


def _story(value: str | Group, depth: int) -> str:
    """The longest text with sentences in an object, as markup: one of its strings, or a list of blocks."""
    if isinstance(value, str):
        return _paragraphs(value) if "。" in value and han(value) >= _FEWEST else ""
    if value.kind == "[":
        blocks = "".join(map(_block, value.values))
        return blocks if "。" in blocks and han(blocks) >= _FEWEST else ""
    inside = [
        item
        for item in value.fields.values()
        if isinstance(item, str) or item.kind == "[" or (depth and not _named(item, _TITLE))
    ]
    return max((_story(item, depth - 1) for item in inside), key=han, default="")


def _block(value: str | Group) -> str:
    """A block of a story that is a list of them: a paragraph, or a picture; nothing for one with a title of its own."""
    if isinstance(value, str):
        return _paragraphs(value)
    text = _named(value, _TEXT)
    if _named(value, _TITLE) and len(text) >= _FEWEST:
        return ""
    picture = next((url for name in _PICTURE if "/" in (url := _named(value, (name,)))), "")
    return (f'<p><img src="{escape(picture)}"></p>' if picture else "") + _paragraphs(text)


def _paragraphs(text: str) -> str:
    """A text as markup: its own, which may be escaped once more than a script needs, or a paragraph a line."""
    if not _MARKUP.search(text):
        text = unescape(text)
    if _MARKUP.search(text) or not text:
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _markup(record: _Record) -> str:
    """The article as a page would show it."""
    title, time = escape(unescape(record.title)), escape(record.time)
    byline = [f'<time datetime="{time}">{"" if time.isdigit() else time}</time>'] + [
        f"<span>{label}：{escape(unescape(value))}</span>"
        for label, names in _BYLINE.items()
        if (value := _named(record.group, names, record.arguments, inside=True)) and len(value) <= _LONGEST_VALUE
    ]
    head = f'<meta name="ArticleTitle" content="{title}"><h1>{title}</h1>'  # <title> may name only the site
    return f"<article>{head}<p>{' '.join(byline)}</p><div>{record.story}</div></article>"


def _named(
    group: Group, names: tuple[str, ...], arguments: dict[str, str] | None = None, *, inside: bool = False
) -> str:
    """The first text with one of some names in an object, or in one right inside it; empty where there is none.

    A list of names, and objects with a name, are texts as well.
    """
    fields = {name.replace("_", "").replace("-", "").lower(): value for name, value in group.fields.items()}
    for name in names:
        value = fields.get(name, "")
        items = [value] if isinstance(value, str) or value.kind == "{" else value.values
        texts = [fill(item, arguments or {}) if isinstance(item, str) else _named(item, ("name",)) for item in items]
        if text := " ".join(text.strip() for text in texts if OPEN not in text and text not in _NOTHING).strip():
            return text
    inner = [value for value in fields.values() if isinstance(value, Group) and value.kind == "{"] if inside else ()
    return next(
        (text for value in inner if not _named(value, _TITLE) and (text := _named(value, names, arguments))), ""
    )


def _identifies(value: str | Group, path: str) -> bool:
    """Whether a value is a number or key that stands in the page's address."""
    return isinstance(value, str) and len(value) >= _SHORTEST_ID and value.isalnum() and value in path


def _post(root: HtmlElement, script: str) -> None:
    """Fill in headline and content of a WeChat post whose own elements for them are empty."""
    content, headline = (root.find(f".//*[@id='{name}']") for name in _POST)
    if content is None or headline is None or len(content) or (content.text or "").strip():
        return
    text = _quoted(_POST_TEXT, script)
    pictures = [_value(match) for match in _POST_ADDRESS.finditer(script.partition(_POST_PICTURES)[2])]
    for line in filter(None, map(str.strip, text.split("\n"))):
        paragraph = content.makeelement("p")
        paragraph.text = line
        content.append(paragraph)
    content.extend(fragment_fromstring("<img>") for _ in pictures)
    for element, address in zip(content.iter("img"), pictures, strict=True):
        element.set("src", address)
    if not (headline.text or "").strip():
        headline.text = _quoted(_POST_TITLE, script) or re.split("[。！？\n]", text)[0][:_LONGEST_SENTENCE]


def _quoted(pattern: re.Pattern[str], script: str) -> str:
    return _value(match) if (match := pattern.search(script)) else ""


def _value(match: re.Match[str]) -> str:
    r"""Decode a string of a script: `\x26amp;` is `&`."""
    return unescape(unescaped(match[1] or match[2] or ""))
