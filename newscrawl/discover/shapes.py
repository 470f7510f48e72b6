"""Judge from the form of an address whether it is an article or a list.

The forms are those of CMSs of Chinese news sites: TRS (`t20210106_47506.html`), Founder
(`2012-06/04/content_25340717.htm`), enorth (`/system/2019/04/09/012345678.shtml`), jpage (`art_1_2.html`), and of the
large portals (`/20240509/<32 hex>/c.html`, `/n1/2019/0615/c1013-31153719.html`, `/a/20190923/000843.htm`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

# Dates in paths: 2020/07-04, 2019_09_07, 20240511, 202010, 2024/0517, 20/0704, 240423/, 2020-7-4.
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/_.]?(?:1[0-2]|0?[1-9])(?:[-/_.]?(?:3[01]|[12]\d|0?[1-9]))?|\d\d/(?:1[0-2]|0[1-9])[0-3]\d"
    r"|(?:0\d|1\d|2\d|3\d)(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?=/))(?!\d)"
)
_DATED_ID = re.compile(r"(?<!\d)(?:19|20)\d\d(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?=\d|[A-Z])")
_EXTENSION = re.compile(r"\.(?:s?html?|xhtml|aspx?|jspx?|php|do)$", re.IGNORECASE)
# File names that CMSs give only to articles.
_ARTICLE_NAME = re.compile(
    r"(?:t\d{8}_\d+|t\d{5,}|content_\d+|art_\d+_\w+|art_[0-9a-f]{16,}|c_\d{5,}|c\d+-\d{5,}|post_\d+|article_\d+|storys?_\d+"
    r"|[\w-]*detail\w*_\d+|newgx\w+-\d+|u1a\w+|nw\.\w+|arti\w{15,}|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?:[_-]\d{1,3})?",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(
    r"(?:index|default|home|main|list|node|channel|column|col|class|cat|category|more|page|gd|roll|latest|rank|sitemap|map)"
    r"(?:[-_]?\d{1,6})*|nbs\.\w+|(?:list|node|channel|column|class)[-_]\w+",
    re.IGNORECASE,
)
_LIST_SEGMENT = re.compile(
    r"(?:list|lists|channel|channels|column|columns|category|topics?|special|specials|zt|zhuanti|ztbd|node|col\d+|so|count|rank|rss|feed|author|authors|user|users|u|about|aboutus|help|contact|map|sitemap)",
    re.IGNORECASE,
)
# Pages of a person or topic: lists, even with a long id.
_OWNER_SEGMENT = re.compile(
    r"users?|u|authors?|members?|profile|people|person|topics?|subjects?|channels?|columns?|categor(?:y|ies)|tags?",
    re.IGNORECASE,
)
_TAG_SEGMENT = re.compile(r"keywords?|tags?|labels?|sousuo", re.IGNORECASE)
_FOLDER_ID = re.compile(r"c?\d{4,}|[0-9a-f]{32}")
_ARTICLE_SEGMENT = re.compile(
    r"(?:a|p|article|articles|art|detail|newsdetail|story|content|contents|info|news_info|view|show|rumordetail|archives)",
    re.IGNORECASE,
)
_ID_PARAMETER = re.compile(r"(?:^|&)(?:\w*id|serialno|sn|newsno|article|contentno)=([\w-]+)(?:&|$)", re.IGNORECASE)
_PAGE_PARAMETER = re.compile(
    r"(?:^|&)(?:page|pageindex|pageno|pagenum|currpage|curpage|pn|p|pp)=\d+(?:&|$)", re.IGNORECASE
)
_LIST_PARAMETER = re.compile(
    r"(?:^|&)(?:cid|catid|cateid|classid|columnid|channelid|typeid|tag|keyword|q|wd)=", re.IGNORECASE
)
_POST = re.compile(r"p=\d{2,}")  # WordPress
_WECHAT = re.compile(r"(?:^|&)(?:__biz|signature)=")
_VIEW_SCRIPT = re.compile(r"(?:detail|show|view|article|news|content|info|read|story|disp|s$)", re.IGNORECASE)
_ID_NAME = re.compile(r"(?:[A-Za-z]{0,3}[-_]?\d{3,}(?:[-_]\d+)?|(?=[A-Z]*\d)[A-Z0-9]{7,})(?:\.\w{2,5})?")
_MIXED_ID = re.compile(r"(?=[^_-]*\d)(?=[^_-]*[A-Za-z])[0-9A-Za-z]{7,}")

ARTICLE, LIST = 2, -2  # a score of ARTICLE or more is an article's address, of LIST or less a list's
LONGEST_READ = 500  # characters of an address that are examined
CERTAIN = 4  # a form that no list has


@lru_cache(maxsize=8192)
def shape(url: str) -> int:
    """Score an absolute address from -4 (certainly a list) to 4 (certainly an article); 0 if unknown.

    Cached, as a site's navigation is repeated on every page.
    """
    rest = url[:LONGEST_READ].partition("://")[2]
    path, _, query = rest.partition("/")[2].partition("?")
    if "?" in rest.partition("/")[0]:  # http://host?id=1
        query = rest.partition("?")[2]
    if "%" in path:
        path = unquote(path)
    folder, _, name = path.rpartition("/")
    segments = [segment for segment in folder.split("/") if segment]
    if query:
        score = _query_score(segments, name, query)
        if score < 0 or score >= ARTICLE:
            return score
    if not name or _LIST_NAME.fullmatch(_EXTENSION.sub("", name)):
        return _folder_score(segments, name)
    return _name_score(segments, name)


def is_numbered(url: str) -> bool:
    """Return whether an address ends in a possible article id: a number, or capitals with digits."""
    return _ID_NAME.fullmatch(url.partition("?")[0].rstrip("/").rpartition("/")[2]) is not None


def is_article_address(url: str) -> bool:
    """Return whether an address has the form of an article's address."""
    return shape(url) >= ARTICLE


