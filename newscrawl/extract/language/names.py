"""Names of persons in bylines, datelines, signatures and credits.

A Chinese name is a surname of the old list (百家姓 and later additions) and one or two characters; a pen name is
whatever stands behind an explicit label and is no organisation.
"""

from __future__ import annotations

import re

_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗"
    "毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆"
    "高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛"
    "寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠"
    "须丰巢关蒯相查后荆红游竺权逯盖益桓公付仝代肖闫岳帅覃栗占亓冼敬鹿战楚欧涂粟綦练翦苑邸隋雒晁揭税苟牟佟佘佴冀麦呙妥宓尉尤展岑库库斛旷柘楼檀母沐沃洛淡火照牙玄畅瞿禚禤"
    "窦笪简粘糜缑萨蔚薄蹇迟逄郄郜酆钭銮闵降靖鞠鲜麻黑"
)
_TRADITIONAL = (
    "趙錢孫鄭馮陳衛蔣韓楊許呂張孔嚴華謝鄒蘇範魯韋馬鳳費賀羅畢鄔樂時傅齊顧黃蕭貝計談龐紀項閔賈婁顏鍾駱萬盧鄧單諸龔滑陸榮車寧劉葉黎薊賴喬陰聞黨譚貢勞莊閻連習溫"
    "簡饒關鞏聶衝遊權蓋歐區塗"
)
# The hundred commonest, by the ministry's count of 2021, tell names apart that are run together.
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫"
    "段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_COMPOUND = "|".join(
    (
        *("欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐"),
        *("宇文", "长孙", "司徒", "司空", "端木", "东方", "独孤", "南宫", "西门", "呼延", "百里", "轩辕", "范姜"),
    )
)
_PLAIN = re.compile(f"[{_COMMON}][\u3400-\u9fff][^\\W省市县区镇乡村州]")
_SURNAME = f"(?:{_COMPOUND}|[{_SINGLE}{_TRADITIONAL}])"
_HAN = "[\u3400-\u9fff]"
_STRICT = re.compile(rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|{_SURNAME}{_HAN}{{1,2}}|{_HAN}{{2,8}}(?:[·•・]{_HAN}{{1,8}})+)")
# A name with the post it holds run on behind it: 方敏北京大学经济学院教授.
_WITH_POST = re.compile(
    rf"({_SURNAME}{_HAN}{{1,2}}?)(?:系|为|是)?(?:中国|中央|全国|国家|国务院|清华|复旦|人民|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    r"广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|香港|澳门|台湾|武汉|南京|广州|深圳|中共|著名|知名|资深|本报|本刊|某|省|市).{2,}"
)
_ORGANISATION = re.compile(
    r"(?i:admin|editor|root|www\.)|网|網|报(?!春)|報|新闻|新聞|频道|頻道|电台|電台|电视|電視|杂志|日刊|通讯社|经济|财经|新华社|中新社|传媒|傳媒|编辑|編輯|记者|記者|通讯员|综合|整理|整合|未知|佚名|匿名|不详|原创|转载|来源|来自|"
    r"委员会|办公|中心|公司|集团|大学|学院|医院|研究|协会|学会|政府|宣传|工作室|客户端|公众号|公号|微信|微博|编译|翻译|评论员|本刊|本站|小编|责编|管理员|发布|官方|账号|团队|"
    r"有限|我们|今天|近日|作者|文章|图片|摄影|视频|资料|其他|供图|供稿|联合|实习|全媒体|融媒|[局社院部处科委办会组室厅署台厂校]$|[0-9０-９]{2}"
)
_ROLE = (
    r"(?:本报|本网|本刊|本台|本社|特约|特派|首席|高级|资深|见习|实习|驻\S{1,8}?|全媒体|融媒体|新媒体|视频|文字|摄影|客户端|财经|专栏|主任){0,4}"
    r"(?:记者|記者|通讯员|通訊員|特约通讯员|实习生|實習生|评论员|評論員|撰稿人?|撰文|作者|执笔|執筆|文字|采写|採寫|采访|採訪|报道员|特约撰稿人?)"
)
_TEXT_BY = r"(?:文字?/图片?|图片?/文字?|文图|图文|文)"
_ROLE_BEFORE = re.compile(rf"^(?:[^\s、，,]{{0,14}}?{_ROLE}\s*[:：/／丨|]?\s*|{_TEXT_BY}\s*[:：/／丨|\s]\s*)")
_ROLE_BETWEEN = re.compile(rf"[\s、，,;；]*(?:另一\S*?)?{_ROLE}\s*[:：/／]?\s*")
_ROLE_BEHIND = re.compile(
    r"\s*(?:摄影报道|报道|報道|報導|撰文|采写|整理|整合|综合|编译|文/图|文/?摄影?|图/文|文图|图文|等|/文|(?<=\s)[文著撰]|(?:北京|上海|\S{2,3})(?:报道|電|电))$"
)
_PHOTO = re.compile(r"(?:摄影?|攝影?|供图|制图|(?<!文[/／])(?<!文)图|绘|漫画|视频|剪辑)\s*$")
_TEXT_AND_PHOTO = re.compile(r"\s*(?:文[/／]图|图[/／]文|文[/／]摄影?)$")
# Behind these words stand people who did something else.
_OTHERS = re.compile(
    r"(?:^|\s+)(?:摄影|攝影|摄像|供图|图片?|责任编辑|责编|编辑|編輯|校对|编审|编校|审核|签发|监制|主编|统筹|来源)(?:[\s:：/／丨|].*)$"
)
_CODE = re.compile(r"[_\s-]*[A-Za-z]{1,5}\d{2,}\S*$|[_\s]+\d{3,}$|[（(]\w*\d+\w*[)）]$")
_LIST = re.compile(r"[、;；/／╱&＆｜|]+|[和与](?=[\u3400-\u9fff]{2,3}$)")
_SPACE = re.compile(r"[，,]+|\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+")
_PLACE = re.compile(r"\S{2,3}(?:报道|報導|報道|電|电)")
_NOBODY = re.compile(
    r"综合|綜合|网络|媒体|版$|^(?:阅读|閱讀|评论|評論|浏览|点击|人气|收藏|分享|打印|关注|点赞|转发|字号)"
)
_SPACED = re.compile(rf"(?<!{_HAN})({_HAN})\s+({_HAN})(?!{_HAN})")


