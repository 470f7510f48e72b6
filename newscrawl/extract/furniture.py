"""What stands around and inside a story without being part of it: kinds of lines, and kinds of page regions."""

from __future__ import annotations

import re

# Names of class and id that speak of a region's role on any site; whole words between hyphens, underscores and case.
_OUTSIDE = re.compile(
    r"foot(?:er)?(?![a-z])|copy_?right|comment|pinglun|cmnt|tie-|relat|recommend|tuijian|xiangguan|(?<![a-z])rec(?![a-z])"
    r"|side_?bar|aside|(?<![a-z])nav(?![a-z])|navig|menu|bread_?crumb|crumb|(?<![a-z])share|sharing|jiathis|bdshare|bshare|toolbar"
    r"|login|passport|(?<![a-z])ads?(?![a-z])|adver|guanggao|banner|qr_?code|erweima|ewm|(?<![a-z])hot_?(?:news|list|word|rank|search)"
    r"|rank|paihang|keyword|(?<![a-z])tags?(?![a-z])|(?<![a-z])seo(?![a-z])|disclaim|shengming|statement|(?<![a-z])app_?(?:down|tip)"
    r"|(?<![a-z])wm-ipp|toolbox|pagination|pager(?![a-z])|friend_?link|pinglun|guess|(?<![a-z])more_?(?:news|list|link)"
    r"|subscribe|weixin_?code|profile_?card|author[-_]?(?:info|card|intro|bio|box|meta|desc)|popup|(?<![a-z])dialog|modal(?![a-z])|topbar|top_?nav",
    re.IGNORECASE,
)
# Marks of CMS families, used by many sites each (TRS, UCAP, VSB, Founder, enorth, WeChat, schema.org).
_FAMILY = re.compile(
    r"\b(?:TRS_Editor|TRS_UEDITOR|trs_editor_view|trs_paper_default|UCAP-CONTENT|v_news_content|vsb_content\w*|js_content"
    r"|ozoom|zoom|articleBody|article-?body|art_?body|artibody|endText|bs_content|div_content|rwb_zw|rm_txt_con"
    r"|detailContent|p-detail|content_area|text_area|Cnt-Main-Article-QQ|news_?content|articleContent|article-content"
    r"|article_content|post_body|post_text|news_?txt|news_?text|main-?text|entry-content|zhengwen|contentText|ArticleCnt)\b",
    re.IGNORECASE,
)
_STORY = re.compile(r"article|content|story|detail|(?<![a-z])(?:text|txt|zw|body|con|cont|post|news|art)(?![a-z])", re.IGNORECASE)

