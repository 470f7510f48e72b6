"""What stands around and inside a story without being part of it: kinds of lines, in both scripts."""

from __future__ import annotations

import re

from newscrawl.extract.language.patterns import searched

_BRACKETS = r"[【\[〖《（(>»▲■◆●·|\s—-]*"


def _opening(*alternatives: str, end: str = "") -> re.Pattern[str]:
    return re.compile(rf"{_BRACKETS}(?:{'|'.join(alternatives)}){end}", re.IGNORECASE)


def _anywhere(*alternatives: str) -> re.Pattern[str]:
    return searched(*alternatives, ignore_case=True)


_STOP = r"(?=$|[\s|｜/、:：（(\[【)）\]】>])"
_RELATED = _opening(
    r"相[关關](?:[阅閱][读讀]|新[闻聞]|[链連鏈][接結结]|文章|[报報][导導道]|推[荐薦]|[专專][题題])",
    r"相[关關]新[闻聞][請请][見见]|相[关關](?:稿件|[内內]容|[资資][讯訊]|附件|[话話][题題])|延伸[阅閱][读讀]",
    r"推[荐薦](?:[阅閱][读讀](?:更多)?|新?[闻聞]?文章|新[闻聞])|精彩.{0,4}推[荐薦]|今日推[荐薦]|[编編][辑輯]推[荐薦]",
    r"猜你喜[欢歡]|[为為]你推[荐薦]|大家都在看|[您你](?:可能|也[许許])?(?:[还還]|也)?[会會]?(?:感[兴興]趣|[关關]心)",
    r"[热熱][门門点點](?:文章|新[闻聞]|推[荐薦]|[阅閱][读讀]|[點点][閱阅]|[评評][论論]|排行)",
    r"[点點][击擊]排行|新[闻聞]排行|最新(?:文章|新[闻聞]|消息)|看[过過]本文的[还還]",
    r"更多(?:新[闻聞]|[阅閱][读讀]|[内內]容|精彩|相[关關]).{0,12}|往期.{0,4}(?:回[顾顧]|推[荐薦]|精[选選彩])",
    r"[上下]一[篇則则页頁条]",
    end=r"(?:\s*[:：︰>】\]〗》»）)].*|\s*[（(]\d*[)）])?$",
)
_OUTLET = (
    r"(?:新浪|[腾騰][讯訊]|人民|搜狐|[网網]易)?微博|微信(?:好友|朋友圈)?|QQ(?:空[间間]|好友)?|人人[网網]|[开開]心[网網]"
)
_OUTLETS = rf"(?:{_OUTLET}|豆瓣|朋友圈|Facebook|Twitter|Line|Plurk|Google\+?|LinkedIn|推文)"
_TOOL = _opening(
    r"分享(?:到|至|[给給]|本文|[让讓]更多|按[钮鈕]|工具)|我要分享|一[键鍵]分享|[转轉][发播發]到|微信分享|推[荐薦][给給](?:朋友|好友)",
    rf"(?:分享|[转轉][发發]|我?要?打印|列印|(?:加入)?收藏|我?要?[纠糾][错錯]|我要投稿|听新[闻聞]|朗[读讀]|播[报報]){_STOP}",
    r"打印(?:本[页頁文稿]|此[文页頁]|文章|正文)|收藏本[页頁文]|[关關][闭閉](?:窗口|本[页頁]|$)|[复複][制製][链連鏈][接結]|SHARE(?![a-z])",
    rf"字[号號体體](?:{_STOP}|大)|(?:[大中小][\s|/\]】\[【)）(（]*){{2,}}$|{_OUTLETS}(?:[\s|、/]*{_OUTLETS})*\s*$",
    r"(?:[浏瀏][览覽]|[阅閱][读讀]|[点點][击擊])(?:量|[数數]|次[数數])?\s*[:：]?\s*\d+\s*次?\s*$",
    r"(?:TAGS?|[标標][签籤]|[关關][键鍵][词詞字])\s*[:：]|本文(?:[链連鏈][接結结]|地址|[网網]址)\s*[:：]",
)
_CRUMB = _opening(r"[您你](?:[现現]在|目前|[当當]前)?(?:的|所在的?)?位置|(?:[当當]前|所在)的?位置")
_PAGER = re.compile(
    r"(?=[\d\s<>«»‹›|\[\]…/.·第共上下一首尾末前后後页頁篇]+$).*(?:\d\s*[>»›]|\d\s*下一|[页頁])"
)  # fmt: skip
_PLAYER = _opening(
    r"Play Video|播放[视視][频頻]|[视視][频頻]加[载載]中|[当當]前[时時][间間]\s*\d",
    r"\d+:\d\d\s*/\s*\d+:\d\d|加[载載]中.{0,4}$|正在加[载載]|[图圖]片加[载載]|更多精彩[视視][频頻]",
)
_COMMENT = _opening(
    r"(?:全部|[热熱][门門]|最新|[网網]友|我要)?[评評][论論]\s*(?:[(（]?\d*[)）]?\s*[条條]?)?$|[暂暫][无無][评評][论論]",
    r"(?:[网網]友)?(?:[评評][论論]|[发發]言|留言|跟[贴帖貼]).{0,2}(?:[仅僅]供|[仅僅]代表|不代表|不表明|限\d+字)",
    rf"文明上[网網]|[还還]可以?[输輸]入\s*\d+|(?:[请請]先|[点點][击擊])?登[录錄](?:[后後][发發参參]|{_STOP})",
    rf"(?:[发發]表|[参參][与與])(?:[评評][论論]|跟[贴帖貼]|留言|[讨討][论論]){_STOP}|[新]?[闻聞]?[评評]?[论論]?留言[规規][范範]",
    rf"[已共]?有?\s*\d+\s*人?[条條]?(?:[参參][与與]|[评評][论論]|跟[贴帖貼]){_STOP}",
)
_NOTICE_LABEL = re.compile(
    r"[【\[（(※*“\"\s]*(?:"
    r"(?:特[别別]|免[责責]|版[权權]|原[创創]|[郑鄭]重|法律|重要|作者|平[台臺]|本[文网網站刊])[声聲]明\s*[】\]]?\s*[:：]"
    r"|(?:(?:免[责責]|版[权權])(?:[条條]款|提示)|版[权權](?:所有|归|歸)|著作[权權])\s*[】\]]?\s*[:：]"
    r")"
)
_NOTICE = _anywhere(
    r"[声聲]明\s*[:：].{0,60}(?:本站|本[网網]|[转轉][载載])|凡本[网網]|凡.{0,6}注明[“\"]?(?:[来來]源|稿件)",
    r"[与與]本[网網站刊].{0,6}[无無][关關]|版[权權](?:均|[属屬])",
    r"版[权權](?:所有|[声聲]明|归|歸|作品|[为為])|[违違]者必究|[违違]法和不良信息|Notice\s*:\s*The content",
    r"未[经經].{0,12}(?:授[权權]|[许許]可|同意|允[许許]|[书書]面).{0,20}(?:[转轉][载載]|使用|摘[编編]|[复複][制製])",
    r"(?:不得|禁止|[谢謝][绝絕]|[请請]勿|[严嚴]禁).{0,8}[转轉][载載]|侵[权權].{0,6}[删刪]",
    r"如(?:有|需|果|涉及|[对對]).{0,24}(?:侵[权權]|版[权權]|[异異][议議]|[转轉][载載]).{0,40}(?:[联聯][系繫絡络]|[删刪]除|告知)",
    r"[转轉][载載][时時]?(?:[请請]|[须須]|[务務][必请請]|需).{0,10}(?:注明|附上原文)|[转轉][载載][请請][联聯][系繫]",
    r"不代表本(?:[网網]|站|平[台臺]|刊|[报報])|[不仅僅]代表.{0,16}(?:[观觀][点點]|立[场場])|投[资資]者据此操作",
    r"(?:以上|本文)(?:[内內]容|[仅僅]|文章)?.{0,12}(?:[仅僅]供[参參]考|不[构構]成.{0,8}(?:投[资資])?建[议議])",
    r"All Rights? Reserved|Copyright\s*(?:©|\(c\)|\d)|ICP[备備证證]",
)
_PROMPT = _opening(
    r"(?:[点點][击擊]|戳)(?:[这這][里裡]|此[处處]|[进進]入|查看|[阅閱][读讀]|下[载載]|原文).{0,26}$",
    r"(?:查看|[阅閱][读讀]|展[开開]|余下|[浏瀏][览覽])(?:原文|更多|全文|[详詳]情)|加[载載]更多|(?:返)?回到?(?:首[页頁]|[顶頂]部|列表)",
    r"更多.{0,16}(?:[请請](?:[关關]注|[点點][击擊]|[访訪][问問]|查看)|[进進]入|[点點][击擊]|[尽盡]在)",
    rf"(?:[赞讚]|[点點][赞讚]|[举舉][报報]|打[赏賞]|喜[欢歡])\s*\d*{_STOP}|返回[^，。]{{0,8}}首[页頁]",
    r"[点點][击擊](?:[上下]方|[左右]上角)?\s?[“\"]?[蓝藍][色]?字.{0,16}$|返回[^，。]{1,16}[，,]\s*查看更多|[请請][继繼][续續]往下[阅閱][读讀]|END\b[\s—-]*$",
    r"[广廣]告\s*$|本文.{0,6}首[发發]于?.{2,30}$|[关關]注(?:我[们們]|本[报報]|微信|官方微信)",
)
_INVITATION = _anywhere(
    r"[发發]送?\s?[\"“]?[A-Z0-9]{1,10}[\"”]?\s?[到至]\s?\d{4,}|[进進]入[专專][题題]|微信(?:[扫掃]一[扫掃]|搜索)",
    r"(?:[长長]按|[扫掃](?:一[扫掃]|[码碼]|描)).{0,20}(?:[关關]注|二[维維][码碼]|下[载載]|打[开開]|查看|分享|[识識][别別])",
    r"(?<![可要需])(?:[点點][击擊]|戳|下[载載]|打[开開]|[关關]注).{0,12}(?:客[户戶]端|公[众眾][号號]|公[众眾]平[台臺]|APP|官微)",
    r"轻点两下取消|向上滑动看下一个|(?:长|長)按.{0,10}(?:复制|複製)",
    r"登[录錄](?:用[户戶]|[后後])?.{0,4}(?:才能|才可|方可|可以).{0,4}(?:[评評][论論]|跟[帖贴貼]|留言)",
    r"(?:[订訂][阅閱]|定制).{0,6}(?:手[机機][报報]|[电電]子[报報]|新[闻聞]信|《.{2,10}》)",
)
_INVITATION_LABEL = re.compile(r".{0,12}您的[浏瀏][览覽]器")
# 【如果您有新闻线索，欢迎向我们报料，一经采纳有费用酬谢】, 想爆料？请拨打新闻热线…
_TIP_OFF = _opening(
    r"想[爆报]料|(?:如果?)?(?:您|你|大家|市民|读者)?有.{0,6}线索[，,：:！!请欢可]|欢迎.{0,10}(?:提供.{0,4}线索|[爆报]料)",
    r"(?:新闻线索)?[爆报]料(?:热线|电话|微信|通道|邮箱|方式|渠道|、|请)",
)
# `《示例日报》（2024年05月10日 第04版）`
_IMPRINT = re.compile(
    r"^[\s（(]*《[^》]{2,14}》\s*[（(]?\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,16}版\s*[)）]*$"
)
_LONGEST_OPENING, _LONGEST_CRUMB = 60, 120
# All kinds a line is told by as it begins, in one pattern, tried in this order.
_OPENINGS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern.pattern})"
        for name, pattern in (
            ("related", _RELATED),
            ("share", _TOOL),
            ("crumb", _CRUMB),
            ("pager", _PAGER),
            ("player", _PLAYER),
            ("comment", _COMMENT),
            ("promo", _PROMPT),
        )
    ),
    re.IGNORECASE,
)
# What a notice holds: without one of these characters none of its patterns matches.
_MAY_NOTIFY = re.compile("[声聲責责權权違违未載载侵代據据供構构凡無无CcRr]")
# A clause before the cue in which somebody says something, or from when on something holds:
# `律师表示，未经授权转载他人文章属于侵权行为。`
_TELLS = re.compile(
    r"(?!.*(?:本[站网報报刊文社台稿]|版[权權]|声明|聲明|请|請|欢迎|歡迎|更多))"
    r"[^，。]{0,18}(?:表示|指出|认为|認為|介绍|介紹|提醒|解释|解釋|说|說|称|稱|日起)，[^。]{0,16}$"
)
_LONGEST_IMPRINT, _LONGEST_INVITATION, _LONGEST_NOTICE = 60, 120, 300
# The characters a line of the first kinds can begin with: one look spares most lines the others.
_FIRST = re.compile(
    _BRACKETS
    + r"[相延推精今编編猜为為大您你热熱点點新最看更往上下分我一转轉打列加收听朗播关關复複字中小腾騰人搜网網易微开開豆朋"
    r"标標当當所\d<>«»‹›|\[\]…/.·第共首尾末前后後页頁篇视視正图圖全评評暂暫无無发發留跟文还還可请請登参參闻聞已有戳查阅閱展余"
    r"浏瀏返回赞讚举舉喜本广廣SQFTLPGE]",
    re.IGNORECASE,
)
# How a lead shown above the story is labelled.
LEAD = re.compile(
    r"[\[【（(]?\s*(?:核心提示|[内內]容(?:提要|摘要)|摘\s?要|[导導][读讀语語]|提要|新[闻聞]提要|[编編]者按|引言)"
    r"\s*[\]】）):：]"
)
# A link to more at the end of a paragraph.
DETAILS = re.compile(
    r"\s*[\[【(（]?(?:[详詳](?:情|细|細)|查看[详詳]情|[點点][击擊]查看|更多|全文)\s*[>＞»›]{1,3}\s*[\]】)）]?"
)