def is_list_address(url: str) -> bool:
    """Return whether an address has the form of a home page's or list's address."""
    return shape(url) <= LIST


def is_tag_address(url: str) -> bool:
    """Return whether an address is a keyword's page: a list, but with articles that channels list too."""
    return any(map(_TAG_SEGMENT.fullmatch, url.partition("://")[2].split("/")[1:-1]))


def _query_score(segments: list[str], name: str, query: str) -> int:
    """Score an address by its query; 0 if the path must decide."""
    if name == "s" and not segments and _WECHAT.search(query):
        return 4
    if not name and not segments and _POST.fullmatch(query):
        return 3
    stem = _EXTENSION.sub("", name)
    found = _ID_PARAMETER.search(query)
    views = bool(_VIEW_SCRIPT.search(stem) or (segments and _VIEW_SCRIPT.search(segments[-1])))
    if found and views and not _LIST_PARAMETER.search(query):
        return 3 if len(found[1]) >= 4 else 2
    if _PAGE_PARAMETER.search(query) and not _ARTICLE_NAME.fullmatch(stem):
        return -3
    if _LIST_PARAMETER.search(query):
        return -2
    return 0


def _folder_score(segments: list[str], name: str) -> int:
    """Score `…/` and `…/index.html`: a list, unless the folder's name is an article's id."""
    last = segments[-1] if segments else ""
    if len(segments) > 1 and _OWNER_SEGMENT.fullmatch(segments[-2]):
        return LIST
    long_id = bool(re.fullmatch(r"[a-z]?\d{12,}|(?=\D*\d)[0-9a-f]{20,}", last)) or bool(_ARTICLE_NAME.fullmatch(last))
    if long_id and (not name or re.fullmatch(r"(?:index|content|default)\.\w+", name)):
        return 3
    if re.fullmatch(r"\d{5,9}", last) and name.startswith("index."):
        return -1 if _DATE.fullmatch(last) else 3 if _DATE.search("/".join(segments)) else 1
    return -4 if len(segments) <= 2 else -3


def _name_score(segments: list[str], name: str) -> int:
    """Score an address by its last segment and the folders above it."""
    stem = _EXTENSION.sub("", name)
    digits = sum(map(str.isdigit, stem))
    mixed = bool(_MIXED_ID.search(stem))
    if segments and _OWNER_SEGMENT.fullmatch(segments[-1]) and not _DATE.search(stem):
        return LIST
    if _ARTICLE_NAME.fullmatch(stem) or (stem in {"c", "content"} and segments and _FOLDER_ID.fullmatch(segments[-1])):
        score = 4
    elif _DATE.fullmatch(stem) and len(stem) >= 8:  # the day's own list
        score = -1
    elif "count" in segments or any(map(_TAG_SEGMENT.fullmatch, segments)):  # enorth keeps its lists in system/count
        score = -2
    elif (digits >= 2 or mixed) and _is_dated(segments, stem):
        score = 4 if digits >= 4 else 3
    elif segments and _LIST_SEGMENT.fullmatch(segments[-1]) and digits < 5:
        score = -2
    else:
        score = _id_score(stem, digits, extended=stem != name, mixed=mixed, segments=segments)
    return score


def _is_dated(segments: list[str], stem: str) -> bool:
    return bool(_DATE.search("/".join([*segments[-4:], ""])) or _DATED_ID.search(stem) or _DATE.search(stem))


def _id_score(stem: str, digits: int, *, extended: bool, mixed: bool, segments: list[str]) -> int:
    """Score a name without a date by how much it looks like an id."""
    viewed = any(map(_ARTICLE_SEGMENT.fullmatch, segments))
    if digits >= 5 and (extended or digits >= 8):
        return 3
    if mixed and (viewed or len(stem) >= 10):
        return 3
    if viewed and digits >= 2:
        return 2
    if not digits:
        return -1
    return int(digits >= 3 and extended)