_LINE_KINDS = {
    "related": re.compile(
        r"^[【\[〖《>»▲■◆●·\s]*(?:相[关關](?:[阅閱][读讀]|新[闻聞]|[链連鏈][接結结]|文章|[报報][导導道]|推[荐薦]|[专專][题題]|稿件|内容|資訊|资讯|附件|话题)|延伸[阅閱][读讀]|[推][荐薦](?:[阅閱][读讀]|[新]?[闻聞]?文章|新[闻聞])|精彩.{0,4}推[荐薦]|"
        r"[热熱][门門点點](?:文章|新[闻聞]|推[荐薦]|[阅閱][读讀]|[點点][閱阅]|[评評][论論]|排行)|猜你喜[欢歡]|[为為]你推[荐薦]|更多(?:新[闻聞]|[阅閱][读讀]|[内內]容|精彩|相[关關]).{0,12}|上一[篇则則页頁条]|下一[篇则則页頁条]|往期.{0,4}(?:回顾|推荐|精[选彩])|[点點][击擊]排行|今日推[荐薦]|[编編][辑輯]推[荐薦]|大家都在看|看[过過]本文的[还還]|新[闻聞]排行|最新(?:文章|新[闻聞]|[评評][论論]|消息)|[网網]友[评評][论論]|我要[评評][论論]|(?:全部|[热熱][门門]|最新)?[评評][论論])(?:\s*[:：>】\]〗》»].*|\s*[（(]\d*[)）])?$"
    ),
    "copyright": re.compile(
        r"^[【\[（(※*\s]*(?:(?:特[别別]|免[责責]|版[权權]|原[创創]|郑重|法律|重要|作者|本[文网站])?(?:声明|聲明|提示)|免[责責]条款|版[权權](?:所有|归|歸)|著作[权權])\s*[】\]]?\s*[:：]|"
        r"版[权權](?:所有|声明|聲明|归|歸|作品|為|为)|未[经經].{0,12}(?:授[权權]|[许許]可|同意|允[许許]|[书書]面).{0,20}(?:[转轉][载載]|使用|摘[编編]|复制|複製)|(?:不得|禁止|谢绝|[请請]勿|严禁|嚴禁).{0,8}[转轉][载載]|"
        r"如(?:有|需|果|涉及|[对對]).{0,24}(?:侵[权權]|版[权權]|异议|[转轉][载載]).{0,40}(?:[联聯][系繫絡络]|[删刪]除|授[权權]|告知|[处處]理)|侵[权權].{0,6}[删刪]|"
        r"[转轉][载載](?:[时時])?(?:[请請]|[须須]|[务務][必请請]|需).{0,10}注明|[转轉][载載][请請][联聯][系繫]|不代表本(?:[网網]|站|平[台臺]|刊|[报報])|不代表.{0,14}(?:[观觀][点點]|立[场場])|仅代表.{0,16}(?:[观觀][点點]|立[场場])|"
        r"(?:投资者|投資者|讀者|读者)?据此操作|(?:以上|本文)(?:内容|仅|文章)?.{0,12}(?:仅供参考|不构成.{0,8}(?:投资)?建议)|[违違]者.{0,6}(?:必究|追究)|All Rights? Reserved|Copyright\s*(?:©|\(c\)|\d)|ICP[备備证]|[违違]法和不良信息",
        re.IGNORECASE,
    ),
    "promo": re.compile(
        r"[发發]送?\s?[\"“]?[A-Z0-9]{1,10}[\"”]?\s?[到至]\s?\d{4,}|扫(?:一扫|码|描).{0,20}(?:关注|二维码|下载|打开|查看|加入|分享|[阅观]|APP)|長按|长按.{0,12}(?:二维码|识别|关注)|(?:点击|戳|下载|打开|关注).{0,12}(?:客户端|公众号|公眾號|公众平台|APP|微信号|官微)|"
        r"(?:关注|關注)(?:我们|我們|本报|微信|官方微信)|微信(?:扫一扫|公众号|搜索)|^[（(]?本文.{0,6}首[发發]于?.{2,30}|^[\s>【\[（(]*(?:点击|點擊|戳)(?:这里|此处|進入|进入|查看|阅读|下载|原文).{0,26}$|[进進]入(?:专题|專題)|返回(?:首[页頁]|搜狐|列表|顶部|[^，。]{0,8}首[页頁])|"
        r"查看(?:原文|更多|全文|详情)|[阅閱][读讀](?:原文|全文|更多)|余下全文|展[开開](?:全文|阅读|更多)|加载更多|回到(?:顶部|首页)|更多.{0,16}(?:请(?:关注|点击|访问|查看)|[进進]入|点击|尽在|請)|(?:[订訂][阅閱]|定制).{0,6}(?:手[机機][报報]|[电電]子[报報]|新[闻聞]信|《.{2,10}》)|^(?:赞|点赞|收藏|举报|打赏|喜欢)\s*\d*$",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"^[\s【\[（(]*(?:分享(?:到|至|给|本文|让更多|$|按钮)|我要分享|一键分享|[转轉][发播發](?:到|$)|微信分享|[我]?要?打印|打印(?:本[页文稿]|$)|列印|关闭(?:窗口|本页|$)|關閉|[字][号號体體](?:\s*[:：大]|$)|(?:[大中小][\s|/\]】\[【)）(（]*){2,}$|SHARE(?![a-z])|收藏|加入收藏|推荐给|[复複][制製][链連][接結]|纠错|[我]要纠错|投稿|听新闻|朗读|播报|责任编辑邮箱|TAGS?\s*[:：]|[标標][签籤]\s*[:：]|[关關][键鍵][词詞字]\s*[:：]|新浪微博|腾讯微博|QQ空间|人人网|微信$|微博$|Facebook|Twitter|Line$|LINE|推文)",
        re.IGNORECASE,
    ),
    "crumb": re.compile(r"^[【\[]?(?:[您你](?:[现現]在|目前|[当當]前)?(?:的|所在的?)?位置|(?:[当當]前|所在)(?:的)?位置)\s*[:：>]?"),
    "pager": re.compile(r"^(?=.*(?:\d\s*[>»›]|\d\s*下一|页|頁))[\d\s<>«»‹›|\[\]…/.·第共上下一首尾末前后後页頁篇]+$"),
    "player": re.compile(r"^(?:Play Video|播放视频|视频加载中|.{0,12}您的浏览器.{0,20}|当前时间.{0,20}|\d+:\d\d\s*/\s*\d+:\d\d.*|加载中.{0,4}|正在加载.{0,6}|图片加载.{0,6}|更多精彩(?:视频|内容).*)$"),
}


# A longer line of these kinds is text that happens to speak of such things.
_LONGEST = {"related": 60, "copyright": 300, "promo": 120, "share": 60, "crumb": 120, "pager": 60, "player": 60}


# How a lead shown above the story is labelled, and named in class and id.
LEAD = re.compile(r"[\[【（(]?\s*(?:核心提示|[内內]容(?:提要|摘要)|摘\s?要|[导導][读讀语語]|提要|新[闻聞]提要|[编編]者按|引言)\s*[\]】）):：]")
_LEAD_NAMES = re.compile(r"(?<![a-z])(?:lead|lede|summary|abstract|intro|daodu|zhaiyao|digest|brief|tiyao|daoyu)(?![a-z])", re.IGNORECASE)
# A link to more at the end of a paragraph.
DETAILS = re.compile(r"\s*[\[【(（]?(?:[详詳](?:情|细|細)|查看[详詳]情|点击查看|更多|全文)\s*[>＞»›]{1,3}\s*[\]】)）]?")


def is_lead(names: str) -> bool:
    """Whether an element's class and id say that it holds the lead."""
    return _LEAD_NAMES.search(names) is not None


def line_kind(text: str) -> str | None:
    """What kind of furniture a line is (`related`, `copyright`, `promo`, `share`, …); None for story text."""
    length = len(text)
    for kind, pattern in _LINE_KINDS.items():
        # What a long line only ends with (`…，禁止转载`) does not make it a notice.
        if length <= _LONGEST[kind] and (match := pattern.search(text)) and match.start() <= max(40, length // 2):
            return kind
    return None


def is_outside(names: str) -> bool:
    """Whether an element's class and id say that what is in it is not the story."""
    return _OUTSIDE.search(names) is not None and _FAMILY.search(names) is None


def story_mark(names: str) -> int:
    """How strongly an element's class and id say that it holds the story: 2 a CMS family's mark, 1 a usual word, 0."""
    if _FAMILY.search(names):
        return 2
    return 1 if _STORY.search(names) else 0
