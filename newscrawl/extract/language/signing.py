"""Who signed an article: by brackets, datelines, and lines that only sign (`phrases` has their grammar)."""

from __future__ import annotations

import re

from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.names import is_loose_name, is_name, is_pen_name
from newscrawl.extract.language.phrases import NOUN, REPORTERS, signed
from newscrawl.extract.language.plain import plain

_HAN = "[\u3400-\u9fff]"
_LONGEST_LINE = 80  # characters of a line that only signs
_LONGEST_BRACKET, _LONGEST_TAIL = 100, 40  # of a signature in brackets and without
_LONGEST_HEAD = 60  # of a dateline without brackets
_SHORTEST_STRANGER = 4  # of a name without a known surname that another word for reporters follows
# Every line that says who wrote contains one of these; most lines do not, and parsing one takes fifty times as long.
_MAY_TELL = re.compile("[者员稿文笔写电讯撰]|实习生|采访|报[道导]")
_REPORTED = re.compile(f"{REPORTERS.pattern}|报[道导]")
_STAFF_CODE = re.compile(r"[_\s-]*[A-Za-z]{1,5}\d{2,}\S*$|[_\s]+\d{3,}$")
_NO_PHRASE = re.compile("[。!?]")
_LINE_EDGES = " \t\u3000■□◎●○▲△◆◇※★*—–-•"
# 口 stands for □ where a font was lost.
_MARKED = re.compile(rf"\s*(?:[■□◎●○◆◇]\s*|口\s?(?=(?:本[报网刊])?(?:记者|通讯员)|{_HAN}{{2,3}}(?:$|\s?[文图]\s?/)))\S")
_FOREIGN = re.compile(rf"({_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+)\s*\([a-z .'-]+\)")  # 古德伦・塞勒(Gudrun Sailer)
_COMPILED = re.compile(r"(?<=\S)(\s(?:(?:综合(?!报[道导])|据)(?=\S)|\(?[\w.-]+@))")  # 张三 综合某报; 张三 a@b.cn
_WROTE = re.compile(r"(?<=[\u3400-\u9fff]{2}/文)(?![\u3400-\u9fff])(\s)(?=[《\u3400-\u9fff])")  # 张三/文 《某刊》编辑
_AT_END = re.compile(r"[(【〔\[]([^()【】〔〕\[\]]{2,90})[)】〕\]]?\s*。?\s*$")
_CLOSED = re.compile(r"[)】〕\]]\s*。?\s*$")
_OPEN = re.compile(r"[(【〔\[]([^()【】〔〕\[\]]{2,60})[)】〕\]]")
_DATELINE = re.compile(
    r"(?:[^。,!?]{0,40}?(?:[讯电]|消息|报[道导])(?=[\s:(（【〔\[】\]]|记者|通讯员)[】\]]?|【[^】]{2,14}】(?=\())\s*:?\s*"
)
_HEAD_END = re.compile(r"(?<=报[道导])|(?=[\s:,。]|$)")
_ENDS_HEAD = re.compile("[:。]|,(?!(?:见习|实习|特约|通讯)?(?:记者|员|生))")
_SPEAKS = Cues("speaker")
# A reporter who is the subject of the first sentence: 云溪网讯 记者张小山从县农业局获悉
_SUBJECT = re.compile(
    rf"(?:[^。:]{{0,30}}[,\s])?[^\s。,:]{{0,16}}?记者\s?({_HAN}{{2,3}}?(?:[、\s]{_HAN}{{2,3}}?){{0,3}})\s?"
    r"(?=从|在(?!内|场)|获悉|了解到|看到|来到|走[进访])"
)
_EDITED = re.compile(r"\s*[(【〔\[](?:责任)?编辑?\s?:[^()【】〔〕\[\]]*[)】〕\]]\s*$")  # a credit behind the signature
_TAIL = re.compile(r"[。!?”」]([^。!?”」]{2,40})$")


def may_tell(text: str) -> bool:
    """Tell quickly that no word of a text says who wrote."""
    return _MAY_TELL.search(plain(text)) is not None


def in_line(text: str) -> list[str]:
    """Authors named by a line that says nothing else: `新京报记者 张三`, `【文/专栏作者 王文】`, `□ 张三`."""
    if len(text) > _LONGEST_LINE:
        return []
    read = plain(text)
    if _NO_PHRASE.search(read):
        return []
    if "(" in read and (foreign := _FOREIGN.fullmatch(read.strip())) is not None:
        return [text.strip()[: foreign.end(1)]]
    marked = _MARKED.match(read)
    if not (marked or _MAY_TELL.search(read)):
        return []
    if cut := _COMPILED.search(read) or _WROTE.search(read):
        text = text[: cut.start(1)]
    found = signed(text[marked.end() - 1 if marked else 0 :].strip(_LINE_EDGES).strip("()（）[]【】〔〕"))
    told = found.told or marked is not None
    return list(found.names) if told and not found.says_more else []


