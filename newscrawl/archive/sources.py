"""来源 under one name: which outlet a credit line means.

The outlets, their other names and their portals are data: `outlets.toml` beside this file.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from newscrawl.archive.folding import letters
from newscrawl.text import tidy

# Words by which a page names itself.
_ITSELF = re.compile(r"(?:本(?:网站?|站|报|台|刊)|网站|)(?:原创|讯|编辑|综合|记者|自采|)")
_LABEL = re.compile(
    r"^(?:(?:新闻|信息|稿件|文章|内容|数据)?来源(?:于|自)?|来自|转自|转载自|摘自|稿源|出处|source)\s*[:：]?\s*",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d\d?.*$")
_CLOCK = re.compile(r"\s+\d{1,2}:\d\d.*$")
_CREDIT = re.compile(
    r"[\s|/,，;；(（\[【]*(?:责任编辑|责编|编辑|编审|校对|审核|监制|记者|通讯员|作者|撰文|字体|字号|浏览|点击|阅读|打印|分享)"
    r"(?:[:：\s/|].*|(?<=作者).*)$"
)
_EDGE = " \t|/·,，;；:：。.-—－–_、>》<《\"“”'‘’"
_SEPARATOR = re.compile(r"\s*(?:[-—－–|/、,，;；·]|--)\s*|\s+")
_TAIL = re.compile(
    r"(?:官方网站|官网|官方微信|官方微博|官方账号|微信公众号|微信公号|公众号|微信号|微信|微博|客户端|新闻客户端|手机客户端|app|"
    r"新媒体|电子版|数字报|数字版|电子报|网络版|手机版|手机报|综合|综合报道|讯|消息|电|报道|发布号|记者站)$",
    re.IGNORECASE,
)


def normalise(source: str | None, portal_title: str | None) -> str | None:
    """Return the outlet that a credit as printed names; None for none.

    Labels before it, dates and editors behind it are cut; what the outlet table knows gets its name there; the page's
    own (本网, 本站, 本报) becomes the portal's. An unknown name, a WeChat account say, stays as it is. Of several
    outlets joined by a dash the first known one counts.
    """
    name = cut(source or "")
    if not name:
        return None
    if _ITSELF.fullmatch(name):
        return normalise(portal_title, None) if portal_title else None
    return _known(name) or name


def is_known(name: str) -> bool:
    """Tell whether the outlet table has this name or alias."""
    return letters(name) in _outlets()


def cut(source: str) -> str:
    """Return a credit without label, quotes, dates, editors and counters."""
    name = _LABEL.sub("", tidy(source).strip(_EDGE))
    for tail in (_DATE, _CLOCK, _CREDIT):
        name = tail.sub("", name)
    name = _LABEL.sub("", name.strip(_EDGE)).strip(_EDGE)
    opened = re.fullmatch(r"[(（【\[](.*)[)）】\]]", name)
    return opened[1].strip(_EDGE) if opened else name


def _known(name: str) -> str | None:
    """Look a name up as a whole, then without tails (客户端, 微信公众号), then its parts in order."""
    if found := _without_tails(name):
        return found
    parts = [part for part in _SEPARATOR.split(name) if part]
    if len(parts) > 1:
        for part in parts:
            if found := _without_tails(part):
                return found
    return None


def _without_tails(name: str) -> str | None:
    outlets = _outlets()
    while name:
        if found := outlets.get(letters(name)):
            return found
        shorter = _TAIL.sub("", name).strip(_EDGE + "（）()“”")
        if shorter == name:
            return None
        name = shorter
    return None


@cache
def _outlets() -> dict[str, str]:
    """Return the outlet table: every name and alias, folded → the outlet's name."""
    text = files("newscrawl.archive").joinpath("outlets.toml").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for outlet, aliases in tomllib.loads(text).items():
        for name in (outlet, *aliases):
            table[letters(name)] = outlet
    return table
