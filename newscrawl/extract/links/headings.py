"""Headings of link blocks: what is one, what kind of block it announces, and rows of tabs."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.extract.language.patterns import searched

_NEIGHBOUR = searched(r"(?:[阅閱][读讀])?[上下前后後][一1壹]?[篇则則条條](?:文章|新[闻聞])?")
NEIGHBOUR_FIRST = frozenset("阅閱上下前后後")
_KINDS = (
    (
        "related",
        re.compile(
            r"相[关關]|延伸|关联|關聯|同类|同題|媒体报道|系列|更多(?:新[闻聞]|[报報][导導道]|文章|[资資][讯訊])|\brelated\b",
            re.IGNORECASE,
        ),
    ),
    ("hot", re.compile(r"[热熱]|排行|[点點][击擊閱阅]|人[气氣]|最多|榜|\btop\b|\bhot\b|爱看|大家都", re.IGNORECASE)),
    (
        "recommended",
        re.compile(r"推[荐薦]|精[选選彩华華编]|猜你|喜[欢歡]|感兴趣|感興趣|往期|为您|为你|為您|為你|必读|必看"),
    ),
    (
        "latest",
        re.compile(
            r"最新|最近|近期|[滚滾][动動]|快[讯訊报報]|即[时時]|今日|24小[时時]|\bnew\b|\blatest\b|新闻速递",
            re.IGNORECASE,
        ),
    ),
)
# Headings of lists that are no articles.
_FOREIGN = re.compile(
    r"友情|(?<!相关)(?<!相關)[链鏈連][接結结]|导航|導航|网站|網站|[频頻]道(?!.*(?:[热熱]|排行|精[选選]|推[荐薦]|[头頭][条條]|要[闻聞]))|[标標][签籤]|[关關]于|關於|[联聯][系繫]|广告|廣告|合作|版权|版權|举报|备案"
    r"|[网網]友[评評][论論]|[发發]表[评評][论論]|全部[评評][论論]|登[录錄]|注册|註冊|^分享|分享[到至]|热词|[关關][键鍵][词詞]"
    r"|相关搜索|栏目导|地区|服务指南|招聘|商城|好物|海淘|购物|品牌"
    r"|位置|责任编辑|責任編輯|来源|來源|主办|承办|公众号|公眾號|二维码|机构|邮箱|电话|编辑[:：]"
    r"|产品|公司(?:简介|介绍|概况|名录|招聘|黄页)|^.?公司$|企业库|云阅读|书城|图书|小说|医院|医生|问答|[专專][题題]$"
)
_MORE = re.compile(
    r"[\s>》»\[（(|/+]*(?:更多|more|换一[换批组]|查看全部|全部|(?:進入|进入|下载|返回).*)?[\s>》»›\]）)+.…]*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:更多[>》»\s]+)?[\s*※☆★◎○▌▎<>»›■◆●▲▼·•|/#【\[「『:：—\-]*")
_TRAIL = re.compile(r"[\s*|/】\]」』:：︰—\-]+$")
_NO_HEADING = re.compile(
    r"^(?:[\d\s:./年月日时分秒星期一二三四五六天-]*|\W*|更多|more|上一[页张]|下一[页张]|换一[换批].*|.*首页|正文|广告|返回.*|下[载載].*|.*客户端.*|进入.*|.*(?<!图片)(?<!视频)频道|.*(?:小时|分钟|天)前|关注"
    r"|.*\d+\s*[篇条條].*|加载.*|.*加载中|推荐中|不感兴趣|收起|展开|分享.*|转载.*|.*注明|(?:责任?编辑?|编辑|稿源|来源|作者|记者|审核|校对)\s?[:：].*|回复.*|举报.*|发布|登录|.*点击查看|\d+\s*(?:万)?(?:阅读|评论|赞|播放).*)\W*$",
    re.IGNORECASE,
)
_NAMES = searched(
    r"tit(?![a-z])|(?<![a-z])(?:tit(?:le)?\d?|head(?:er|ing|line)?|hd|tabs?|caption|lanmu|bt|mod-?hd|h\d|lm|cap|tt)(?![a-z])|title|_tit|heading",
    ignore_case=True,
)
_SENTENCE = re.compile(r"[。！？；，,;!?]")
LONGEST = 18  # characters: the longest heading of a block


def heading_of(text: str) -> str | None:
    """A line as a block's heading, without 更多, arrows and brackets around it; None where it cannot be one."""
    return _heading_of(text) if len(text) <= LONGEST + 8 else None


@lru_cache(maxsize=4096)
def _heading_of(text: str) -> str | None:
    heading = _TRAIL.sub("", _LEAD.sub("", _MORE.sub("", text)))
    if not 1 < len(heading) <= LONGEST or _NO_HEADING.match(heading) or _SENTENCE.search(heading):
        return None
    return heading


@lru_cache(maxsize=4096)
def kind_of(heading: str | None) -> str:
    """related, hot, latest, recommended, neighbour or other."""
    if heading:
        if neighbour_label(heading):
            return "neighbour"
        for kind, pattern in _KINDS:
            if pattern.search(heading):
                return kind
    return "other"


def neighbour_label(text: str) -> str | None:
    """上一篇, 下一則, 阅读下一篇 at the start of a text, as printed; None for any other text."""
    if text[:1].isalpha() and text[0] not in NEIGHBOUR_FIRST:
        return None
    match = _NEIGHBOUR.match(_LEAD.sub("", text))
    return match[0] if match else None


def neighbour_before(text: str, title: str) -> str | None:
    """The last 上一篇 or 下一篇 before a title in a line: `上一篇：没有了 下一篇：…` has one link."""
    return next((match[0] for match in reversed([*_NEIGHBOUR.finditer(text.rpartition(title)[0])])), None)


@lru_cache(maxsize=256)  # asked for each link of a line
def tells_of_neighbour(text: str) -> bool:
    """Whether 上一篇 or its like stands anywhere in a text."""
    return _NEIGHBOUR.search(text) is not None


def is_foreign(heading: str | None) -> bool:
    """Whether a heading announces links that are no articles: friends, services, downloads."""
    return bool(heading) and _FOREIGN.search(heading or "") is not None


@lru_cache(maxsize=4096)
def names_heading(*names: str | None) -> bool:
    """Whether class or id of an element speak of a heading or a tab."""
    return any(name and _NAMES.search(name) for name in names)
