"""The CMS of 北方网: a channel shows only its newest articles; older ones are on archive pages, numbered upwards.

`count_page_list_<key>.js` gives the newest number (`maxpage = 123;`); page k is
`/system/count//<7 digits>/<12 digits>/000/000/c<key>_<9 digits>.shtml`, and the page before it has one less.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.discover.lead import FROM_LIST, NEXT_LIST, NEXT_SCRIPT, PAGER, Lead
from newscrawl.urls import absolute

if TYPE_CHECKING:
    from newscrawl.discover import Answer
    from newscrawl.extract.page.document import Document

ARCHIVE = "archive"  # `Lead.why`
_LIST = re.compile(
    r"(?P<root>.*/system/count/)/*(?P<column>\d{7})/(?P<part>\d{12})/(?:[\d/]*/)?count_page_list_(?P<key>\d{19})\.js"
)
_PAGE = re.compile(
    r"(?P<root>.*/system/count/)/*(?P<column>\d{7})/(?P<part>\d{12})/\d{3}/\d{3}/c(?P<key>\d{19})_(?P<number>\d{9})(?P<end>\.s?html?)"
)
_NEWEST = re.compile(r"(?:max_?page|total_?pages?|page_?count|count_?page)\s*=\s*['\"]?(\d{1,9})", re.IGNORECASE)
_NAMED = re.compile(r"[\"'(=\s]([^\"'()\s=]*/system/count/[^\"'()\s]*count_page_list_\d{19}\.js)")


def enorth_leads(document: Document) -> list[Lead]:
    """Return the list of a channel's archive pages, or the page before an archive page."""
    if match := _PAGE.match(document.url):
        number = int(match["number"]) - 1
        return [_page(match, number, NEXT_SCRIPT)] if number >= 1 else []
    newest = _NEWEST.search(document.script_text)
    leads = []
    for place in dict.fromkeys(_NAMED.findall(document.decoded.text)):
        url = absolute(place, document.base_url)
        if newest and (match := _LIST.match(url)):
            leads.extend(_newest(match, int(newest[1])))
        elif url:
            leads.append(Lead(url, "list", None, FROM_LIST["list"], ARCHIVE, context={"origin": document.url}))
    return leads


def enorth_follows(answer: Answer) -> list[Lead]:
    """Return the newest archive pages, as a `count_page_list` names them."""
    match, newest = _LIST.match(answer.url), _NEWEST.search(answer.text[:20_000])
    return _newest(match, int(newest[1])) if match and newest else []


def _newest(match: re.Match[str], number: int) -> list[Lead]:
    """Return the newest archive pages to fetch; the channel's own page may replace the very newest."""
    following = [_page(match, number, NEXT_SCRIPT)] if number >= 1 else []
    return [*following, _page(match, number - 1, PAGER)] if number >= 2 else following


def _page(match: re.Match[str], number: int, why: str) -> Lead:
    digits = f"{number:09}"
    extension = match.groupdict().get("end") or ".shtml"
    folder = f"{match['root']}/{match['column']}/{match['part']}/{digits[:3]}/{digits[3:6]}"
    return Lead(f"{folder}/c{match['key']}_{digits}{extension}", "list", None, NEXT_LIST, why)
