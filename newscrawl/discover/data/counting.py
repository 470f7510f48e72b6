"""The next page of a list that comes as data: the same request with the page number increased."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.discover.lead import FORM, JSON, NEXT_DATA, NEXT_LIST, Lead

if TYPE_CHECKING:
    from newscrawl.discover.answer import Answer

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


def next_request(answer: Answer, data: Any, rows: int) -> Lead | None:
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
            fields = json.loads(sent)
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

    def __init__(self, facts: dict[str, Any], rows: int) -> None:
        self.facts, self.rows = facts, rows
        self.found = self.ended = False

    def bump(self, pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """Return the parameters of the next page; the same parameters if none is a page number."""
        sizes = [
            int(value) for name, value in pairs if SIZE_NAME.fullmatch(name) and str(value).isdigit() and int(value)
        ]
        size = sizes[0] if sizes else self.rows
        offsets = [(name, int(value)) for name, value in pairs if OFFSET_NAME.fullmatch(name) and str(value).isdigit()]
        ends = [int(value) for name, value in pairs if _END_NAME.fullmatch(name) and str(value).isdigit()]
        if offsets and (ends or not any(PAGE_NAME.fullmatch(name) for name, _ in pairs)):
            step = ends[0] - offsets[0][1] + 1 if ends else size
            self._judge_rows(offsets[0][1] + step)
            return [
                (name, _like(value, int(value) + step))
                if (OFFSET_NAME.fullmatch(name) or _END_NAME.fullmatch(name)) and str(value).isdigit()
                else (name, value)
                for name, value in pairs
            ]
        return [self._counted(name, value, size) for name, value in pairs]

    def _counted(self, name: str, value: Any, size: int) -> tuple[str, Any]:
        if self.found:
            return name, value
        if (
            isinstance(value, str) and value.startswith("{") and "page" in value.lower()
        ):  # jpaas: paramJson={"pageNo":1,…}
            try:
                inner = json.loads(value)
            except ValueError:
                return name, value
            return name, json.dumps(dict(self.bump(list(inner.items()))), separators=(",", ":"))
        if PAGE_NAME.fullmatch(name) and str(value).isdigit():
            number = int(value) + 1
            self.found = True
            self._judge(number, size)
            return name, _like(value, number)
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


def facts_of(data: Any) -> dict[str, Any]:
    """Return what a response says about its list: `pages`, `rows`, `more`."""
    facts: dict[str, Any] = {}
    if isinstance(data, str):
        for match in _XML_TOTAL.finditer(data[:4_000]):
            facts["pages" if "page" in match[1].lower() else "rows"] = int(match[2])
        return facts
    stack: list[tuple[Any, int]] = [(data, 0)]
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


def _note(facts: dict[str, Any], key: str, item: Any) -> None:
    if isinstance(item, bool):
        if _MORE_KEY.fullmatch(key):
            facts.setdefault("more", item)
    elif isinstance(item, int) or (isinstance(item, str) and item.isdigit() and len(item) < 9):
        if _PAGES_KEY.fullmatch(key):
            facts.setdefault("pages", int(item))
        elif _ROWS_KEY.fullmatch(key):
            facts.setdefault("rows", int(item))
    elif isinstance(item, str) and "<" in item:  # jpaas writes them into the markup: rows='15' count='45'
        told = {match[1]: int(match[2]) for match in _ATTRIBUTE_TOTAL.finditer(item)}
        if total := told.get("count", told.get("total")):
            facts.setdefault("rows", total)


def _like(value: Any, number: int) -> Any:
    return str(number) if isinstance(value, str) else number
