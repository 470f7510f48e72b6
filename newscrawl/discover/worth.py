"""Which addresses are not worth a request: downloads, forms, share buttons, other languages, endless calendars."""

from __future__ import annotations

import re
from functools import lru_cache

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|tiff?|css|js|json|xml|rss|atom|txt|csv|pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|zip|rar|7z"
    r"|gz|tar|exe|msi|apk|ipa|dmg|iso|mp[34]|m4[av]|flv|f4v|avi|wmv|wma|mov|mkv|rmvb?|webm|m3u8|wav|ogg|aac|swf|ttf|woff2?|eot"
    r"|torrent)(?:[?;]|$)",
    re.IGNORECASE,
)
# Path words of pages that hold no news; each a whole word between separators.
_NO_NEWS = re.compile(
    r"[/._](?:log-?in|log-?out|sign-?(?:in|up|out)|register|reg|passport|oauth2?|sso|user-?center|ucenter|forgot\w*|captcha"
    r"|print|share|sharer|comments?|guestbook|feedback|search|sousuo|jsearch\w*|jrobot\w*|igs|subscribe|favou?rites?"
    r"|cart|checkout|mall|shop|ads?|adv|adclick|advert\w*|click|redirect|jump|goto|cdn-cgi|wp-login|wp-admin|admin|rss|feed)"
    r"(?:[/._?]|$)",
    re.IGNORECASE,
)
# What links to such pages say, whatever their addresses look like.
_NO_NEWS_TEXT = re.compile(
    r"(?:立即|用户|会员|免费)?(?:登[录陆錄入]|注册|註冊)|退出|忘记密码|设为首页|加入?收藏|收藏本[站页]|分享(?:到.{0,6})?|打印(?:本[页文])?|关闭(?:窗口)?"
    r"|(?:我要|发表|查看|全部)?(?:评论|留言|纠错|举报|投诉)(?:[(（]?\d*[)）]?)?|返回(?:顶部|首页)|回到顶部|搜索|高级搜索|广告(?:服务|合作|业务|投放)"
    r"|关于(?:我们|本站|本网)|联系我们|(?:版权|法律|免责|隐私|网站)(?:声明|政策|保护|条款)|用户协议|服务条款|帮助(?:中心)?|意见反馈|诚聘英才|招贤纳士|人才招聘"
    r"|English|EN|日本語|日文|한국어|Français|Deutsch|Español|Русский|العربية",
    re.IGNORECASE,
)
_NO_NEWS_HOST = re.compile(
    r"(?:passport|login|sso|reg|comments?|gentie|search|so|sousuo|mail|tieba|shop|mall|pay|ads?|adv|download|games?)\d?\.",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"[?&](?:url|link|href|target|u|to|redirect\w*|return\w*|callback|backurl|referer|jumpurl)=(?:https?[:%]|//)",
    re.IGNORECASE,
)
# A date that the reader picks makes a new address each day for ever; with an id beside it it names one thing.
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


def worth_fetching(url: str, text: str = "", edition: str | None = None) -> bool:
    """Tell whether a link may lead to news.

    Args:
        url: an absolute http(s) address without fragment.
        text: what the link shows.
        edition: the language edition the page itself belongs to (see `edition_of`); another one is left out.
    """
    if len(text) <= 10 and _NO_NEWS_TEXT.fullmatch(text):
        return False
    return _may_hold_news(url) and edition_of(url) in (None, edition)


@lru_cache(maxsize=16_384)
def edition_of(url: str) -> str | None:
    """The foreign-language edition an address names by host or first folder (`english.`, `/en/`), else None."""
    match = _LANGUAGE.match(url.partition("://")[2])
    return match[0].lower() if match else None


@lru_cache(maxsize=16_384)
def _may_hold_news(url: str) -> bool:
    rest = url.partition("://")[2]
    host, slash, path = rest.partition("/")
    if _NO_NEWS_HOST.match(host) and host.count(".") >= 2:
        return False
    path = slash + path
    address, _, query = path.partition("?")
    if _FILE.search(address) or _NO_NEWS.search(address) or _REPEATED.search(address):
        return False
    if query and (_SHARE.search(path) or _SESSION.search(path)):
        return False
    return not (query and _CALENDAR.search(path) and not _IDENTITY.search(path))
