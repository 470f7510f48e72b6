"""Refuse addresses that are not worth a request, each with a named reason.

Some addresses are always refused: downloads, share buttons, endless calendars. Words in an address (`/comments/`,
`/shop/`, `es.`) are only hints: the URL pattern of an article or a headline outweighs them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.discover.shapes import CERTAIN, shape

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|tiff?|css|js|txt|csv|pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|zip|rar|7z"
    r"|tar|exe|msi|apk|ipa|dmg|iso|mp[34]|m4[av]|flv|f4v|avi|wmv|wma|mov|mkv|rmvb?|webm|m3u8|wav|ogg|aac|swf|ttf|woff2?|eot"
    r"|torrent)(?:[?;!]|$)|(?:_|/|\.|=)(?:jpe?g|png|gif|webp)$",
    re.IGNORECASE,
)
# Data formats: fetched if a page's script loads them, never as a link to click on.
_DATA = re.compile(r"\.(?:json|xml|rss|atom|gz)(?:[?;]|$)|/(?:rss|feed)/?(?:$|\?)", re.IGNORECASE)
# Actions, as the last segment of an address: never news.
_ACTION = re.compile(
    r"/(?:\w*log-?(?:in|out)|sign-?(?:in|up|out)|register|reg|passport|oauth2?|sso|user-?center|ucenter|forgot\w*|captcha"
    r"|cart|checkout|click|adclick|redirect|jump|goto|subscribe|favou?rites?|wp-login|wp-admin|admin|cdn-cgi|download\w*)"
    r"(?:\.\w{2,5})?(?:/[^/]{0,20})?(?:$|\?)|/print/[^/]*$|/(?:share|sharer|search|sousuo|print)(?:\.\w{2,5})?/?(?:\?(?!(?:.*&)?\w*id=)|$)"
    r"|/(?:wp-admin|wp-login|cdn-cgi|passport|oauth2?|share/(?:weibo|qq|qzone|wechat|weixin))\b",
    re.IGNORECASE,
)
# Words in addresses of pages without news; each a whole word between separators.
_NO_NEWS = re.compile(
    r"[/._](?:print|share|sharer|comments?|guestbook|feedback|search|sousuo|jsearch\w*|jrobot\w*|igs|subscribe|favou?rites?"
    r"|cart|mall|shop|ads?|adv|advert\w*|register|reg|login|admin|short_?urls?|goods(?:_\w+)?|products?|courses?|lessons?|jobs?)(?:[/._?]|$)",
    re.IGNORECASE,
)
# Texts of links to pages without news, whatever their addresses.
_NO_NEWS_TEXT = re.compile(
    r"(?:立即|用户|会员|免费)?(?:登[录陆錄入]|注册|註冊)|退出|忘记密码|设为首页|加入?收藏|收藏本[站页]|分享(?:到.{0,6})?|打印(?:本[页文])?|关闭(?:窗口)?"
    r"|(?:我要|发表|查看|全部)?(?:评论|留言|纠错|举报|投诉)(?:[(（]?\d*[)）]?)?|返回(?:顶部|首页)|回到顶部|搜索|高级搜索|广告(?:服务|合作|业务|投放)"
    r"|关于(?:我们|本站|本网)|联系我们|(?:版权|法律|免责|隐私|网站)(?:声明|政策|保护|条款)|用户协议|服务条款|帮助(?:中心)?|意见反馈|诚聘英才|招贤纳士|人才招聘"
    r"|English|EN|日本語|日文|한국어|Français|Deutsch|Español|Русский|العربية",
    re.IGNORECASE,
)
# Texts of links to authorities in the foot of every page: 备案, 举报.
_ACTION_HOST = re.compile(
    r"(?:passport|login|sso|reg|mail|pay|download)\d?\.|(?:www\.|\w+\.)?(?:beian|12377|12321|cyberpolice)\.",
    re.IGNORECASE,
)
_NO_NEWS_HOST = re.compile(r"(?:comments?|gentie|search|so|sousuo|tieba|shop|mall|ads?|adv|games?)\d?\.", re.IGNORECASE)
_SHARE = re.compile(
    r"[?&](?:url|link|href|target|u|to|redirect\w*|return\w*|callback|backurl|referer|jumpurl)=(?:https?[:%]|//)",
    re.IGNORECASE,
)
# A date parameter that the reader chooses (a calendar) makes endless addresses, unless there is an id too.
_CALENDAR = re.compile(
    r"[?&](?:date|day|year|month|riqi|time|start(?:date|time)?|end(?:date|time)?)=[\d%/: -]+", re.IGNORECASE
)
_IDENTITY = re.compile(r"[?&]\w*id=\w+", re.IGNORECASE)
_SESSION = re.compile(r"[?&;](?:\w*sess(?:ion)?_?id|sid|token)=\w{16,}", re.IGNORECASE)
_REPEATED = re.compile(r"/([^/?]+)/(?:[^/?]+/)?\1/(?:[^/?]+/)?\1(?:/|$)")
_LANGUAGES = (
    "english|eng|en|japanese|japan|jp|ja|korean|korea|kr|ko|french|francais|fr|russian|ru|arabic|arab|ar|german|deutsch|de"
    "|spanish|espanol|es"
)
_LANGUAGE = re.compile(
    rf"(?:(?:{_LANGUAGES}|portuguese|pt|vietnamese|vn|thai|tibet|uyghur|uygur|mongolian)\d?\.[^/]*\."
    rf"|[^/]*/(?:{_LANGUAGES})(?:/|$))",
    re.IGNORECASE,
)
_LANGUAGE_NAME = re.compile(r"(?:英|日|韩|法|俄|德|西|阿|葡|越|泰|藏|蒙|维)(?:语|文)?(?:站|版|网|频道)?|外文版?|多语种")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FOREIGN = re.compile(r"[A-Za-z\u00c0-\u052f\u0600-\u06ff\u0f00-\u0fff\u3040-\u30ff\uac00-\ud7af]{3}")

HEADLINE = 2  # the value of `voice` for a headline of twelve characters

REASONS = {
    "file": "A picture, a download, a style sheet.",
    "data": "A feed or data file, linked like a page for readers.",
    "action": "It logs in, shares, searches, buys or downloads.",
    "share": "It contains another address, to share it or return to it.",
    "session": "It contains a session id.",
    "calendar": "It contains a date that the reader chooses: a new address for every day.",
    "repeated": "A folder is repeated in it: a wrong relative link.",
    "word": "A word in its path stands for pages without news.",
    "host-word": "Its host's name stands for pages without news.",
    "text": "The link's text is a service of the site: 登录, 关于我们, 打印.",
    "language": "Its host or first folder is an edition in another language, and the link's text is not Chinese.",
}


def refusal_of(url: str, text: str = "", voice: int = 0, edition: str | None = None) -> str | None:
    """Return the reason (a key of `REASONS`) not to follow a link; None if it may lead to news.

    Args:
        url: an absolute http(s) address without fragment.
        text: the link's text.
        voice: the score of the text as a headline (see `headline_voice`): 2 for a headline.
        edition: the language edition of the page itself (see `edition_of`); links to other editions are refused.
    """
    if len(text) <= 10 and _NO_NEWS_TEXT.fullmatch(text):
        return "text"
    if reason := _never(url):
        return reason
    if voice < HEADLINE and (reason := _guessed(url)):
        return reason
    if edition_of(url) not in (None, edition) and not _is_chinese(url, text):
        return "language"
    return None


@lru_cache(maxsize=8192)
def edition_of(url: str) -> str | None:
    """Return the foreign-language edition in an address's host or first folder (`english.`, `/en/`), else None."""
    match = _LANGUAGE.match(url.partition("://")[2])
    return match[0].lower() if match else None


