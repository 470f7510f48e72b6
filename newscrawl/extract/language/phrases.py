"""The grammar of phrases that say who wrote: names of persons, and words for what they did.

A phrase is read as words that say what somebody did (`names.toml`, the roles), names of persons, and the offices,
places and dates that may stand beside them. Where another word is left over, the phrase says something else and names
nobody. Phrases are matched on the plain text (`plain`); names are given as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language.labels import words
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.names import (
    PLACES,
    ROLES,
    before_post,
    is_common,
    is_loose_name,
    is_name,
    is_organisation,
    is_place,
    is_plain_name,
    run_together,
)
from newscrawl.extract.language.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "[\u3400-\u9fff]"
_LONGEST_OFFICE = 20  # of all that stands before the word that says who wrote
_LONGEST_DESK = 6  # of an unknown word that runs into 记者: 晨云记者
_SEAM = re.compile(
    r"(?=[\s、,;:/|丨╱&+()\[\]【】〔〕<>《》_■□◎●○▲△◆◇※★*—─和与及·•・-])"  # their first characters, for speed
    rf"(?:(?:(?<![a-z.])\s|\s(?![a-z])|[、,;:/|丨╱&+()\[\]【】〔〕<>《》_■□◎●○▲△◆◇※★*—─-])+"
    rf"|(?<=(?<!{_HAN})[文图摄])[·•・](?={_HAN}{{2,4}}(?!{_HAN}|[·•・]))"  # 文·张小山
    rf"|(?<={_HAN}{{2}})[和与及](?<!参与)(?={_HAN}{{2,3}}(?:$|[\s/、,)])))"
)


def _words(kind: str) -> str:
    return "|".join(word for row in ROLES if row["kind"] == kind for word in row["words"])


NOUN = re.compile(f"(?:{_words('noun')})(?![部站团队证会室组席从])")
_VERB = re.compile(_words("verb"))
_VERB_BEHIND = re.compile(rf"(?<={_HAN}{{2}})(?:{_words('verb')})$")
_VERB_BEFORE = re.compile(rf"(?:文图|图文|文字|采写)(?={_HAN}{{2}})")
_DID = [(re.compile("|".join(row["words"])), str(row["did"])) for row in ROLES]
_JOINED = re.compile(r"(文字?|图片?)\s?[/、|]\s?(文字?|图片?|摄影?|视频)(?![\u3400-\u9fff])")  # 文/图
# A name whose characters stand apart; two by two where there are four.
_SPREAD = re.compile(rf"{_HAN}\s+{_HAN}(?:\s+(?![文图摄译编]){_HAN}(?!\s*{_HAN}))?(?!{_HAN})")
_FROM = re.compile(rf"发自\s?{_HAN}{{2,8}}(?:、{_HAN}{{2,8}})*(?=$|[\s)\]】])")  # 记者 张三 发自台北
_DOTTED_TITLE = re.compile("《[^《》]*[·•・][^《》]*》")  # reads like a name
_ASIDE = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
_DAY = r"(?:(?:\d{4}年)?(?:\d\d?月)?[\d一二三四五六七八九十廿]{1,3}日)?"
_REPORTED = r"(?:综合|专|即时)?外?(?:报[道导]|[电讯])"
# 记者张三台北20日电, 张三云溪报道: a place and what was done there run on behind the name.
_FILED_AT = re.compile(rf"({_HAN}{{2,3}}?){_DAY}((?:{PLACES}){_HAN}{{0,4}}?){_DAY}{_REPORTED}")
_FILED = tuple(
    re.compile(rf"({_HAN}{{{length}}}){_DAY}((?!{_HAN}{{0,2}}摄影){_HAN}{{2,4}}?)?{_DAY}{_REPORTED}")
    for length in (3, 2)
)
_FILED_FROM = re.compile(rf"{_HAN}{{0,6}}{_DAY}(?:报[道导]|[电讯])")
_SPOKEN = re.compile("(?:告[诉知]|[向对问让与和被据是])$")  # to the reporter behind it
# 云溪广播电台张小山报道: the outlet runs into the name.
_FILED_FOR = re.compile(rf"\S{{2,14}}?(?:{words('outlet')})({_HAN}{{2,3}})(?:综合|即时)?报[道导]")
_WRITTEN_BY = re.compile(rf"\W*文\s?[/|丨:]\s?{_HAN}{{1,2}}(?![省市县区])[\u3400-\u9fff]\W*")  # 文/小云
_BESIDE_NAMES = re.compile(r"\d+[月日年]\S{0,6}|等|另一?|图[据源]\S*|专访")
REPORTERS = re.compile("记者|通讯员|实习生")
_REPORTER_SPREAD = re.compile(rf"\S*(?:{REPORTERS.pattern})(?={_HAN}\s+{_HAN}(?!{_HAN}))")  # 记者张 三
_MEDIUM = re.compile("[网报社端闻刊]|台$")
_CODE = re.compile(r"[a-z]{1,5}\d{2,}\S*$|\d{3,}$")
_OFFICE, _OUTLET = Cues("office"), Cues("outlet")
# 作者系某大学教授, 作者为某大学教授张三: who the author is, not who wrote.
_POST = re.compile(r"\s*[,]?\s*(?:现?[系为是任]|单位[系为])(?=.{3})")
_NAME_AT_END = re.compile(
    rf"(?:教授|主任|书记|博士|学者|作家|专家|主编|理事|代表|[导讲律教医]师|[院会所处社局部校]长|[学研]生|员)\s?({_HAN}{{2,3}}|{_HAN}{{1,8}}(?:·{_HAN}{{1,8}})+)$"
    rf"|\s({_HAN}{{3}})$"
)


class Signed(NamedTuple):
    """The persons of a phrase.

    Attributes:
        names: as printed.
        told: a word says that they wrote.
        says_more: other words are left over.
        credits: a word says what somebody did.
        stranger: a word of no known office stands before that.
    """

    names: tuple[str, ...]
    told: bool
    says_more: bool = False
    credits: bool = True
    stranger: bool = False


class _Part(NamedTuple):
    """A part of a phrase: `noun` or `verb` for a role, `word` for anything else, and what a role says was done."""

    kind: str
    start: int
    end: int
    did: str = ""


@lru_cache(maxsize=4096)  # several analyses read the same few lines
def signed(text: str, *, loosely: bool | None = None) -> Signed:
    """Read a phrase.

    A name needs no known surname where `loosely`, or else behind a word that says who wrote, unless that is False.
    """
    read = _blank(plain(text))
    if loosely is None and _WRITTEN_BY.fullmatch(read):
        loosely = True
    if (post := _about_the_author(text, read)) is not None:
        return post
    reading = _Reading(text, read, list(_parts(read)), loosely=loosely)
    for number in range(len(reading.parts)):
        reading.take(number)
    reading.close(keeps=reading.writes)
    credited = any(part.kind != "word" for part in reading.parts)
    return Signed(tuple(dict.fromkeys(reading.found)), reading.told, reading.says_more, credited, reading.stranger)


class _Reading:
    """Reads a phrase part by part; names are kept in `pending` until a role word says what they did."""

    def __init__(self, text: str, read: str, parts: list[_Part], *, loosely: bool | None) -> None:
        self.text, self.read, self.parts, self.loosely = text, read, parts, loosely
        self.found: list[str] = []
        self.pending: list[str] = []
        self.told = self.says_more = self.stranger = False
        self.writes = True  # whether who comes next is an author
        self._noun = next((number for number, part in enumerate(parts) if part.kind == "noun"), None)
        self._writer = any((part.kind, part.did) == ("noun", "writing") for part in parts)
        self._reporters = self._noun is not None and REPORTERS.search(read) is not None
        last = parts[-1] if parts and not self._reporters else None
        self._signs = last is not None and (last.kind, last.did) == ("noun", "writing")  # 张三 撰稿
        self._wrote = False  # whether a verb says that names wrote: 张三 文 李四 摄
        self._pictured = False  # whether a verb for other work stands before its names: 图/张三
        self._behind = bool(parts) and parts[-1].kind == "verb"  # verbs stand behind their names: 张三 文 李四 摄

    def take(self, number: int) -> None:
        """Read the next part."""
        part = self.parts[number]
        if part.kind == "word":
            word, behind = self.read[part.start : part.end], self.read[part.end : part.end + 2]
            other = behind.startswith((":", " :")) or (self.pending and behind[:1] == "/" and not is_organisation(word))
            if number and other and not is_name(word):
                self.close(keeps=self.writes)  # 张三 指导老师：李四
                self.writes = False
                return
            self._word(number, glued=self._is_glued(number))
            return
        last = number == len(self.parts) - 1
        did = "other" if part.kind == "noun" and self._pictured and not self.pending else part.did  # 图/记者 张三
        if (part.kind == "verb" and self._behind) or (part.kind == "noun" and last and self.pending):
            if last and did == "other" and part.kind == "verb" and self._reporters and not self._wrote:
                self.found = []  # 记者 张三 通讯员 李四 摄
            self._wrote = self._wrote or (part.kind, did) == ("verb", "writing")
            self.close(keeps=did == "writing" or (did == "compiling" and self.writes and self.told))
        else:
            self.close(keeps=self.writes)
            self.writes = did == "writing"
        self._pictured = not self._behind and did == "other" and (part.kind == "verb" or self._pictured)
        self.told = self.told or did == "writing"

    def _is_glued(self, number: int) -> bool:
        """Whether a word belongs to the role after it, not to a role before it: 云经 of 云经编辑."""
        part, behind = self.parts[number], self.parts[number + 1] if number + 1 < len(self.parts) else None
        if behind is None or behind.kind != "noun" or behind.start > part.end:
            return False
        before = self.parts[number - 1] if number else None
        runs_on = before is not None and before.kind == "noun" and before.end == part.start
        return not runs_on and not self.read.startswith("、", part.start - 1)

    def _is_outlet(self, number: int) -> bool:
        """Whether a word shares its reporter with the outlet behind a bar: 石榴云 of 石榴云/云溪日报记者."""
        part, behind = self.parts[number], self.parts[number + 1 : number + 3]
        return (
            [one.kind for one in behind] == ["word", "noun"]
            and self.read.startswith("/", part.end)
            and _OUTLET(self.read[behind[0].start : behind[0].end]) is not None
        )

    def close(self, *, keeps: bool) -> None:
        """End a group of names, and keep them if they are authors."""
        self.found += self.pending if keeps else []
        self.pending = []

    def _word(self, number: int, *, glued: bool) -> None:
        part, before = self.parts[number], self._noun is not None and number < self._noun
        word = self.read[part.start : part.end]
        loosely = (self._reporters and self.writes) if self.loosely is None else self.loosely
        placed = bool(self.pending) and not self.read.startswith("、", part.start - 1)
        names, filed = _named(word, loosely=loosely, placed=placed, reporter=self._reporters)
        if ((before and self._writer) or glued) and not (self._signs or is_plain_name(word) or len(names) > 1):
            names = []  # 云溪 记者 张三: a place reads like a name
        if names and self._is_outlet(number):
            names = []
        self.pending += [_printed(self.text, part, self.read, name) for name in names]
        self.told = self.told or (filed and bool(self.pending))
        known = (
            names or filed or _BESIDE_NAMES.fullmatch(word) or _OFFICE(word) or is_organisation(word) or is_place(word)
        )
        known = known or (glued and len(word) <= _LONGEST_DESK and not _SPOKEN.search(word))
        self.stranger = self.stranger or (before and not known)
        self.says_more = self.says_more or not (known or (before and part.end <= _LONGEST_OFFICE))


def _blank(read: str) -> str:
    """Join 文/图 into one word, blank out 发自台北 and brackets beside a name; the length stays."""
    read = _JOINED.sub(lambda match: (match[1] + match[2]).ljust(len(match[0])), read)
    read = _FROM.sub(lambda match: " " * len(match[0]), read) if "发自" in read else read
    read = _DOTTED_TITLE.sub(lambda match: " " * len(match[0]), read) if "《" in read else read
    outside = _ASIDE.sub("", read).strip()
    if not outside:
        return read
    return _ASIDE.sub(lambda match: match[0] if _VERB.fullmatch(match[1]) else " " * len(match[0]), read)


def _about_the_author(text: str, read: str) -> Signed | None:
    """The author in a note about the author: `作者：张三，系某大学教授`, `本文作者为某大学教授张三`."""
    head = re.match(r"\W*(?:本文)?作者[\s:]*", read)
    post = _POST.search(read, head.end()) if head else None
    if head is None or post is None:
        return None
    name = re.search(r"\S+", read[head.end() : post.start()])
    if name and is_name(name[0]):
        return Signed((text[head.end() + name.start() : head.end() + name.end()],), told=True)
    at_end = _NAME_AT_END.search(read.rstrip())
    span = at_end.span(at_end.lastindex or 0) if at_end else (0, 0)
    return Signed((text[slice(*span)],) if is_name(read[slice(*span)]) else (), told=True)


def _parts(read: str) -> Iterator[_Part]:
    """The roles of a phrase and the words between them; single characters are one name: 李 明, 张 晓 云."""
    start = 0
    pieces = []
    for seam in (*_SEAM.finditer(read), None):
        end = seam.start() if seam else len(read)
        if end > start:
            pieces.append((start, end))
        start = seam.end() if seam else end
    number = 0
    ends_with_picture = read.rstrip(" )]】").endswith(("图", "摄"))
    while number < len(pieces):
        start, end = pieces[number]
        number += 1
        if (role := _REPORTER_SPREAD.match(read, start)) and role.end() == end - 1:
            yield from _in_piece(read, start, role.end(), single=ends_with_picture)
            start = role.end()
        spread = _SPREAD.match(read, start) if end - start == 1 else None
        if spread and is_name("".join(spread[0].split())):
            yield _Part("word", start, spread.end())
            while number < len(pieces) and pieces[number][0] < spread.end():
                number += 1
            continue
        yield from _in_piece(read, start, end, single=ends_with_picture)


def _in_piece(read: str, start: int, end: int, *, single: bool) -> Iterator[_Part]:
    """The roles and words that run together: 本报记者张三通讯员李四."""
    word = read[start:end]
    if _VERB.fullmatch(word):
        yield _Part("verb", start, end, _done(word))
        return
    position = 0
    for noun in NOUN.finditer(word) if not is_name(word) else ():
        yield from _in_word(read, start + position, start + noun.start(), single=single)
        yield _Part("noun", start + noun.start(), start + noun.end(), _done(noun[0]))
        position = noun.end()
    yield from _in_word(read, start + position, end, single=single)


def _in_word(read: str, start: int, end: int, *, single: bool) -> Iterator[_Part]:
    """Split a word from a verb attached to it: 张三摄, 文图张三; with `single` also 张三文."""
    word = read[start:end]
    verb = _VERB_BEHIND.search(word)
    whole = (is_name(word) and not word.endswith(("摄", "译", "图") if single else ("摄", "译"))) or any(
        form.fullmatch(word) for form in (_FILED_AT, *_FILED, _FILED_FOR)
    )
    rest = word[: verb.start()] if verb else ""
    short = (word.endswith(("摄", "译")) or single) and (is_name(rest) or run_together(rest))  # 李明图, not 额尔敦巴图
    if verb and not whole and (len(verb[0]) > 1 or short):
        yield _Part("word", start, start + verb.start())
        yield _Part("verb", start + verb.start(), end, _done(verb[0]))
        return
    if not whole and (before := _VERB_BEFORE.match(word)):
        yield _Part("verb", start, start + before.end(), did="writing")
        start += before.end()
    if start < end:
        yield _Part("word", start, end)


@lru_cache(maxsize=512)
def _done(role: str) -> str:
    return next(did for form, did in _DID if form.fullmatch(role))


def _named(word: str, *, loosely: bool, placed: bool, reporter: bool) -> tuple[list[str], bool]:
    """The names in one word, and whether it also says that something was reported."""
    word = _CODE.sub("", word if word.isascii() else "".join(word.split())).removesuffix("等")
    if is_name(word):
        return [word], False
    filed = None if placed else _filed_by(word, loosely=loosely, reporter=reporter)
    if filed or _FILED_FROM.fullmatch(word):
        return [filed] if filed else [], True
    if several := run_together(word) or before_post(word):
        return several, False
    return ([word], False) if loosely and is_loose_name(word) else ([], False)


def _filed_by(word: str, *, loosely: bool, reporter: bool) -> str | None:
    """Who filed, by one word that says what was done and where: 张三台北20日电, 云溪电台张三报道."""
    for form in (_FILED_AT, *_FILED):
        filed = form.fullmatch(word)
        if filed is None or _MEDIUM.search(filed[2] or "") or not (reporter or _files(word, filed[1])):
            continue
        if is_name(filed[1]) or (form is _FILED_AT and loosely and is_loose_name(filed[1])):
            return filed[1]
    filed = _FILED_FOR.fullmatch(word)
    return filed[1] if filed and is_common(filed[1]) and is_name(filed[1]) else None


def _files(word: str, name: str) -> bool:
    """Whether a word says without 记者 that somebody reported: 张小山报道, not 付费资讯."""
    return is_plain_name(name) and re.search(r"报|\d日", word) is not None


def _printed(text: str, part: _Part, read: str, name: str) -> str:
    """A name as the text prints it, without the white space within a name of two characters."""
    start = read.find(name, part.start, part.end)
    return text[start : start + len(name)] if start >= 0 else "".join(text[part.start : part.end].split())
