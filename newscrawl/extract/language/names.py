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
from typing import TypedDict

from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.plain import plain

_DATA = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
_COMMON = "".join(_DATA["common"].split())
_COMPOUND = "|".join(_DATA["compound"])
_SURNAME = f"(?:{_COMPOUND}|{'|'.join(_DATA['ambiguous_compound'])}|[{''.join(_DATA['surnames'].split())}])"
_HAN = "[\u3400-\u9fff]"
_STRICT = re.compile(
    rf"(?:{_SURNAME}{_HAN}{{1,2}}|{_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+|{_HAN}{{2,8}}(?:\.{_HAN}{{2,8}})+)"
)
_MAY_NAME = re.compile(rf"(?:^|[\W_和与及]){_SURNAME}|[·•・‧a-z]")
_PLAIN = re.compile(
    rf"[{_COMMON}]{_HAN}[^\W省市县区镇乡村州台]|(?:{_COMPOUND}){_HAN}{{1,2}}"
    rf"|{_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+"
)
_LATIN = re.compile(r"[A-Z][a-zA-Z'’.-]*(?: [A-Z][a-zA-Z'’.-]*){1,3}")
_LATIN_WORD, _ORGANISATION, _NOBODY, _SENTENCE = (
    Cues(role) for role in ("latin_word", "organisation", "nobody", "sentence")
)
# A name with the post it holds run on behind it: 方敏北京大学经济学院教授.
_WITH_POST = re.compile(
    rf"({_SURNAME}{_HAN}{{1,2}}?)(?<![县区镇乡村州旗])(?:系|为|是)?(?:中国|中央|全国|国家|国务院|清华|复旦|人民|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    r"广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|香港|澳门|台湾|武汉|南京|广州|深圳|中共|着名|知名|资深|本报|本刊|某|(?<=[\u3400-\u9fff]{3})[省市]).{2,}"
    r"(?<![局社院部处科委办会组室厅署台厂校府])"
)


class Role(TypedDict):
    """A row of `role` in names.toml."""

    kind: str
    did: str
    words: list[str]


PLACES = "|".join(_DATA["places"].split())
ROLES: list[Role] = _DATA["role"]
_PLACES = frozenset(_DATA["places"].split())
# Words of pages that look like a surname and a given name.
_WORDS = _PLACES.union(_DATA["words"].split())
_LONGEST_WORD = 7  # characters that are no name of one person any more
# What no name has and any sentence may: a name of another people or a pen name has none of it.
_LOOSE = re.compile(rf"{_HAN}[\w·]{{1,7}}|[a-z][\w .'·-]{{1,30}}")


def may_name(text: str) -> bool:
    """Tell quickly that no person's name begins a text or stands behind a separator in it."""
    return _MAY_NAME.search(plain(text)) is not None


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """A Chinese person's name: a surname and one or two characters, or a name with its middle dot."""
    text = plain(text)
    named = _STRICT.fullmatch(text) is not None and not _ORGANISATION(text) and text not in _WORDS
    return named and "某" not in text


def is_plain_name(text: str) -> bool:
    """Whether a word is a name without a label: three characters with a common surname, Latin, or with a dot."""
    if _LATIN.fullmatch(text):
        return len(text) < 30 and not _LATIN_WORD(text)
    return _PLAIN.fullmatch(plain(text)) is not None and is_name(text)


def is_word(text: str) -> bool:
    """A word of pages that looks like a surname and a given name: 关注, 时间, 广告."""
    return plain(text) in _WORDS


def is_place(text: str) -> bool:
    """Whether a plain word is a place that reporters file from."""
    return text in _PLACES


def is_organisation(text: str) -> bool:
    """Whether a word has parts that only names of offices and media have."""
    return _ORGANISATION(text) is not None


def is_pen_name(text: str) -> bool:
    """Whether a word may be a pen name or a Latin name, after a label of persons."""
    text = plain(text)
    named = _LOOSE.fullmatch(text) is not None and text not in _WORDS
    return named and not _ORGANISATION(text) and not _NOBODY(text)


def is_loose_name(text: str) -> bool:
    """Whether a word may be a non-Han name, after a word for reporters (记者)."""
    text = plain(text)
    return is_pen_name(text) and not _SENTENCE(text) and (len(text) < _LONGEST_WORD or "·" in text or text.isascii())


def run_together(text: str) -> list[str]:
    """Split names written without separators, if one split has the most common surnames: 谭飞王艳明闫鹃."""
    if not re.fullmatch(rf"{_HAN}{{4,12}}(?<![说称])", text) or _ORGANISATION(text):
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
    found = complete[common.index(best)] if best and common.count(best) == 1 else []
    return [] if len(found) > 2 * best and _SENTENCE(text) else found  # 王金茹对此文亦有贡献


def is_common(name: str) -> bool:
    """A name has one of the hundred commonest surnames."""
    return plain(name[:1]) in _COMMON


def before_post(text: str) -> list[str]:
    """The name that a post runs on behind: 方敏 of 方敏北京大学经济学院教授."""
    match = _WITH_POST.fullmatch(text)
    return [match[1]] if match else []