def _is_chinese(url: str, text: str) -> bool:
    """Return whether a link to another edition is Chinese: by its text, or, without text, as a certain article."""
    if not text:
        return shape(url) >= CERTAIN
    return len(_HAN.findall(text)) >= 2 and not _FOREIGN.search(text) and not _LANGUAGE_NAME.fullmatch(text)


@lru_cache(maxsize=8192)
def _never(url: str) -> str | None:
    """Return the reason to refuse an address, whatever its link text."""
    host, slash, path = url.partition("://")[2].partition("/")
    path = slash + path
    address, mark, _ = path.partition("?")
    found = None
    if _FILE.search(address):
        found = "file"
    elif _DATA.search(address):
        found = "data"
    elif (_ACTION_HOST.match(host) and host.count(".") >= 2) or (_ACTION.search(path) and shape(url) < CERTAIN):
        found = "action"
    elif _REPEATED.search(address):
        found = "repeated"
    elif mark and _SHARE.search(path):
        found = "share"
    elif mark and _SESSION.search(path):
        found = "session"
    elif mark and _CALENDAR.search(path) and not _IDENTITY.search(path):
        found = "calendar"
    return found


@lru_cache(maxsize=8192)
def _guessed(url: str) -> str | None:
    """Return the reason to refuse an address for its words; the URL pattern of an article outweighs them."""
    if shape(url) >= CERTAIN:
        return None
    host, slash, path = url.partition("://")[2].partition("/")
    if _NO_NEWS_HOST.match(host) and host.count(".") >= 2:
        return "host-word"
    return "word" if _NO_NEWS.search((slash + path).partition("?")[0]) else None
