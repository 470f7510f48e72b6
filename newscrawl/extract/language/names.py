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
# Words of pages that look like a surname and a given name.
_WORDS = frozenset(_DATA["words"].split())
_ROLE = (
    r"(?:本报|本网|本刊|本台|本社|特约|特派|首席|高级|资深|见习|实习|驻\S{1,8}?|全媒体|融媒体|新媒体|视频|文字|摄影|客户端|财经|专栏|主任){0,4}"
    r"(?:记者|通讯员|特约通讯员|实习生|评论员|撰稿人?|撰文|作者|执笔|文字|采写|采访|报道员|特约撰稿人?)"
)
_TEXT_BY = r"(?:文字?/图片?|图片?/文字?|文图|图文|文)"
_ROLE_BEFORE = re.compile(rf"^(?:[^\s、,]{{0,14}}?{_ROLE}\s*[:/丨|]?\s*|{_TEXT_BY}\s*[:/丨|\s]\s*)")
_ROLE_BETWEEN = re.compile(rf"[\s、,;]*(?:另一\S*?)?{_ROLE}\s*[:/]?\s*")
_ROLE_BEHIND = re.compile(
    r"\s*(?:摄影报道|报道|报导|撰文|采写|整理|整合|综合|编译|文/图|文/?摄影?|图/文|文图|图文|等|/文|(?<=\s)[文着撰]"
    r"|(?<=[\u3400-\u9fff])\s(?:记者|通讯员|实习生|特派员)|(?:北京|上海)(?:报[道导]|电))$"
)
_PHOTO = re.compile(r"(?:摄影?|供图|制图|(?<!文/)(?<!文)图|绘|漫画|视频|剪辑)\s*$")
# Who took the pictures, behind who wrote: 张三 文 李四 摄.
_PHOTOGRAPHER = re.compile(rf"(?<={_HAN})\s*文\s*[/、,\s]\s*{_HAN}{{2,4}}\s*[/]?[图摄]影?")
_TEXT_AND_PHOTO = re.compile(r"\s*(?:文/图|图/文|文/摄影?)$")
# A place and what was done there run on behind a name: 張小豐台北報導, 林可心雲溪20日電.
_FROM = tuple(
    re.compile(
        rf"({_HAN}{{{length}}})(?:\d\d?月)?(?:\d\d?日)?(?:{_HAN}{{2,4}})?(?:\d\d?日)?(?:综合|专|即时)?外?(?:报[道导]|[电讯])"
    )
    for length in (3, 2)
)
# Behind these words stand people who did something else.
_OTHERS = re.compile(
    r"(?:^|\s+)(?:摄影|摄像|供图|图片?|责任编辑|责编|编辑|校对|编审|编校|审核|签发|监制|主编|统筹|来源)(?:[\s:/丨|].*)$"
)
_CODE = re.compile(r"[_\s-]*[a-z]{1,5}\d{2,}\S*$|[_\s]+\d{3,}$|[(]\w*\d+\w*[)]$")
_LIST = re.compile(r"[、;/╱&|丨]+|[和与及](?=[\u3400-\u9fff]{2,3}$)")
_SPACE = re.compile(r",+|\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+")
_PLACE = re.compile(r"\S{2,3}(?:报[道导]|电)")
_NOBODY = re.compile(
    r"综合|网络|媒体|版$|^(?:阅读|评论|浏览|点击|人气|收藏|分享|打印|关注|点赞|转发|字号)|手记|获悉|观察|调查|见闻|专访|采访|摘要"
)
# What no name has and any sentence may: a name of another people or a pen name has none of it.
_LOOSE = re.compile(rf"{_HAN}[\w·]{{1,7}}|[a-z][\w .'·-]{{1,30}}")
_SENTENCE = re.compile("[为中的了吗呢是在从我你他她它这那就不把被将到有要会说问请您何怎几谁吧啊?!]")
_SPACED = re.compile(rf"(?<!{_HAN})({_HAN})\s+({_HAN})(?!{_HAN})")


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """A Chinese person's name: a surname and one or two characters, or a name with its middle dot."""
    text = plain(text)
    return _STRICT.fullmatch(text) is not None and not _ORGANISATION.search(text) and text not in _WORDS


