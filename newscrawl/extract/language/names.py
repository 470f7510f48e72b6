"""Names of persons in bylines, datelines, signatures and credits.

A Han name is a surname of the list and one or two characters; behind a word that says so (记者：) a name of another
people or a pen name is whatever stands there and is no organisation and no sentence. Everything is matched on the
plain text (`plain`), and given as printed.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from newscrawl.extract.language.plain import plain

_DATA = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
_COMMON = "".join(_DATA["common"].split())
_COMPOUND = "|".join(_DATA["compound"])
_SURNAME = f"(?:{_COMPOUND}|[{''.join(_DATA['surnames'].split())}])"
_HAN = "[\u3400-\u9fff]"
_STRICT = re.compile(
    rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|{_SURNAME}{_HAN}{{1,2}}|{_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+)"
)
_PLAIN = re.compile(rf"[{_COMMON}]{_HAN}[^\W省市县区镇乡村州]|{_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+")
_LATIN = re.compile(r"[A-Z][a-zA-Z'’.-]*(?: [A-Z][a-zA-Z'’.-]*){1,3}")
_LATIN_OUTLET = re.compile(
    r"\b(?:news|daily|times|post|press|tv|media|net|online|weekly|journal|radio|studio|the|read|play|video|share|more|home|print"
    r"|view|menu|next|back|top|search|login|follow|by|in|on|of)\b"
)
# A name with the post it holds run on behind it: 方敏北京大学经济学院教授.
_WITH_POST = re.compile(
    rf"({_SURNAME}{_HAN}{{1,2}}?)(?:系|为|是)?(?:中国|中央|全国|国家|国务院|清华|复旦|人民|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    r"广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|香港|澳门|台湾|武汉|南京|广州|深圳|中共|着名|知名|资深|本报|本刊|某|省|市).{2,}"
)
_ORGANISATION = re.compile(
    r"admin|editor|root|www\.|网|报(?!春)|新闻|频道|电台|电视|杂志|日刊|通讯社|经济|财经|新华社|中新社|传媒|编辑|记者|通讯员|综合|整理|整合|未知|佚名|匿名|不详|原创|转载|来源|来自|"
    r"委员会|办公|中心|公司|集团|大学|学院|医院|研究|协会|学会|政府|宣传|工作室|客户端|公众号|公号|微信|微博|编译|翻译|评论员|本刊|本站|小编|责编|管理员|发布|官方|账号|团队|"
    r"有限|我们|今天|近日|作者|文章|图片|摄影|视频|资料|其他|供图|供稿|联合|实习|全媒体|融媒|.{3}[局社院部处科委办会组室厅署台厂校]$|[局社院部处科委办组室厅署厂]$|[0-9]{2}"
)
ROLES: list[dict[str, Any]] = _DATA["role"]
# Words of pages that look like a surname and a given name.
_WORDS = frozenset(_DATA["words"].split())
_NOBODY = re.compile(
    r"综合|网络|媒体|版$|^(?:阅读|评论|浏览|点击|人气|收藏|分享|打印|关注|点赞|转发|字号)|手记|获悉|观察|调查|见闻|专访|采访|摘要"
)
_LONGEST_WORD = 7  # characters that are no name of one person any more
# What no name has and any sentence may: a name of another people or a pen name has none of it.
_LOOSE = re.compile(rf"{_HAN}[\w·]{{1,7}}|[a-z][\w .'·-]{{1,30}}")
_SENTENCE = re.compile("[今昨去近以为中的了吗呢是在从我你他她它这那就不把被将到有要会说问请您何怎几谁吧啊?!]")


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """A Chinese person's name: a surname and one or two characters, or a name with its middle dot."""
    text = plain(text)
    named = _STRICT.fullmatch(text) is not None and not _ORGANISATION.search(text) and text not in _WORDS
    return named and "某" not in text


def is_plain_name(text: str) -> bool:
    """What is a name without a word that says so: three characters with a common surname, Latin or with a dot."""
    if _LATIN.fullmatch(text):
        return len(text) < 30 and not _LATIN_OUTLET.search(text.lower())
    return _PLAIN.fullmatch(plain(text)) is not None and is_name(text)


def is_word(text: str) -> bool:
    """A word of pages that looks like a surname and a given name: 关注, 时间, 广告."""
    return plain(text) in _WORDS


def is_organisation(text: str) -> bool:
    """A word has what names of offices and media have, and those of persons do not."""
    return _ORGANISATION.search(plain(text)) is not None


def is_pen_name(text: str) -> bool:
    """What may be a pen name or a Latin name, behind a label that announces a person and nothing else."""
    text = plain(text)
    named = _LOOSE.fullmatch(text) is not None and text not in _WORDS
    return named and not _ORGANISATION.search(text) and not _NOBODY.search(text)


def is_loose_name(text: str) -> bool:
    """What may be a name of another people, where a word says that a reporter's name stands here."""
    text = plain(text)
    return (
        is_pen_name(text)
        and not _SENTENCE.search(text)
        and (len(text) < _LONGEST_WORD or "·" in text or text.isascii())
    )


def run_together(text: str) -> list[str]:
    """Split names written without any separator, where one way has more common surnames than others: 谭飞王艳明闫鹃."""
    if not re.fullmatch(rf"{_HAN}{{4,12}}", text) or _ORGANISATION.search(text):
        return []
    ways: list[list[str]] = [[]]
    complete = []
    while ways:
        way = ways.pop()
        rest = text[sum(map(len, way)) :]
        if not rest:
            complete.append(way)
        ways += [[*way, rest[:length]] for length in (2, 3) if len(rest) >= length and is_name(rest[:length])]
    common = [sum(map(is_common, way)) for way in complete]
    best = max(common, default=0)
    return complete[common.index(best)] if best and common.count(best) == 1 else []


def is_common(name: str) -> bool:
    """A name has one of the hundred commonest surnames."""
    return plain(name[:1]) in _COMMON


def before_post(text: str) -> list[str]:
    """The name that a post runs on behind: 方敏 of 方敏北京大学经济学院教授."""
    match = _WITH_POST.fullmatch(text)
    return [match[1]] if match else []
