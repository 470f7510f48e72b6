"""The texts of the pages in the reader's language: Chinese, or English if a reader or a setting asks for it.

The pages are written in Chinese; `english.toml` has an English translation of each text. A page is in one language.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from newscrawl.archive import BEIJING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasette.utils.asgi import Request

LANGUAGES = ("zh", "en")
_COOKIE = "newscrawl_lang"

# Names of the steps in `Archive.history`, and of relations between a copy and its original.
STEPS = {
    "first seen": "首次抓取",
    "revised": "修订",
    "suspected": "疑似撤下",
    "gone": "已撤下",
    "returned": "重新出现",
}
# Names of changes in feeds, by the names in `Archive.changes`.
CHANGES = {"new": "新文章", "revised": "修订", "withdrawn": "已撤下", "returned": "重新出现", "copied": "被转载"}
RELATIONS = {
    "same": "全文相同",
    "cut": "删节",
    "extended": "增补",
    "edited": "改写",
    "alias": "同文另址",
    "contains": "收录于汇编",
}
FIELDS = {
    "title": "标题",
    "published": "发布时间",
    "source": "来源",
    "authors": "作者",
    "editors": "编辑",
    "channel": "栏目",
    "body": "正文",
    "images": "图片",
    "links": "链接",
    "form": "体裁",
}
VERDICTS = {
    "ok": "正常",
    "nothing new": "无新内容",
    "time limit": "到时停止",
    "daily limit": "已达每日上限",
    "fields missing": "字段缺失",
    "one text for all": "多篇文章变为同一正文",
    "no article": "没有文章",
    "script-drawn": "页面由脚本生成",
    "robots": "robots.txt 不许",
    "blocked": "被网站拒绝",
    "unreachable": "无法连接",
    "left alone": "暂停访问",
    "private address": "内网地址",
    "misdeclared": "门户声明有误",
    "out of memory": "内存不足",
    "stalled": "停滞",
    "stopped": "被中止",
    "wrong clock": "时钟有误",
    "storage": "存储故障",
    "failed": "程序出错",
    "unfinished": "未结束",
    "never crawled": "从未采集",
}
OUTCOMES = {
    "article": "文章",
    "unchanged": "未变",
    "list": "列表页",
    "redirect": "跳转",
    "alias": "同文另址",
    "not-html": "非网页",
    "no-title": "无标题",
    "no-story": "无正文",
    "soft-404": "页面不存在",
    "withdrawn": "声明已撤下",
    "script": "由脚本生成",
    "empty": "空白",
    "mojibake": "乱码",
    "blocked": "被拒",
    "login": "须登录",
    "part": "分页",
    "too-complex": "过于复杂",
}
_EVIDENCE = {
    "redirect to the home page": "跳转到首页",
    "the page says that there is no such page": "页面说没有这一页",
    "the page says that it was taken down": "页面说已撤下",
    "a list of links in its place": "原处只剩一页链接",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d))?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


@dataclass(frozen=True, slots=True)
class Words:
    """A page's language; called with a Chinese text, it returns the text in that language.

    Attributes:
        code: one of LANGUAGES.
    """

    code: str = "zh"

    def __call__(self, text: str, **values: object) -> str:
        """Return a text of the pages in the language, with `{name}` replaced by values."""
        told = english().get(text, text) if self.code == "en" else text
        return told.format(**values) if values else told

    @property
    def tag(self) -> str:
        """Return the language code for HTML."""
        return "en" if self.code == "en" else "zh-CN"

    @property
    def comma(self) -> str:
        """Return the separator between the items of a list."""
        return ", " if self.code == "en" else "、"

    def published(self, text: str | None) -> str:
        """Write a publication time, Beijing time by definition: 2026年3月1日 15:30, or 1 March 2026, 15:30."""
        found = _DAY.match((text or "").removesuffix("T00:00:00+08:00"))  # midnight means that only the day is known
        if found is None:
            return text or self("日期不详")
        year, month, day, clock = found.groups()
        if self.code == "en":
            told = f"{int(day)} " if day else ""
            return told + f"{_MONTHS[(int(month) - 1) % 12]} {year}" + (f", {clock}" if clock else "")
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "") + (f" {clock}" if clock else "")

    def moment(self, text: str | None) -> str:
        """Format a crawl time, which the archive stores in UTC, in Beijing time."""
        if not text:
            return "—"
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            return text
        return self.published(when.astimezone(BEIJING).isoformat()[:16])

    def number(self, value: float | None) -> str:
        """Format a number with thousands separators; a dash for None."""
        return "—" if value is None else f"{value:,}"

    def evidence(self, detail: str | None) -> str:
        """Translate the evidence that an article is gone, or since when a returned article was gone."""
        told = []
        for part in (detail or "").split("; "):
            when = _MOMENT.search(part)
            shown = self.moment(when[0]) if when else ""
            if part.startswith("first missed") and when:
                told.append(self("{moment} 首次不见", moment=shown))
            elif part.startswith("gone since") and when:
                told.append(self("自 {moment} 起不见", moment=shown))
            else:
                told.append(part if self.code == "en" else _EVIDENCE.get(part, part))
        return ("; " if self.code == "en" else "；").join(told)

    def name(self, kind: Mapping[str, str], value: str | None) -> str:
        """Return the name of a value of the archive in the language; the value itself if it has no name."""
        if not value:
            return "—"
        begun = value.partition(":")[0]  # archives of 0.1.0 have the reason after a verdict
        known = value if value in kind else begun
        return self(kind[known]) if known in kind else value


@cache
def english() -> dict[str, str]:
    """Return the English translations, by Chinese text."""
    texts: dict[str, str] = tomllib.loads(files("newscrawl.explore").joinpath("english.toml").read_text("utf-8"))
    return texts


def of_request(request: Request, setting: str | None) -> Words:
    """Return the `Words` for a request: by `?lang=`, its cookie, the setting, or Accept-Language; else Chinese."""
    for wish in (request.args.get("lang"), request.cookies.get(_COOKIE), setting):
        if wish in LANGUAGES:
            return Words(wish)
    return Words(_accepted(request.headers.get("accept-language", "")))


def cookie(request: Request) -> dict[str, str]:
    """Return the cookie header that stores the language a request chooses, if it chooses one."""
    wish = request.args.get("lang")
    if wish not in LANGUAGES:
        return {}
    return {"set-cookie": f"{_COOKIE}={wish}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"}


def switch(request: Request, words: Words) -> str:
    """Return the query string of the same page in the other language."""
    other = "zh" if words.code == "en" else "en"
    kept = [(name, value) for name in request.args for value in request.args.getlist(name) if name != "lang"]
    return "?" + urlencode([*kept, ("lang", other)])


def _accepted(header: str) -> str:
    """Return the one of LANGUAGES that a browser prefers."""
    liked: list[tuple[float, str]] = []
    for item in header.split(",")[:20]:
        name, _, quality = item.strip().partition(";q=")
        code = name.strip().lower().partition("-")[0]
        try:
            liked.append((float(quality or 1), code))
        except ValueError:
            continue
    ordered = sorted((entry for entry in liked if entry[1] in LANGUAGES and entry[0] > 0), key=lambda entry: -entry[0])
    return ordered[0][1] if ordered else "zh"