def is_plain_name(text: str) -> bool:
    """What is a name without a word that says so: three characters with a common surname, Latin or with a dot."""
    if _LATIN.fullmatch(text):
        return len(text) < 30 and not _LATIN_OUTLET.search(text.lower())
    return _PLAIN.fullmatch(plain(text)) is not None and is_name(text)


def is_word(text: str) -> bool:
    """A word of pages that looks like a surname and a given name: 关注, 时间, 广告."""
    return plain(text) in _WORDS


def names(text: str, *, strict: bool = False, told: bool = False) -> list[str]:
    """Read the persons a credit names.

    Args:
        text: what stands behind the label: `张三、李四`, `新京报记者 张三 通讯员 李四`, `张三_NN123`, `王 伟`.
        strict: only names by their surname; without it pen names and Latin names count as well.
        told: where strict, names of other peoples count too, as a word before them says that they are persons.
    """
    text = text.strip(" 　。.：:")
    read = _SPACED.sub(r"\1\2", plain(text))
    read = re.sub(r"(?<=\w)\([^()]*\)", "", read)
    found: list[str] = []
    for part in _ROLE_BETWEEN.split(_ROLE_BEFORE.sub("", read)):
        writers = _TEXT_AND_PHOTO.sub("", _OTHERS.sub("", part))
        for listed in () if _PHOTO.search(_TEXT_AND_PHOTO.sub("", part)) else _LIST.split(writers):
            place = bool(found) and _PLACE.fullmatch(listed) is not None
            found += _listed_names(listed, strict=strict or place, told=told and not place)
    return list(dict.fromkeys(_as_printed(name, text) for name in found))


def _as_printed(name: str, text: str) -> str:
    """A name of the plain text as the text prints it, without the white space within a name of two characters."""
    read = plain(text)
    if (start := read.find(name)) >= 0:
        return text[start : start + len(name)]
    match = re.search(r"\s*".join(map(re.escape, name)), read)
    return "".join(text[match.start() : match.end()].split()) if match else name


def _listed_names(text: str, *, strict: bool, told: bool = False) -> list[str]:
    """The names in one entry of a list: words beside a real name are that person's town or post."""
    words = [word for word in _SPACE.split(text) if word]
    found = [name for word in words if (name := _name(word, strict=True))]
    if not found and len(words) == 1:
        found = _run_together(words[0])
    if not found and not strict:
        return [name for word in words if (name := _name(word, strict=False))][:1]
    if told and len(found) < len(words):
        others = [_name(word, strict=False) for word in words]
        loose = [
            name for name in others if name and re.fullmatch(rf"{_HAN}{{2,8}}", name) and not _SENTENCE.search(name)
        ]
        return loose if len(loose) == len(words) or not found else found
    return found


def _run_together(text: str) -> list[str]:
    """Split names written without any separator, where there is only one way: 谭飞王艳明闫鹃."""
    if not re.fullmatch(rf"{_HAN}{{4,9}}", text) or _ORGANISATION.search(text):
        return []
    ways: list[list[str]] = [[]]
    complete = []
    while ways:
        way = ways.pop()
        rest = text[sum(map(len, way)) :]
        if not rest:
            complete.append(way)
        ways += [[*way, rest[:length]] for length in (2, 3) if len(rest) >= length and is_name(rest[:length])]
    likely = [way for way in complete if all(name[0] in _COMMON for name in way)]
    return likely[0] if len(likely) == 1 else []


def _name(text: str, *, strict: bool) -> str | None:
    """The name in one word: without place, code or role around it."""
    placed = (form.fullmatch(text.strip(" ()[]【】〔〕")) for form in _FROM)
    if name := next((match[1] for match in placed if match and is_name(match[1])), None):
        return name
    if _NOBODY.search(text):
        return None
    bare = _ROLE_BEHIND.sub("", _CODE.sub("", text.strip(" \t【】[]()<>《》。.:-—_*")))
    if is_name(bare) or not (match := _WITH_POST.fullmatch(bare)):
        told = is_name(bare) or (not strict and not _ORGANISATION.search(bare) and _LOOSE.fullmatch(bare))
        return bare if told else None
    return match[1]


