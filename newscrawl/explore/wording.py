"""How the pages write times, numbers and names: Jinja filters."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

BEIJING = timezone(timedelta(hours=8), "北京时间")

# What happened to an article, as `Archive.history` names it; and how a copy relates to its original.
STEPS = {
    "first seen": "首次抓取",
    "revised": "修订",
    "suspected": "疑似撤下",
    "gone": "已撤下",
    "returned": "重新出现",
}
RELATIONS = {
    "same": "全文相同",
    "cut": "删节",
    "extended": "增补",
    "edited": "改写",
    "alias": "同文另址",
    "contains": "收录于汇编",
}
FIELDS = {"title": "标题", "published": "发布时间", "source": "来源", "body": "正文"}
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d))?")
_CHANGE = re.compile(r"\[-(?P<out>.*?)-\]|\{\+(?P<put>.*?)\+\}", re.DOTALL)
_MARKED = re.compile("«([^«»]*)»")


def published(text: str | None) -> str:
    """Write a publication time, Beijing time by definition: 2026年3月1日 15:30."""
    found = _DAY.match(text or "")
    if found is None:
        return text or "日期不详"
    year, month, day, clock = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "") + (f" {clock}" if clock else "")


def moment(text: str | None) -> str:
    """Write a time of the crawl, which the archive keeps in UTC, in Beijing time: 2026-03-01 16:00."""
    if not text:
        return "—"
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return when.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def number(value: float | None) -> str:
    """Write a number with its thousands apart; a dash for none."""
    return "—" if value is None else f"{value:,}"


def marked(snippet: str) -> Markup:
    """Turn a snippet's «marks» into HTML's."""
    return Markup(_MARKED.sub(r"<mark>\1</mark>", str(escape(snippet))))  # noqa: S704  # escaped before


def changed(paragraph: str) -> Markup:
    """Turn the marks of `archive.diff` inside a changed paragraph into <del> and <ins>."""

    def element(found: re.Match[str]) -> str:
        if found["out"] is not None:
            return f"<del>{found['out']}</del>"
        return f"<ins>{found['put']}</ins>"

    return Markup(_CHANGE.sub(element, str(escape(paragraph))))  # noqa: S704  # escaped before


def web(address: str | None) -> str | None:
    """Return an address a link may lead to: http and https alone, never javascript."""
    try:
        return address if address and urlsplit(address).scheme.lower() in {"http", "https"} else None
    except ValueError:
        return None


def host(address: str | None) -> str:
    """Return an address's host, for showing where a link leads."""
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


FILTERS: dict[str, Any] = {
    "published": published,
    "moment": moment,
    "number": number,
    "marked": marked,
    "changed": changed,
    "web": web,
    "host": host,
    "step": lambda what: STEPS.get(what, what),
    "relation": lambda what: RELATIONS.get(what, what),
    "field": lambda name: FIELDS.get(name, name),
}