def line_kind(text: str) -> str | None:
    """What kind of furniture a line is (`related`, `copyright`, `promo`, `share`, …); None for story text."""
    length = len(text)
    if length <= _LONGEST_CRUMB and _FIRST.match(text):
        if length > _LONGEST_OPENING:
            if _CRUMB.match(text):
                return "crumb"
        elif opening := _OPENINGS.match(text):
            return opening.lastgroup
    return _kind_within(text, length) if length <= _LONGEST_NOTICE else None


def _kind_within(text: str, length: int) -> str | None:
    """The kind of a line that need not begin with what tells it."""
    if length <= _LONGEST_IMPRINT and "版" in text and _IMPRINT.match(text):
        return "imprint"
    kind, found = "promo", None
    if ("料" in text or "线索" in text) and _TIP_OFF.match(text):
        return kind
    if length <= _LONGEST_INVITATION:
        if "您的" in text and _INVITATION_LABEL.match(text):
            return kind
        found = _INVITATION.search(text)
    if not found and _MAY_NOTIFY.search(text):
        kind = "copyright"
        if _NOTICE_LABEL.match(text):
            return kind
        found = _NOTICE.search(text)
    # What a long line only ends with (`…，禁止转载`) does not make it a notice, unless it begins as an invitation.
    if found and found.start() > max(40, length // 2):
        return "promo" if _INVITATION.search(text, 0, 40) else None
    return None if found and _TELLS.match(text[: found.start()]) and text.endswith("。") else kind if found else None
