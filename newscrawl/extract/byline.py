"""Bylines and credits: which lines are one, and the 来源 they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract import people
from newscrawl.extract.labels import PIECE, Labelled, labelled, run_together
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

# Longer than this and a line says more than who, when and where from.
_LONGEST = 160
_DATE = re.compile(
    r"(?:[12]\d{3}|(?<!\d)\d{2})\s?[-/.年—–]{1,2}\s?\d{1,2}\s?[-/.月—–]{1,2}\s?\d{1,2}\s?日?|(?<!\d)\d{1,2}[-月]\d{1,2}日?(?=\s+\d{1,2}:)|"
    r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_CLOCK = re.compile(r"T?\s?\d{1,2}\s?[:：时點点]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2})?(?:\s?秒|分|\.\d+)?(?:Z|\+\d\d:?\d\d)?|星期[一二三四五六日天]|[上下]午|(?<![A-Za-z])(?:HKT|CST|GMT|UTC|EST|北京时间)(?![A-Za-z])")
# What page furniture adds to a byline: counters, text size, sharing.
_FURNITURE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+(?:com|cn|net|org|gov|tw|hk|ca|us|cc|tv)(?:[./]\S*)?|"
    r"我(?:来|要|也)?(?:有话)?(?:说两句|说几句|说)|发表(?:评论|看法|意见)?|留言|随时随地看新闻|手机\S{0,4}(?:访问|看新闻|版)|已有|人(?:阅读|参与|评论|次)|次(?:阅读|浏览)|"
    r"参与(?:讨论|互动)|网友|进入论坛|论坛|博客|加入收藏|本页|本文|最后更新|更新|點閱|討論|留言|列印|轉寄|"
    r"(?:我要|参与|查看|手机|扫码|点击|微信|一键)?(?:评论|分享|收藏|打印|打印本页|关闭|关闭窗口|阅读|浏览|播报|投稿|纠错|点赞|关注|订阅|举报|朗读|听新闻|复制链接|二维码|扫一扫|看手机|转发)|"
    r"字号|字体|[\[【(（]?\s?[大中小]\s?[\]】)）]?(?=\s|$|[大中小])|[tT][+\-|]|A[+-]|放大|缩小|默认|返回|来自|原创|综合|微博|微信|朋友圈|QQ空间|新浪微博|人民微博|"
    r"[(（]?\d+[)）]?\s?(?:人|条|次|万)?|新闻热线|用微信扫码二维码|分享至好友和朋友圈|举报|手机版|访问|Play Video|优质\w{0,6}(?:作者|创作者)|\w{0,6}领域\w{0,2}创作者|发布于\S{0,8}|IP属地\S{0,8}"
)
_OUTLET = re.compile(r"(?:网|網|报|報|社|台|臺|刊|在线|新闻|客户端|频道|新聞|发布|融媒|公众号|电视|广播|政府|[局委办厅])(?:\W|$)")
_LEFT_OVER = re.compile(r"[\W_]+")
# The signing date of an official document is part of it; a portal's byline date has a clock or no 年月日.
_SIGNING_DATE = re.compile(r"[\s(（]*[\d〇零○一二三四五六七八九十]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[\s)）]*")
_CREDIT_KINDS = frozenset(("editor", "source", "other", "published", "updated"))
_STORY_LABELS = frozenset(("摘要", "导读", "核心提示", "图片", "图", "地点", "地区", "视频", "标题", "原标题", "主持", "电话", "联系电话", "邮箱", "图片来源", "图源", "声明", "版权"))


def is_byline(line: str) -> bool:
    """A line over the story is only byline, date, source, authors and the furniture between them.

    Takes what the reader sees, in one line; for lines between headline and story, and the first of the story.
    The signing date of a document (`2012年6月24日` alone) is none.
    """
    line = tidy(line)
    if not line or len(line) > _LONGEST or "。" in line or _SIGNING_DATE.fullmatch(line):
        return False
    values = [value for value in labelled(line) if value.label not in _STORY_LABELS]
    dates = bool(_DATE.search(line))
    if not dates and all(value.kind == "other" for value in values):
        return False
    if any(len(value.value) > 40 or _is_statement(value) for value in values):
        return False
    rest = _without(line, values)
    rest = _FURNITURE.sub("", _CLOCK.sub("", _DATE.sub("", rest)))
    # An outlet's name may stand beside date or labels without one of its own.
    return len(_LEFT_OVER.sub("", rest)) <= (12 if dates else 6)


def is_credit(line: str) -> bool:
    """A line under the story is only 责任编辑, 来源, 审核, 校对 and the like.

    A closing author line (`（记者 张三）`, `文/张三`) is part of the story: not a credit.
    """
    line = tidy(line)
    if not line or len(line) > _LONGEST or "。" in line:
        return False
    values = [value for value in labelled(line) if value.label not in _STORY_LABELS]
    if not any(value.kind in {"editor", "source"} or value.label in _TRAILERS for value in values):
        return False
    if any(len(value.value) > 40 for value in values):
        return False
    rest = _FURNITURE.sub("", _CLOCK.sub("", _DATE.sub("", _without(line, values))))
    return len(_LEFT_OVER.sub("", rest)) <= 4


_TRAILERS = frozenset(
    ("审核", "審核", "复审", "终审", "初审", "一审", "二审", "三审", "校对", "校對", "责任校对", "签发", "签审", "监制", "监审", "统筹", "选稿", "排版", "美编",
     "总编辑", "主编", "副主编", "总编", "值班总编", "收集编辑", "审稿", "审读")
)


def _is_statement(value: Labelled) -> bool:
    """What stands behind the label is said, not credited: `评论员：再驳“产能过剩论”`."""
    return value.kind == "author" and len(value.value) > 6 and not people.names(value.value)


def _without(line: str, values: list[Labelled]) -> str:
    rest, position = [], 0
    for value in values:
        rest.append(line[position : value.start])
        position = value.end
    rest.append(line[position:])
    return PIECE.join(rest)


def unlabelled(pieces: Sequence[str]) -> list[str]:
    """What stands in a byline beside date and labels: what is named like an outlet first, then the nearest to the date."""
    left: list[tuple[bool, int, str]] = []
    line = run_together(pieces)
    rest = _DATE.sub("\x1f", _without(line, labelled(line)))
    dated = rest.find("\x1f")
    position = 0
    for part in re.split(f"[{PIECE}\x1f]", _CLOCK.sub(PIECE, rest)):
        bare = _FURNITURE.sub("", part).strip()
        if _LEFT_OVER.sub("", bare):
            left.append((_OUTLET.search(bare) is None, abs(position - dated), part if _OUTLET.search(part) else bare))
        position += len(part) + 1
    return [part.strip() for _, _, part in sorted(left, key=lambda item: item[:2])]
