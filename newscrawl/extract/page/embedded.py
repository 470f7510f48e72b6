"""Stories that stand in a page's scripts: HTML in a string or a template, a JSON document, a gallery's captions.

Self-media and gallery pages ship the text with the page and let a script show it, so it is in the HTML all the same.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.script import unescaped
from newscrawl.text import Json, han, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk

_LITERAL = re.compile(r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"' + r"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)'")
_LONGEST_SCRIPT = 3_000_000  # characters looked through, so that no page takes more than a moment
_MARKUP = re.compile(r"<(?:p|br|div|section|img)\b[^>]*>", re.IGNORECASE)
_CAPTION_KEYS = ("note", "caption", "desc", "description", "abstract", "intro", "text", "content", "summary")
_PICTURE_KEYS = ("url", "oimg", "img", "image", "src", "pic", "picurl", "img_url", "image_url", "original")
# An entry with one of these is another article, not a picture of this one.
_ARTICLE_KEYS = frozenset(
    ("group_id", "article_id", "docid", "source_url", "article_url", "comments_count", "publish_time")
)
_ROW = re.compile(r"[0-9a-f]{1,4}:(?:T[0-9a-f]{1,6},|(?=[\[{]))")
_FEWEST = 60  # Chinese characters below which a string is no story


@dataclass(slots=True)
class Embedded:
    """A story found in a script: either as markup, or as lines with pictures of their own."""

    markup: str | None = None
    lines: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many Chinese characters it has."""
        return han(self.markup) if self.markup else sum(map(han, self.lines))


@analysis
def embedded(document: Document) -> Embedded | None:
    """The longest story in the page's scripts, None where they hold none."""
    found = [_plain(text) for text in document.jsonld_values("articleBody") if isinstance(text, str)]
    page = walk(document)
    for element in page.noted["textarea"] + page.noted["script"]:  # markup a script is to put in place
        found.extend(_stories(element.text) if (element.text or "").lstrip()[:1] == "<" else ())
    for script in _speaking(page):
        for match in _LITERAL.finditer(script):
            literal = match[1] or match[2] or ""
            if len(literal) > _FEWEST and ("。" in literal or "\\u3002" in literal.lower()):
                found.extend(_stories(unescaped(literal)))
    best = max(found, key=lambda story: story.length, default=None)
    return best if best and best.length >= _FEWEST else None


def _speaking(page: Walk) -> Iterator[str]:
    """The scripts with Chinese sentences in them, as far as there is room."""
    room = _LONGEST_SCRIPT
    for element in page.noted["script"]:
        text = element.text or ""
        if len(text) <= room and ("。" in text or "\\u3002" in text):
            room -= len(text)
            yield text


def _stories(text: str) -> Iterator[Embedded]:
    """The stories a string holds: markup, or JSON with markup or captions inside."""
    if "&lt;" in text or "&quot;" in text[:8]:
        text = html.unescape(text)
    text = text.strip()
    if row := _ROW.match(text):  # 1a:["$",…], 1b:T2f0,<p>…: rows that a program streams into its page
        text = text[row.end() :].partition("\n")[0] if text[row.end() : row.end() + 1] in "[{" else text[row.end() :]
    if text[:1] in ("{", "[", '"'):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            text = text.strip('"')
        else:
            yield from _in_json(data)
            return
    if text.startswith("<") and _MARKUP.search(text):
        yield Embedded(markup=text)


def _in_json(data: Json) -> Iterator[Embedded]:
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and len(value) > _FEWEST and "。" in value and _MARKUP.search(value):
            yield Embedded(markup=value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            yield from _captions(value)
        elif isinstance(value, list):
            waiting.extend(value)
            yield from _gallery(value)


def _captions(value: dict[str, Json]) -> Iterator[Embedded]:
    """A list of sentences beside a list of pictures."""
    lists = [item for item in value.values() if isinstance(item, list) and item]
    told = ((items, [item for item in items if isinstance(item, str)]) for items in lists)
    texts = next((said for items, said in told if len(said) == len(items) and "。" in "".join(said)), None)
    pictures = next((urls for items in lists if (urls := [_picture(item) for item in items]) and all(urls)), None)
    if texts and pictures and len(texts) == len(pictures):
        yield Embedded(
            lines=[line for text in texts if (line := tidy(text))], pictures=[url for url in pictures if url]
        )


def _gallery(items: list[Json]) -> Iterator[Embedded]:
    """A list of pictures, each with its caption."""
    shots = [item for item in items if isinstance(item, dict) and _picture(item) and not _ARTICLE_KEYS & item.keys()]
    if not shots or len(shots) < len(items):
        return
    lines = [
        next((tidy(said) for key in _CAPTION_KEYS if isinstance(said := item.get(key), str)), "") for item in shots
    ]
    pictures = [url for item in shots if (url := _picture(item))]
    yield Embedded(lines=list(dict.fromkeys(filter(None, lines))), pictures=pictures)


def _picture(item: Json) -> str | None:
    if not isinstance(item, dict):
        return None
    values = (item.get(key) for key in _PICTURE_KEYS)
    return next((value for value in values if isinstance(value, str) and "/" in value), None)


def _plain(text: str) -> Embedded:
    return (
        Embedded(markup=text)
        if _MARKUP.search(text)
        else Embedded(lines=list(filter(None, map(tidy, text.split("\n")))))
    )
