"""Normalise credit lines (来源): find the outlet that a credit line names, under its one standard name.

The outlets, their other names and the portals they run are listed in `outlets.toml` beside this file. Only an outlet
with several names needs an entry; any other name is its own standard name.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newscrawl.archive.text.folding import letters
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlite_utils import Database

_STEP = 1000  # articles changed in one transaction
# Words by which a page credits its own outlet.
_ITSELF = re.compile(r"本(?:网站?|站|报|台|刊)(?:原创|讯|编辑|综合|记者|自采)?|(?:网站)?原创|自采")
_LABEL = re.compile(
    r"^(?:(?:新闻|信息|稿件|文章|内容|数据|资料)?[来來]源(?:于|自)?|来自|转自|转载自|摘自|稿源|出处|source"
    r"|(?:微信)?(?:公众号|公号))\s*[:：]?\s*",
    re.IGNORECASE,
)
_PERSON = "责任编辑|收集编辑|责编|编辑|编审|校对|审核|监制|记者|通讯员|作者|撰文|文"
_COUNTER = "发布时间|发布日期|更新时间|时间|日期|关键字|关键词|字体|字号|浏览|点击|阅读|访问|打印|分享"
_AFTERWARDS = (
    re.compile(rf"(?:{_PERSON}|{_COUNTER})\s*[:：/].*$"),
    re.compile(rf"(?:[\s|,，;；]+|[(（【\[]\s*)(?:{_PERSON}|{_COUNTER}).*$"),
    re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d\d?.*$"),
    re.compile(r"\s\d{1,2}[:：]\d\d.*$"),
    re.compile(r"[(（]?\s*https?://.*$"),
)
_EDGE = " \t|/·,，;；:：。.-—－–_、><\"“”'‘’《》"
_QUOTED = re.compile(r"[(（【\[“\"《](.*)[)）】\]”\"》]")
_SEPARATOR = re.compile(r"[-—－–|/、,，;；·\s]+")
_WECHAT = re.compile(r"(?:官方)?(?:微信(?:公众号|公号|订阅号|号)?|公众号|公号)$")
_TAIL = re.compile(
    r"(?:(?:新闻|手机|官方)?(?:客户端|网站|官网|微博|账号|app)|官网|新媒体|融媒体?|全媒体|电子版|数字报|数字版|电子报|网络版|手机版|手机报"
    r"|综合(?:报道)?|讯|消息|电|报道|发布号|记者站|(?:特约)?(?:记者|通讯员).{0,8})$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def normalise(source: str | None, portal_title: str | None) -> str | None:
    """Return the outlet that a printed credit names; None if it names none.

    Labels before the name, and dates and editors after it, are removed. A name in the outlet table is replaced by its
    standard name; 本网, 本站 and 本报 by the portal's. An unknown name, such as a WeChat account, is kept. Of several
    outlets joined by a dash the first counts, except that a newspaper goes before its own site (人民网－人民日报).
    """
    name = _cut(source or "")
    if _ITSELF.fullmatch(name):
        return normalise(portal_title, None) if portal_title else None
    return _known(name) or name or None


@lru_cache(maxsize=4096)
def homes(portal_title: str) -> frozenset[str]:
    """Return the outlets that own a portal: the outlet it is named after, and outlets that run it."""
    name = normalise(portal_title, None)
    owners = {outlet for outlet, portals in _portals().items() if letters(portal_title) in map(letters, portals)}
    return frozenset(owners | {name} if name else owners)


def is_known(name: str) -> bool:
    """Return whether the outlet table has this name."""
    return letters(name) in _names()


def unknown(db: Database) -> Iterator[tuple[str, str, int]]:
    """Yield the sources the outlet table lacks, the most frequent first: (outlet, a form as printed, articles)."""
    # The + keeps SQLite from the index that lacks `source`.
    query = """SELECT source_norm, min(source), count(*) FROM articles WHERE +source_norm IS NOT NULL
        GROUP BY +source_norm ORDER BY count(*) DESC, source_norm"""
    return ((name, printed, number) for name, printed, number in db.execute(query) if not is_known(name))


def renew(db: Database, step: Callable[[], AbstractContextManager[None]]) -> None:
    """Normalise the outlet of every article again, for when the outlet table has changed; in short transactions."""
    query = """SELECT articles.id, articles.source, articles.source_norm, portals.title
        FROM articles LEFT JOIN portals ON portals.key = articles.portal WHERE articles.source IS NOT NULL"""
    changed = [
        (name, article, source)
        for article, source, known, portal in db.execute(query)
        if (name := normalise(source, portal)) != known
    ]
    for start in range(0, len(changed), _STEP):
        with step():
            db.conn.executemany(
                "UPDATE articles SET source_norm = ? WHERE id = ? AND source = ?", changed[start : start + _STEP]
            )


def flows(db: Database) -> Iterator[tuple[str, str, int]]:
    """Yield who reprints from whom, most articles first: (outlet credited, portal, articles); aliases do not count."""
    query = """SELECT source_norm, portals.title, count(*) FROM articles JOIN portals ON portals.key = articles.portal
        WHERE source_norm IS NOT NULL AND articles.id NOT IN (SELECT article FROM reprints WHERE relation = 'alias')
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"""
    return (
        (outlet, portal, number) for outlet, portal, number in db.execute(query) if outlet not in homes(portal or "")
    )


def _cut(source: str) -> str:
    """Return a credit without label, quotes, dates, editors, counters and addresses."""
    name = _LABEL.sub("", tidy(source).strip(_EDGE))
    for pattern in _AFTERWARDS:
        name = pattern.sub("", name)
    for opening, closing in ("()", "（）", "[]", "【】"):
        if closing in name and opening not in name:
            name = name.split(closing)[0]
    name = _LABEL.sub("", name.strip(_EDGE))
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[1]
    return _WECHAT.sub("", name).strip(_EDGE)


def _known(name: str) -> str | None:
    """Look a name up as a whole, then its parts in order, each with and without tails (客户端, 记者 …)."""
    if found := _without_tails(name):
        return found
    found_parts = [found for part in _SEPARATOR.split(name) if part and (found := _without_tails(part))]
    if not found_parts:
        return None
    first = found_parts[0]
    return next((outlet for outlet in found_parts if first in _portals().get(outlet, ())), first)


def _without_tails(name: str) -> str | None:
    name = letters(name)
    while name:
        if found := _names().get(name):
            return found
        shorter = _TAIL.sub("", name)
        if shorter == name:
            return None
        name = shorter
    return None


@cache
def _outlets() -> dict[str, dict[str, list[str]]]:
    """Read the outlet table: name → {"names": other names, "portals": sites it runs}."""
    return tomllib.loads(files("newscrawl.archive.reprints").joinpath("outlets.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, str]:
    """Return every name of every outlet, folded → the outlet's name. A portal's name stands for itself."""
    table = {letters(portal): portal for facts in _outlets().values() for portal in facts.get("portals", ())}
    for outlet, facts in _outlets().items():
        table |= {letters(name): outlet for name in (outlet, *facts.get("names", ()))}
    return table


@cache
def _portals() -> dict[str, list[str]]:
    """Return the portals that each outlet runs."""
    return {outlet: facts["portals"] for outlet, facts in _outlets().items() if "portals" in facts}
