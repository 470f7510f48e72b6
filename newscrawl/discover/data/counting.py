"""The next page of a list that comes as data: the same request with the page number increased."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.discover.data.rows import load
from newscrawl.discover.lead import FORM, JSON, NEXT_DATA, NEXT_LIST, Lead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.discover.answer import Answer
    from newscrawl.text import Json

MOST_COUNTED = 2_000  # most pages of one list
PAGE_NAME = re.compile(
    r"(?:page|curr?(?:ent)?|now)_?(?:page)?_?(?:no|num|number|index|idx)?|pg_?(?:num|no)?|pn|p|pi|pageid|paged",
    re.IGNORECASE,
)
OFFSET_NAME = re.compile(r"start|offset|skip|from|begin|startrecord|startindex|firstresult", re.IGNORECASE)
_END_NAME = re.compile(r"end|endrecord|endindex|to", re.IGNORECASE)
SIZE_NAME = re.compile(
    r"(?:page|per|list)?_?(?:size|limit|rows|count|cnt|num|perpage|per_page|pagesize|ps|length|n)", re.IGNORECASE
)
_PAGES_KEY = re.compile(
    r"(?:total|max|last|all)_?pages?(?:count|num)?|page_?(?:count|total|s|all)|pages|countpage", re.IGNORECASE
)
_ROWS_KEY = re.compile(
    r"total(?:_?(?:count|num|number|rows?|records?|elements|hits|size))?|(?:record|row|item|all|data|sum)_?(?:count|total|num)|count|rowcount",
    re.IGNORECASE,
)
_MORE_KEY = re.compile(r"(?:has|is|have)_?(?:more|next)(?:page)?|more|next_?page", re.IGNORECASE)
_XML_TOTAL = re.compile(r"<(total\w*)>\s*(\d{1,9})\s*</\1>", re.IGNORECASE)
_ATTRIBUTE_TOTAL = re.compile(r"""['"]?(rows|count|total)['"]?\s*[=:]\s*\\?['"](\d{1,9})""")


class Facts(TypedDict, total=False):
    """What a response says about its list."""

    pages: int
    rows: int
    more: bool  # whether a page follows


def next_request(answer: Answer, data: Json, rows: int) -> Lead | None:
    """Return the request for the page after a response; None if it was the last, or no parameter is a page number.

    Args:
        answer: the response.
        data: its JSON, or its text.
        rows: the number of links in it.
    """
    facts = facts_of(data)
    parts = urlsplit(answer.url)
    query, sent = parse_qsl(parts.query, keep_blank_values=True), answer.sent
    counter = _Counter(facts, rows)
    bumped = counter.bump(query)
    body = sent
    if not counter.found and sent:
        if sent.lstrip().startswith("{"):
            fields = load(sent)
            if not isinstance(fields, dict):  # a script's text that only looks like JSON
                return None
            body = json.dumps(dict(counter.bump(list(fields.items()))), ensure_ascii=False)
        else:
            body = urlencode(counter.bump(parse_qsl(sent, keep_blank_values=True)))
    if not counter.found or counter.ended:
        return None
    url = urlunsplit(parts._replace(query=urlencode(bumped))) if bumped != query else answer.url
    headers = () if answer.method == "GET" else JSON if body.startswith("{") else FORM
    return Lead(
        url, "list", None, NEXT_LIST, NEXT_DATA, answer.method, body, headers,
        context={"origin": answer.origin, "templates": list(answer.templates)},
    )  # fmt: skip


class _Counter:
    """Increases the page number among a request's parameters, and notes whether the list ends before that page."""

    def __init__(self, facts: Facts, rows: int) -> None:
        self.facts, self.rows = facts, rows
        self.found = self.ended = False

    def bump(self, pairs: Sequence[tuple[str, Json]]) -> list[tuple[str, Json]]:
        """Return the parameters of the next page; the same parameters if none is a page number."""
        numbers = [(name, number) for name, value in pairs if (number := _number(value)) is not None]
        size = next((number for name, number in numbers if number and SIZE_NAME.fullmatch(name)), self.rows)
        offset = next((number for name, number in numbers if OFFSET_NAME.fullmatch(name)), None)
        end = next((number for name, number in numbers if _END_NAME.fullmatch(name)), None)
        if offset is not None and (end is not None or not any(PAGE_NAME.fullmatch(name) for name, _ in pairs)):
            step = size if end is None else end - offset + 1
            self._judge_rows(offset + step)
            return [
                (name, _like(value, number + step))
                if (OFFSET_NAME.fullmatch(name) or _END_NAME.fullmatch(name)) and (number := _number(value)) is not None
                else (name, value)
                for name, value in pairs
            ]
        return [self._counted(name, value, size) for name, value in pairs]

    def _counted(self, name: str, value: Json, size: int) -> tuple[str, Json]:
        if self.found:
            return name, value
        if (
            isinstance(value, str) and value.startswith("{") and "page" in value.lower()
        ):  # jpaas: paramJson={"pageNo":1,…}
            inner = load(value)
            if not isinstance(inner, dict):
                return name, value
            return name, json.dumps(dict(self.bump(list(inner.items()))), separators=(",", ":"))
        if PAGE_NAME.fullmatch(name) and (number := _number(value)) is not None:
            self.found = True
            self._judge(number + 1, size)
            return name, _like(value, number + 1)
        return name, value

    def _judge(self, number: int, size: int) -> None:
        """Note whether a page of this number is beyond the list's end."""
        pages = self.facts.get("pages") or (-(-self.facts["rows"] // size) if self.facts.get("rows") and size else None)
        if pages is None:
            self.ended = self.facts.get("more") is False
        else:
            self.ended = number > pages
        self.ended = self.ended or number > MOST_COUNTED or not self.rows

    def _judge_rows(self, start: int) -> None:
        self.found = True
        total = self.facts.get("rows")
        self.ended = not self.rows or (total is not None and start > total) or self.facts.get("more") is False


def facts_of(data: Json) -> Facts:
    """Return what a response says about its list."""
    facts: Facts = {}
    if isinstance(data, str):
        for match in _XML_TOTAL.finditer(data[:4_000]):
            facts["pages" if "page" in match[1].lower() else "rows"] = int(match[2])
        return facts
    stack: list[tuple[Json, int]] = [(data, 0)]
    for _ in range(2_000):
        if not stack:
            break
        value, depth = stack.pop()
        if isinstance(value, dict):
            for key, item in value.items():
                _note(facts, str(key), item)
                if isinstance(item, dict | list) and depth < 4:
                    stack.append((item, depth + 1))
        elif isinstance(value, list):
            stack.extend((item, depth + 1) for item in value[:1] if isinstance(item, dict) and depth == 0)
    return facts


def _note(facts: Facts, key: str, item: Json) -> None:
    if isinstance(item, bool):
        if _MORE_KEY.fullmatch(key):
            facts.setdefault("more", item)
    elif isinstance(item, int) or (isinstance(item, str) and item.isdecimal() and len(item) < 9):
        if _PAGES_KEY.fullmatch(key):
            facts.setdefault("pages", int(item))
        elif _ROWS_KEY.fullmatch(key):
            facts.setdefault("rows", int(item))
    elif isinstance(item, str) and "<" in item:  # jpaas writes them into the markup: rows='15' count='45'
        told = {match[1]: int(match[2]) for match in _ATTRIBUTE_TOTAL.finditer(item)}
        if total := told.get("count", told.get("total")):
            facts.setdefault("rows", total)


def _number(value: Json) -> int | None:
    return int(text) if (text := str(value)).isdecimal() else None


def _like(value: Json, number: int) -> str | int:
    return str(number) if isinstance(value, str) else number