def in_dateline(text: str) -> list[str]:
    """Reporters named at the beginning of a story: `新华社乌鲁木齐5月9日电（记者邹伟）`, `本报讯 记者张三 …`."""
    start = text[:120]
    read = plain(start)
    dateline = _DATELINE.match(read)
    places = (dateline.end(), 0) if dateline else (0,)
    for place in places:
        if (bracket := _OPEN.match(read, place)) is not None:
            found = signed(start[slice(*bracket.span(1))])
            if not found.says_more and (found.told or place):
                return list(found.names)
    for place in places:
        if names := _running_head(start, read, place):
            return names
    subject = _SUBJECT.match(read) if "记者" in read else None
    named = signed(f"记者{start[slice(*subject.span(1))]}") if subject else None
    return list(named.names) if named and not named.says_more and all(map(is_name, named.names)) else []


def _running_head(text: str, read: str, place: int) -> list[str]:
    """The reporters at the head of a sentence: the longest head that says nothing else, up to 报道 or a comma."""
    names: list[str] = []
    if place == 0 and _SPEAKS(text):
        return names
    for end in _HEAD_END.finditer(read, place + 4, place + _LONGEST_HEAD):
        head = slice(place, end.start())
        found = signed(text[head], loosely=False) if _REPORTED.search(read[head]) else None
        if found and found.told and not found.says_more and not found.stranger:
            names = list(found.names)
        elif names:
            break
        if read[head].endswith(("报道", "报导")) or _ENDS_HEAD.match(read, end.start()):
            break
    return names


def in_signature(text: str, *, bare: bool = True) -> list[str]:
    """Authors signed at the end of a line: `（记者 张三 李四）`, `（文/图 张三）`; where `bare`, `（张三）` as well."""
    read = plain(text)
    if "编" in read and (edited := _EDITED.search(read)):
        text, read = text[: edited.start()], read[: edited.start()]
    bracket = _AT_END.search(read[-_LONGEST_BRACKET:])
    if bracket:
        span = bracket.span(1)
        found = signed(text[-_LONGEST_BRACKET:][slice(*span)])
        if found.says_more and found.told and not _CLOSED.search(read):  # a damaged page, or a cut one
            return list(signed(text[-_LONGEST_BRACKET:][slice(*span)], loosely=False).names)
        return list(found.names) if not found.says_more and (found.told or bare) else []
    tail = _TAIL.search(read[-_LONGEST_TAIL - 1 :])
    if tail is None:
        return []
    signature = text[len(text) - len(tail[1]) :]
    found = signed(signature)
    told = found.told or (bare and is_name(signature.strip()))
    return list(found.names) if told and not found.says_more else []


def names(text: str, *, strict: bool = False, told: bool = False) -> list[str]:
    """Read the persons a label announces.

    Args:
        text: what stands behind the label: `张三、李四`, `新京报记者 张三 通讯员 李四`, `张三_NN123`, `王 伟`.
        strict: only names by their surname; without it pen names and Latin names count as well.
        told: where strict, names of other peoples count too, as a word before them says that they are persons.
    """
    found = signed(text)
    if told and found.stranger and (noun := NOUN.search(plain(text))):  # 乌云其木格 通讯员 李明
        before = text[: noun.start()].strip()
        first = [before] if len(before) >= _SHORTEST_STRANGER and is_loose_name(before) else []
        return [*first, *signed(text[noun.start() :]).names]
    if told and found.says_more and not (loose := signed(text, loosely=True)).says_more:
        return list(loose.names)
    if strict or found.credits or (found.names and not found.says_more):
        return list(found.names)
    entries = re.split(r"[、，,;；/&|｜丨]+", text.strip(" 　。.：:"))
    return list(dict.fromkeys(name for entry in entries for name in signed(entry).names or _pen_name(entry)))


def _pen_name(entry: str) -> tuple[str, ...]:
    """The first word of an entry that may be a pen name or a Latin name; all words that are long names of strangers."""
    entry = _STAFF_CODE.sub("", entry.strip(" 　[]()（）【】<>《》。.:：—_*-"))
    words = [entry] if entry.isascii() else entry.split()
    if all(len(word) >= _SHORTEST_STRANGER and is_loose_name(word) for word in words):  # 旦增西旦 次仁央宗
        return tuple(words)
    return tuple(word for word in words if is_pen_name(word))[:1]
