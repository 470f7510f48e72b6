"""CMSs with lists as data, at addresses that are built from marks of their pages: gkmlpt, 新华云, WordPress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.discover.lead import FROM_ARTICLE, FROM_LIST, SITEMAP, Lead
from newscrawl.urls import join

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

GKMLPT, DATASOURCE = "gkmlpt", "datasource"  # `Lead.why`
_SITE = re.compile(r"\bSID['\"]?\s*[:=]\s*['\"]?(\d{1,12})")
_CATEGORY = re.compile(r"#/?(\d{1,9})(?:$|/)|/api/all/(\d{1,9})")
_NUMBERED = re.compile(
    r"[\"']?(?:CATEGORY_?ID|CAT_?ID|COLUMN_?ID|CLASSIFY(?:_MAIN)?(?:_ID)?)[\"']?\s*[:=]\s*[\"']?(\d{1,9})",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?<![\w/])(?:ds_)?([0-9a-f]{32})(?![\w/])")
_SOURCE_FILE = re.compile(r"[\"'(]([^\"'()\s]*ds_[0-9a-f]{32}\.json)")
MOST = 20  # most lists of one page


def gkmlpt_leads(document: Document) -> list[Lead]:
    """Return the lists of Guangdong's 政府信息公开平台: of all articles, and of each category that a page names."""
    site = _SITE.search(document.script_text)
    if site is None:
        return []
    parts = urlsplit(document.url)
    folder, mark, _ = parts.path.partition("/gkmlpt")
    root = f"{parts.scheme}://{parts.netloc}{folder if mark else ''}"
    named = [match[1] or match[2] for match in map(_CATEGORY.search, _places(document)) if match]
    named += _NUMBERED.findall(document.script_text)
    # category 0 holds the articles of all others
    categories = ["0", *dict.fromkeys(name for name in named if name != "0")][:MOST]
    return [
        Lead(f"{root}/gkmlpt/api/all/{category}?page=1&sid={site[1]}", "list", None, FROM_LIST["list"], GKMLPT,
             context={"origin": document.url})
        for category in categories
    ]  # fmt: skip


def xinhua_leads(document: Document) -> list[Lead]:
    """Return the lists of 新华云: `ds_<32 hex digits>.json` beside the page, with digits from an element's `data`."""
    found = {join(document.base_url, place) for place in _SOURCE_FILE.findall(document.decoded.text)}
    for value in document.root.xpath("//@*[starts-with(name(), 'data') or name() = 'dsid' or starts-with(., 'ds_')]"):
        if match := _SOURCE.fullmatch(str(value).strip()):
            found.add(join(document.base_url, f"ds_{match[1]}.json"))
    return [
        Lead(url, "list", None, FROM_LIST["list"], DATASOURCE, context={"origin": document.url})
        for url in sorted(found - {""})[:MOST]
    ]


def wordpress_leads(document: Document) -> list[Lead]:
    """Return the sitemap of WordPress, which lists all articles."""
    parts = urlsplit(document.url)
    if parts.path.strip("/"):
        return []
    return [Lead(f"{parts.scheme}://{parts.netloc}/wp-sitemap.xml", "list", None, FROM_ARTICLE["list"], SITEMAP)]


def _places(document: Document) -> list[str]:
    return [value for value in map(str, document.root.xpath("//@href | //@data-id | //@data-url")) if len(value) < 300]
