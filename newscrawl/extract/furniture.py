"""What stands around and inside a story without being part of it: kinds of lines, in both scripts."""

from __future__ import annotations

import re
from typing import NamedTuple


class _Kind(NamedTuple):
    """A kind of line.

    Attributes:
        name: what the line is called when it is dropped.
        longest: a longer line is text that happens to speak of such things.
        pattern: matched from the line's beginning, or, where `hint` is given, looked for anywhere.
        hint: characters one of which every match holds, so that most lines need no closer look.
    """

    name: str
    longest: int
    pattern: re.Pattern[str]
    hint: re.Pattern[str] | None = None


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_LIST_HEADING = (
    r"相[关關](?:[阅閱][读讀]|新[闻聞]|[链連鏈][接結结]|文章|[报報][导導道]|推[荐薦]|[专專][题題]|稿件|[内內]容|[资資][讯訊]|附件|[话話][题題])",
    r"延伸[阅閱][读讀]|推[荐薦](?:[阅閱][读讀]|新?[闻聞]?文章|新[闻聞])|精彩.{0,4}推[荐薦]|猜你喜[欢歡]|[为為]你推[荐薦]|大家都在看",
    r"[热熱][门門点點](?:文章|新[闻聞]|推[荐薦]|[阅閱][读讀]|[點点][閱阅]|[评評][论論]|排行)|[点點][击擊]排行|新[闻聞]排行",
    r"更多(?:新[闻聞]|[阅閱][读讀]|[内內]容|精彩|相[关關]).{0,12}|上一[篇则則页頁条]|下一[篇则則页頁条]|往期.{0,4}(?:回[顾顧]|推[荐薦]|精[选選彩])",
    r"今日推[荐薦]|[编編][辑輯]推[荐薦]|看[过過]本文的[还還]|最新(?:文章|新[闻聞]|[评評][论論]|消息)|[网網]友[评評][论論]|我要[评評][论論]",
    r"(?:全部|[热熱][门門]|最新)?[评評][论論]",
)
_NOTICE = (
    r"^[【\[（(※*\s]*(?:(?:特[别別]|免[责責]|版[权權]|原[创創]|[郑鄭]重|法律|重要|作者|本[文网網站])?(?:[声聲]明|提示)|免[责責][条條]款|版[权權](?:所有|归|歸)|著作[权權])\s*[】\]]?\s*[:：]",
    r"版[权權](?:所有|[声聲]明|归|歸|作品|[为為])",
    r"未[经經].{0,12}(?:授[权權]|[许許]可|同意|允[许許]|[书書]面).{0,20}(?:[转轉][载載]|使用|摘[编編]|[复複][制製])",
    r"(?:不得|禁止|[谢謝][绝絕]|[请請]勿|[严嚴]禁).{0,8}[转轉][载載]",
    r"如(?:有|需|果|涉及|[对對]).{0,24}(?:侵[权權]|版[权權]|[异異][议議]|[转轉][载載]).{0,40}(?:[联聯][系繫絡络]|[删刪]除|授[权權]|告知|[处處]理)",
    r"侵[权權].{0,6}[删刪]|[转轉][载載][时時]?(?:[请請]|[须須]|[务務][必请請]|需).{0,10}注明|[转轉][载載][请請][联聯][系繫]",
    r"不代表本(?:[网網]|站|平[台臺]|刊|[报報])|[不仅僅]代表.{0,16}(?:[观觀][点點]|立[场場])",
    r"投[资資]者据此操作|(?:以上|本文)(?:[内內]容|[仅僅]|文章)?.{0,12}(?:[仅僅]供[参參]考|不[构構]成.{0,8}(?:投[资資])?建[议議])",
    r"Notice\s*:\s*The content|[违違]者.{0,6}(?:必究|追究)|All Rights? Reserved|Copyright\s*(?:©|\(c\)|\d)|ICP[备備证證]|[违違]法和不良信息",
)
_PROMPT = (
    r"[发發]送?\s?[\"“]?[A-Z0-9]{1,10}[\"”]?\s?[到至]\s?\d{4,}|[长長]按.{0,12}(?:二[维維][码碼]|[识識][别別]|[关關]注)",
    r"[扫掃](?:一[扫掃]|[码碼]|描).{0,20}(?:[关關]注|二[维維][码碼]|下[载載]|打[开開]|查看|加入|分享|[阅閱观觀]|APP)",
    r"(?:[点點][击擊]|戳|下[载載]|打[开開]|[关關]注).{0,12}(?:客[户戶]端|公[众眾][号號]|公[众眾]平[台臺]|APP|微信[号號]|官微)",
    r"[关關]注(?:我[们們]|本[报報]|微信|官方微信)|微信(?:[扫掃]一[扫掃]|公[众眾][号號]|搜索)|^[（(]?本文.{0,6}首[发發]于?.{2,30}",
    r"^[\s>【\[（(]*(?:[点點][击擊]|戳)(?:[这這][里裡]|此[处處]|[进進]入|查看|[阅閱][读讀]|下[载載]|原文).{0,26}$",
    r"[进進]入(?:[专專][题題])|返回(?:首[页頁]|搜狐|列表|[顶頂]部|[^，。]{0,8}首[页頁])|回到(?:[顶頂]部|首[页頁])",
    r"查看(?:原文|更多|全文|[详詳]情)|[阅閱][读讀](?:原文|全文|更多)|余下全文|展[开開](?:全文|[阅閱][读讀]|更多)|加[载載]更多",
    r"更多.{0,16}(?:[请請](?:[关關]注|[点點][击擊]|[访訪][问問]|查看)|[进進]入|[点點][击擊]|[尽盡]在)",
    r"(?:[订訂][阅閱]|定制).{0,6}(?:手[机機][报報]|[电電]子[报報]|新[闻聞]信|《.{2,10}》)|^(?:[赞讚]|[点點][赞讚]|收藏|[举舉][报報]|打[赏賞]|喜[欢歡])\s*\d*$",
)
_TOOL = (
    r"分享(?:到|至|[给給]|本文|[让讓]更多|$|按[钮鈕])|我要分享|一[键鍵]分享|[转轉][发播發](?:到|$)|微信分享|我?要?打印|列印|[关關][闭閉](?:窗口|本[页頁]|$)",
    r"[字][号號体體](?:\s*[:：大]|$)|(?:[大中小][\s|/\]】\[【)）(（]*){2,}$|SHARE(?![a-z])|(?:加入)?收藏|推[荐薦][给給]|[复複][制製][链連鏈][接結]|我?要?[纠糾][错錯]",
    r"我要投稿|听新[闻聞]|朗[读讀]|播[报報]|TAGS?\s*[:：]|[标標][签籤]\s*[:：]|[关關][键鍵][词詞字]\s*[:：]|新浪微博|[腾騰][讯訊]微博|QQ空[间間]|人人[网網]",
    r"微信$|微博$|Facebook|Twitter|Line$|推文",
)
_PLAYER = (
    r"Play Video|播放[视視][频頻]|[视視][频頻]加[载載]中|.{0,12}您的[浏瀏][览覽]器|[当當]前[时時][间間]|\d+:\d\d\s*/\s*\d+:\d\d",
    r"加[载載]中.{0,4}$|正在加[载載]|[图圖]片加[载載]|更多精彩(?:[视視][频頻]|[内內]容)",
)
_OPENING = r"[【\[〖《（(>»▲■◆●·\s]*"
_KINDS = (
    _Kind("related", 60, re.compile(_OPENING + f"(?:{'|'.join(_LIST_HEADING)})" + r"(?:\s*[:：>】\]〗》»）)].*|\s*[（(]\d*[)）])?$")),
    _Kind("share", 60, re.compile(_OPENING + f"(?:{'|'.join(_TOOL)})", re.IGNORECASE)),
    _Kind("crumb", 120, re.compile(r"[【\[]?(?:[您你](?:[现現]在|目前|[当當]前)?(?:的|所在的?)?位置|(?:[当當]前|所在)的?位置)\s*[:：>]?")),
    _Kind("pager", 60, re.compile(r"(?=.*(?:\d\s*[>»›]|\d\s*下一|[页頁]))[\d\s<>«»‹›|\[\]…/.·第共上下一首尾末前后後页頁篇]+$")),
    _Kind("player", 60, _any_of(*_PLAYER)),
    _Kind("copyright", 300, _any_of(*_NOTICE), re.compile("[声聲提免版著权權未载載如侵代操供构構究違违Cc]|[Rr]ight")),
    _Kind("promo", 120, _any_of(*_PROMPT), re.compile("[发發扫掃长長点點戳载載打关關微进進返回查阅閱余展更订訂定赞讚收举舉喜首]")),
)  # fmt: skip
# What stands at a reader's comment.
COMMENT_CONTROL = re.compile(
    r"(?:\|\s*)?(?:\d*\s*(?:[条條])?回[复復覆](?:\s|$|[(（\d])|查看回[复復]|[举舉舉][报報]|[+＋]?1?\s?[顶頂踩]\s*[\d\[(（]|[赞讚踩]\s*\d|支持\s*[\[(（]?\d"
    r"|\d+\s?(?:小[时時]|分[钟鐘]|天)前\s*$)"
)
# How a lead shown above the story is labelled.
LEAD = re.compile(
    r"[\[【（(]?\s*(?:核心提示|[内內]容(?:提要|摘要)|摘\s?要|[导導][读讀语語]|提要|新[闻聞]提要|[编編]者按|引言)\s*[\]】）):：]"
)
# A link to more at the end of a paragraph.
DETAILS = re.compile(
    r"\s*[\[【(（]?(?:[详詳](?:情|细|細)|查看[详詳]情|[点點][击擊]查看|更多|全文)\s*[>＞»›]{1,3}\s*[\]】)）]?"
)


def line_kind(text: str) -> str | None:
    """What kind of furniture a line is (`related`, `copyright`, `promo`, `share`, …); None for story text."""
    length = len(text)
    for kind in _KINDS:
        if length > kind.longest:
            continue
        if kind.hint is None:
            if kind.pattern.match(text):
                return kind.name
        # What a long line only ends with (`…，禁止转载`) does not make it a notice.
        elif kind.hint.search(text) and (match := kind.pattern.search(text)) and match.start() <= max(40, length // 2):
            return kind.name
    return None