# (记者 张三 通讯员 李四) of a dateline or at the end; 记者张三、李四 on a line of its own; (张三) at the end.
_IN_BRACKETS = re.compile(
    rf"[(【〔\[]\s*([^()【】〔〕]{{0,24}}?(?:{_ROLE}|文/图|图/文|文)[\s:/丨|]*[^()【】〔〕]{{2,60}}?)\s*[)】〕\]]"
)
_BRACKETS = re.compile(r"[(【〔\[]([^()【】]{2,40})[)】\]]")
_DATELINE = re.compile(r"^.{0,40}?(?:讯|电|消息|报道)\s*(?=[(【〔\[])")
_OPEN_DATELINE = re.compile(
    rf"^.{{0,30}}?(?:讯|电|消息)\s*:?(?:\s*|\s[\w、·/]{{1,18}}?[网报社台端闻](?=记者))({_ROLE}(?![从在近昨今获了对就向])[^。,!?:(]{{2,40}}?)(?:报[道导]|\s(?=\S{{5}})|[:,。(])"
)
_WHOLE_LINE = re.compile(
    rf"^[\s■□◎●▲△◆◇※*—【\[(〔-]*(?:{_TEXT_BY}\s*[:/丨|]\s*)?(?:[《\w·》“”/、\s-]{{0,18}}?{_ROLE}(?:\s*[:/丨|])?\s*|{_TEXT_BY}\s*[:/丨|\s]\s*)({_HAN}[^。!?,]{{1,40}}?)[\s】\])〕]*$"
)
# The closing bracket may be lost where a page is damaged or cut.
_SIGNATURE = re.compile(rf"[(]([^()]{{2,40}})[)]\s*$|[(]({_ROLE}[^()]{{2,40}})$")
_LONGEST_LINE = 80
_BRACKET = re.compile(r"[（(【〔\[]")
_ROLE_HINT = re.compile("[者员員生稿文笔筆字写寫访訪]")  # what any role ends with, and 文/图
_SLASH_OR_MARK = re.compile("[/|丨╱□■◎○●]")
# □ 张三 over a newspaper's story; 林大同/台中报导.
_UNDER_HEADLINE = re.compile(rf"[□■◎○●]\s*({_HAN}[^。!?,:]{{1,24}})|({_HAN}{{2,4}})\s*[/╱]\s*{_HAN}{{2,4}}(?:报[导道])")
# 娱乐中心/张三报导
_DESK_AND_NAME = re.compile(rf"{_HAN}{{2,6}}(?:中心|组|部|频道|新闻)\s*[/╱|]\s*({_HAN}{{2,3}})\s?(?:综合)?报[导道]\W*$")
_FULL_STOP = "。"
_BEFORE_TEXT = re.compile(
    rf"({_HAN}{{2,3}}|{_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+)\s*(?:\([^()]*\)\s*)?[/|丨]\s*文(?![\u3400-\u9fff])"
)
_FOREIGN = re.compile(rf"({_HAN}{{1,8}}(?:[·•・‧]{_HAN}{{1,8}})+)\s*\([a-z .'-]+\)")  # 古德伦・塞勒(Gudrun Sailer)
_TOLD = re.compile(r"(?:记者|通讯员|实习生)[\s:]")
_HAS_ROLE = re.compile("记者|通讯员|实习生")
_NAME_AND_ROLE = re.compile(rf"({_HAN}{{2,8}})\s(?:记者|通讯员|特派员|评论员)")
_AT_THE_END = re.compile(rf"[。!?”]\s*(?:[\w·]{{0,12}}?(?:记者|通讯员)\s*({_HAN}[^。,!?:()]{{1,20}})|({_HAN}{{2,3}}))$")


