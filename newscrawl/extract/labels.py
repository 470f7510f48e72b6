"""The labels of a Chinese byline and what stands behind them: `来源：新华网 编辑：张三 2024-05-20 16:25`.

Labels come in any order, run together, in brackets, with empty values, in simplified and traditional characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract import people

if TYPE_CHECKING:
    from collections.abc import Iterable

# Between two text nodes: a value ends there, unless it has not begun yet.
PIECE = "\t"


class Labelled(NamedTuple):
    """A value and what its label says it is."""

    kind: str  # published, updated, source, author, editor or other
    value: str  # as printed, without the brackets around it; may be empty
    label: str
    start: int  # where the label begins in the line
    end: int  # where the value ends


# 收集编辑 (who collected the page), 总编辑 and 主编 (who heads the paper) edited nothing here: they are `other`.
_KINDS: dict[str, str] = {
    "updated": "(?:最后|最近|最新|最後)?(?:更新|修改|编辑|編輯)(?:时间|日期|時間|于|於)|最后更新|最後更新|更新",
    "published": "(?:(?:发布|發布|發佈|发表|發表|刊发|刊登|创建|添加|录入|上传|公布|印发|发文|成文|发稿|见报|投稿|文章|信息|新闻|稿件|页面生成)?"
    "(?:时间|日期|時間))|(?:发布|发表|發表|發布|發佈)(?:于|於)?|时\\s间|日\\s期",
    "other": "收集编辑|总编辑|主编|副主编|总编|值班总编|原标题|原題|原標題|标题|责任校对|审核|審核|复审|终审|初审|[一二三]审|审读|审稿|校对|校對|校稿|选稿|签发|"
    "签审|监制|监审|统筹|总?策划|发布人|发布者|录入者?|上传者?|点击[量数率]?|点击次数|浏览[量数]?|浏览次数|阅读[量数]?|阅读次数|访问[量数]?|"
    "访问次数|人气|评论数?|跟帖|字号|字体大小|字体|字體|文字大小|分享到?|分享至|摄影|攝影|摄|图片|图|圖|视频|摄像|制图|漫画|设计|美编|排版|制作|"
    "关键词|关键字|標籤|标签|栏目|分类|所属分类|所属栏目|版权|版权声明|声明|联系电话|电话|邮箱|索引号|文号|发文字号|主题词|导读|摘要|核心提示|"
    "翻译|编译|译者|配音|主播|主持|剪辑|地区|地点|体裁|有效性|订阅|收藏|打印|推荐|图片来源|图源|文件来源地址",
    "editor": "(?:责任\\s?|責任\\s?|责|值班|网络|網絡|網路|新媒体|实习|执行|本期|本版)?(?:编\\s{0,4}辑|編\\s{0,2}輯)(?:人员)?|责任?编|責編|小编",
    "source": "(?:信息|消息|稿件|文章|新闻|内容|图文|资料|作品|原文|資料|新聞|文字|文|数据)?(?:来\\s{0,4}源|來\\s{0,4}源)(?:于|媒体|单位|机构)?|"
    "稿源|出\\s?处|出處|转载自|转自|转载|轉載自|轉自|摘自|原载|发布机构|发布单位|信息提供|供稿单位|原创",
    "author": "(?:本报|本网|本刊|首席|特约|见习|实习|文字|全媒体|融媒体)*(?:记\\s{0,2}者|記\\s{0,2}者)|作\\s{0,4}者|撰\\s?文|撰稿人?|采写|採寫|采访|执笔|執筆|"
    "通讯员|通訊員|评论员|实习生|文图|图文|文字|供稿人",
}
_BARS = "[/／╱|｜丨]"
_LABEL = re.compile(
    "|".join(rf"(?P<{kind}>(?:{words}))\s*[:：︰∶]" for kind, words in _KINDS.items())
    + rf"|(?P<bar_author>(?<![\w图])(?:文[/／、]?图|图[/／、]?文|文字|撰文|采写|执笔|作者|记者|文))\s*{_BARS}\s*"
    + rf"|(?P<bar_editor>责任编辑|责编|编辑)\s*{_BARS}\s*"
    + rf"|(?P<bar_source>文章来源|来源|來源)\s*{_BARS}\s*"
    + rf"|(?P<bar_other>(?<!\w)(?:图片|摄影|审核|校对|视频|排版|图))\s*{_BARS}\s*"
    + r"|(?P<space_updated>(?:最[后近新後]更新|更新[时時]间|更新于)\s*(?=[\d\t]))"
    + r"|(?P<start_source>^\W*(?:摘自|转自|转载自|轉載自|(?:本文)?来源于|稿件来源于))(?=[^\s:：])"
    + r"|(?P<space_source>(?:^|(?<=[\s（(【\[]))(?:来源|來源|稿源))\s+(?=[\u4e00-\u9fff])"
    + r"|(?P<space_editor>(?:^|(?<=[\s（(【\[]))(?:责任编辑|责编|编辑))\s+(?=[\u4e00-\u9fff])"
    + r"|(?P<space_other>(?<=\s)(?:校对|审核|监制|签发|摄影))\s+(?=[\u4e00-\u9fff])"
)
# A text node that is a label alone: its value stands in the next one.
_ALONE = re.compile(
    "(?:(?:本文)?来源于?|來源|作者|记者|编辑|责任编辑|责编|发布时间|发布日期|发表时间|时间|日期|更新时间|稿源)(?=\\s*$)"
)
_CLOCK = re.compile(r"[\d\s:：/.年月日时分秒-]+")
_YEAR = re.compile(r"[\s(（\[]*(?:19|20)\d\d\s?[-/.年]")
_EDGES = " \t\r\n,，。;；、|｜/／丨·•-—_:：>»"


def run_together(pieces: Iterable[str]) -> str:
    """One line from text nodes, the seams marked, a lone label given its colon."""
    return PIECE.join(f"{piece}：" if _ALONE.fullmatch(piece) else piece for piece in pieces)


def labelled(line: str) -> list[Labelled]:
    """Read the labelled values of a line, in order; `line` may carry the seams of `run_together`."""
    found = list(_LABEL.finditer(line))
    values = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(line)
        kind = (match.lastgroup or "other").rpartition("_")[2]
        text = _value(line[match.end() : end], kind)
        label = re.sub(r"\s", "", match[0]).strip(":：︰∶/／|｜丨")
        values.append(Labelled(kind, _strip(text), label, match.start(), match.end() + len(text)))
    return values


def _value(text: str, kind: str) -> str:
    """The part of a text that is the label's value; what stands in later text nodes mostly is not."""
    start = len(text) - len(text.lstrip(_EDGES))
    if kind in {"author", "editor"}:
        return _people(text, start)
    end = text.find(PIECE, start)
    while kind in {"published", "updated"} and end >= 0:  # day and time
        following = text.find(PIECE, end + 1)
        if not _CLOCK.fullmatch(text[end + 1 : following if following >= 0 else len(text)]):
            break
        end = following
    return text if end < 0 else text[:end]


def _people(text: str, start: int) -> str:
    """Persons may stand in a text node each; no date does, and nothing else behind a name."""
    if date := _YEAR.search(text, start):
        text = text[: date.start()]
    end = text.find(PIECE, start)
    while end >= 0:
        following = text.find(PIECE, end + 1)
        piece = text[end + 1 : following if following >= 0 else len(text)].strip(_EDGES)
        if piece and not people.is_name(piece):
            return text[:end]
        end = following
    return text


def _strip(text: str) -> str:
    """Take off white space, separators, and brackets that have lost their partner."""
    text = text.replace(PIECE, " ").strip(_EDGES)
    for left, right in ("（）", "()", "【】", "[]", "［］", "〔〕"):
        if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
            text = text[1:-1]
        elif text.count(right) > text.count(left):
            text = text[: text.index(right)] if not text.startswith(right) else text[1:]
        elif text.endswith(left):
            text = text[:-1]
    return text.strip(_EDGES)