def is_name(text: str) -> bool:
    """A Chinese person's name: a surname and one or two characters, or a name with its middle dot."""
    return _STRICT.fullmatch(text) is not None and not _ORGANISATION.search(text)


def is_plain_name(text: str) -> bool:
    """Three characters that are a name without a word that says so: with a common surname, and no place's ending."""
    return _PLAIN.fullmatch(text) is not None and is_name(text)


def names(text: str, *, strict: bool = False) -> list[str]:
    """Read the persons a credit names.

    Args:
        text: what stands behind the label: `张三、李四`, `新京报记者 张三 通讯员 李四`, `张三_NN123`, `王 伟`.
        strict: only names by their surname; without it pen names and Latin names count as well.
    """
    text = _SPACED.sub(r"\1\2", text.strip(" 　。.：:"))
    text = re.sub(r"(?<=\w)[(（][^()（）]*[)）]", "", text)
    found: list[str] = []
    for part in _ROLE_BETWEEN.split(_ROLE_BEFORE.sub("", text)):
        writers = _TEXT_AND_PHOTO.sub("", _OTHERS.sub("", part))
        for listed in () if _PHOTO.search(_TEXT_AND_PHOTO.sub("", part)) else _LIST.split(writers):
            found += _listed_names(listed, strict=strict or (bool(found) and _PLACE.fullmatch(listed) is not None))
    return list(dict.fromkeys(found))


def _listed_names(text: str, *, strict: bool) -> list[str]:
    """The names in one entry of a list: words beside a real name are that person's town or post."""
    words = [word for word in _SPACE.split(text) if word]
    found = [name for word in words if (name := _name(word, strict=True))]
    if not found and len(words) == 1:
        found = _run_together(words[0])
    if not found and not strict:
        found = [name for word in words if (name := _name(word, strict=False))][:1]
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
    if _NOBODY.search(text):
        return None
    text = _ROLE_BEHIND.sub("", _CODE.sub("", text.strip(" \t【】[]()（）<>《》。.：:-—_*")))
    if is_name(text):
        return text
    if match := _WITH_POST.fullmatch(text):
        return match[1]
    if strict or not text or _ORGANISATION.search(text):
        return None
    if re.fullmatch(rf"{_HAN}[\w·]{{1,7}}", text) or re.fullmatch(r"[A-Za-z][\w .'·-]{1,30}", text):
        return text
    return None