def in_dateline(text: str) -> list[str]:
    """Reporters named at the beginning of a story: `新华社乌鲁木齐5月9日电（记者邹伟）`, `本报讯 记者张三 …`."""
    start = text[:120]
    bracket = _BRACKET.search(start)
    if bracket is None and not _ROLE_HINT.search(start):
        return []
    read = plain(start)
    match = _DATELINE.match(read) if bracket else None
    if match and (credit := _IN_BRACKETS.match(read, match.end())):
        return names(_group(credit, start), strict=True, told=_says_who(credit))
    if match and (credit := _BRACKETS.match(read, match.end())):
        return _only_names(_group(credit, start))
    if (credit := _OPEN_DATELINE.match(read)) is not None:
        return names(_group(credit, start), strict=True)
    credit = _IN_BRACKETS.match(read)
    return names(_group(credit, start), strict=True, told=_says_who(credit)) if credit else []


def _says_who(match: re.Match[str]) -> bool:
    return _HAS_ROLE.search(match[0]) is not None


def _group(match: re.Match[str], text: str) -> str:
    """The first group that took part, as the text prints it."""
    number = next(number for number in range(1, (match.re.groups or 0) + 1) if match[number] is not None)
    return text[match.start(number) : match.end(number)]


def in_line(text: str) -> list[str]:
    """Authors named by a line that says nothing else: `新京报记者 张三`, `【文/专栏作者 张三】`."""
    if len(text) > _LONGEST_LINE:
        return []
    read = _PHOTOGRAPHER.sub("", plain(text).partition(" 综合")[0])
    found = _signed_names(text, read)
    if found or not _ROLE_HINT.search(text):
        return found
    match = None if _PHOTO.search(read.rstrip(" )】]")) else _WHOLE_LINE.match(read)
    return names(_group(match, text), strict=True, told=_TOLD.search(read) is not None) if match else []


def _signed_names(text: str, read: str) -> list[str]:
    """Names that a line shows to be the author's by its form: 张三/文, □ 张三, 张三 记者."""
    if _SLASH_OR_MARK.search(read):
        if writers := [name for name in _BEFORE_TEXT.findall(read) if is_name(name)]:
            return [_as_printed(name, text) for name in writers]
        if (signed := _UNDER_HEADLINE.fullmatch(read)) and (writers := _only_names(_group(signed, text))):
            return writers
        if (signed := _DESK_AND_NAME.match(read)) and (_FULL_STOP not in read) and is_name(signed[1]):
            return [_group(signed, text)]
    signed = _FOREIGN.fullmatch(read) or _NAME_AND_ROLE.fullmatch(read)
    return [_group(signed, text)] if signed and is_name(signed[1]) else []


def in_signature(text: str, *, bare: bool = True) -> list[str]:
    """Authors signed at the end of a line: `（记者 张三 李四）`, `（文/图 张三）`; where `bare`, `（张三）` as well."""
    read = plain(text)
    match = _SIGNATURE.search(read)
    if not match:
        open_ = _AT_THE_END.search(read[-40:])
        where = text[-40:]
        if open_ and open_[1]:
            return names(where[open_.start(1) : open_.end(1)], strict=True)
        return [where[open_.start(2) : open_.end(2)]] if open_ and bare and is_name(open_[2]) else []
    signed = _group(match, text).strip()
    read = _PHOTOGRAPHER.sub("", plain(signed))
    if _PHOTO.search(read):
        return []
    if _ROLE_BEFORE.match(read) or re.search(r"(?:文/图|文图|图文|/文|文)$", read):
        return names(signed[: len(read)], strict=True, told=_HAS_ROLE.search(read) is not None)
    return _only_names(signed) if bare else []


def _only_names(text: str) -> list[str]:
    """The names of a text that holds nothing else."""
    parts = [part for part in re.split(r"[、，,\s]+", _SPACED.sub(r"\1\2", text)) if part]
    while len(parts) > 1 and _ORGANISATION.search(plain(parts[0])):  # 县委宣传部 张三: their office before them
        parts.pop(0)
    return parts if all(map(is_name, parts)) else []