# （记者 张三 通讯员 李四） of a dateline or at the end; 记者张三、李四 on a line of its own; （张三） at the end.
_IN_BRACKETS = re.compile(
    rf"[（(【〔\[]\s*([^（）()【】〔〕]{{0,24}}?(?:{_ROLE}|文/图|图/文|文)[\s:：/／丨|]*[^（）()【】〔〕]{{2,60}}?)\s*[)）】〕\]]"
)
_BRACKETS = re.compile(r"[（(【〔\[]([^（）()【】]{2,40})[)）】\]]")
_DATELINE = re.compile(r"^.{0,40}?(?:讯|訊|电|電|消息|报道|報道)\s*(?=[（(【〔\[])")
_OPEN_DATELINE = re.compile(
    rf"^.{{0,30}}?(?:讯|訊|电|電|消息)\s*[:：]?(?:\s*|\s[\w、·/]{{1,18}}?[网網报報社台端闻聞](?=[记記]者))({_ROLE}(?![从在近昨今获了对就向])[^。，！？:：（(]{{2,40}}?)(?:报道|報道|報導|\s(?=\S{{5}})|[:：，。（(])"
)
_WHOLE_LINE = re.compile(
    rf"^[\s■□◎●▲△◆◇※*—【\[（(〔-]*(?:{_TEXT_BY}\s*[:：/／丨|]\s*)?(?:[《\w·》“”/／、\s-]{{0,18}}?{_ROLE}(?:\s*[:：/／丨|])?\s*|{_TEXT_BY}\s*[:：/／丨|\s]\s*)({_HAN}[^。！？，]{{1,40}}?)[\s】\]）)〕]*$"
)
# The closing bracket may be lost where a page is damaged or cut.
_SIGNATURE = re.compile(rf"[（(]([^（）()]{{2,40}})[）)]\s*$|[（(]({_ROLE}[^（）()]{{2,40}})$")


def in_dateline(text: str) -> list[str]:
    """Reporters named at the beginning of a story: `新华社乌鲁木齐5月9日电（记者邹伟）`, `本报讯 记者张三 …`."""
    start = text[:120]
    bracket = _BRACKET.search(start)
    if bracket is None and not _ROLE_HINT.search(start):
        return []
    match = _DATELINE.match(start) if bracket else None
    if match and (credit := _IN_BRACKETS.match(start, match.end())):
        return names(credit[1], strict=True)
    if match and (credit := _BRACKETS.match(start, match.end())):
        return _only_names(credit[1])
    if (credit := _OPEN_DATELINE.match(start)) is not None:
        return names(credit[1], strict=True)
    credit = _IN_BRACKETS.match(start)
    return names(credit[1], strict=True) if credit else []


_LONGEST_LINE = 80
_BRACKET = re.compile(r"[（(【〔\[]")
_ROLE_HINT = re.compile("[者员員生稿文笔筆字写寫访訪]")  # what any role ends with, and 文/图
_SLASH_OR_MARK = re.compile("[/／╱□■◎○●]")
# □ 张三 over a newspaper's story; 林大同／台中報導.
_UNDER_HEADLINE = re.compile(
    rf"[□■◎○●]\s*({_HAN}[^。！？，：:]{{1,24}})|({_HAN}{{2,4}})\s*[/／╱]\s*{_HAN}{{2,4}}(?:報導|报道|報道)"
)
_BEFORE_TEXT = re.compile(rf"({_HAN}{{2,3}})\s*[/／]\s*文(?![\u3400-\u9fff])")


def in_line(text: str) -> list[str]:
    """Authors named by a line that says nothing else: `新京报记者 张三`, `【文/专栏作者 张三】`."""
    if len(text) > _LONGEST_LINE:
        return []
    if _SLASH_OR_MARK.search(text):
        if writers := [name for name in _BEFORE_TEXT.findall(text) if is_name(name)]:
            return writers
        signed = _UNDER_HEADLINE.fullmatch(text)
        if signed and (writers := _only_names(signed[1] or signed[2])):
            return writers
    if not _ROLE_HINT.search(text):
        return []
    match = None if _PHOTO.search(text.rstrip(" ）)】]")) else _WHOLE_LINE.match(text)
    return names(match[1], strict=True) if match else []


def in_signature(text: str, *, bare: bool = True) -> list[str]:
    """Authors signed at the end of a line: `（记者 张三 李四）`, `（文/图 张三）`; where `bare`, `（张三）` as well."""
    match = _SIGNATURE.search(text)
    signed = (match[1] or match[2]).strip() if match else ""
    if not signed or _PHOTO.search(signed):
        return []
    if _ROLE_BEFORE.match(signed) or re.search(r"(?:文/图|文图|图文|/文|文)$", signed):
        return names(signed, strict=True)
    return _only_names(signed) if bare else []


def _only_names(text: str) -> list[str]:
    """The names of a text that holds nothing else."""
    parts = [part for part in re.split(r"[、，,\s]+", _SPACED.sub(r"\1\2", text)) if part]
    while len(parts) > 1 and _ORGANISATION.search(parts[0]):  # 县委宣传部 张三: their office before them
        parts.pop(0)
    return parts if all(map(is_name, parts)) else []
