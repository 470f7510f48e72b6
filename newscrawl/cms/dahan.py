"""The CMS of 大汉: lists rendered by `jpage` (XML records by POST) or its successor `jpaas` (JSON with markup, by GET).

A jpage list has its first records in the page, in CDATA, and names the request for further records: `proxyUrl` and
its parameters. A jpaas list is an element with `url` and `queryData`; its pages are numbered in `paramJson`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from newscrawl.discover.data.hidden import page_script
from newscrawl.discover.lead import FORM, FROM_LIST, NEXT_DATA, NEXT_LIST, Lead
from newscrawl.extract.page.script import Group
from newscrawl.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.discover import Answer
    from newscrawl.extract.page.document import Document

JPAGE, JPAAS = "jpage", "jpaas"  # `Lead.why`
_RECORD = re.compile(r"<record>")
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord['\"]?\s*:\s*['\"]?(\d+)", re.IGNORECASE)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[\s*<a[^>]+href=[\"']([^\"']+)", re.IGNORECASE)
_PAIR = re.compile(r"['\"]([\w-]+)['\"]\s*:\s*['\"]([^'\"]*)['\"]")
_GROUPS = 3  # pages that jpage requests at once


def jpage_leads(document: Document) -> list[Lead]:
    """Return the request for the records that follow those in the page."""
    return [lead for group in page_script(document).groups for lead in _of_config(document, group)]


def _of_config(document: Document, group: Group) -> Iterator[Lead]:
    """Return the request that a configuration of `jpage` makes for its next records."""
    values = {key.lower(): value for key, value in group.fields.items()}
    proxy = values.get("proxyurl", values.get("proxy"))
    sent = next(
        (
            values[key]
            for key in ("proxyparam", "ajaxparam", "param", "params", "data")
            if isinstance(values.get(key), Group)
        ),
        None,
    )
    if not isinstance(proxy, str) or not isinstance(sent, Group) or "dataproxy" not in proxy:
        return
    per_page = values.get("perpage", "15")
    size = int(per_page) if isinstance(per_page, str) and per_page.isdigit() and per_page != "0" else 15
    text = document.decoded.text
    held = len(_RECORD.findall(text))
    total = _TOTAL.search(text)
    if total and held >= int(total[1] or total[2]):
        return
    fields = {name: value for name, value in sent.fields.items() if isinstance(value, str)}
    place = urlencode({"startrecord": held + 1, "endrecord": held + size * _GROUPS, "perpage": size})
    url = absolute(f"{proxy}?{place}", document.base_url)
    why = NEXT_DATA if held else JPAGE
    yield Lead(url, "list", None, NEXT_LIST if held else FROM_LIST["list"], why, "POST", urlencode(fields), FORM,
               context={"origin": document.url})  # fmt: skip


def jpage_follows(answer: Answer) -> list[Lead]:
    """Return the request for the next group of records, if a response names it."""
    match = _NEXT_GROUP.search(answer.text) if "<nextgroup" in answer.text[:2_000].lower() else None
    url = absolute(match[1], answer.url) if match and "startrecord" not in answer.url else ""
    if not url or url == answer.url or not _RECORD.search(answer.text):
        return []
    return [Lead(url, "list", None, NEXT_LIST, NEXT_DATA, context={"origin": answer.origin})]


def jpaas_leads(document: Document) -> list[Lead]:
    """Return the requests for lists that elements with `querydata` make."""
    leads = []
    for element in document.root.xpath("//*[@querydata]"):
        fields = dict(_PAIR.findall(element.get("querydata")))
        place = element.get("url") or "/api-gateway/jpaas-publish-server/front/page/build/unit"
        if not fields or element.get("querydata").count("pageNo"):
            continue
        fields["paramJson"] = json.dumps({"pageNo": 1, "pageSize": _page_size(document)}, separators=(",", ":"))
        url = absolute(f"{place}?{urlencode(fields)}", document.base_url)
        leads.append(Lead(url, "list", None, FROM_LIST["list"] + 1, JPAAS, context={"origin": document.url}))
    return leads


def _page_size(document: Document) -> int:
    match = re.search(r"pageSize['\"]?\s*[:=]\s*['\"]?(\d{1,3})|rows=['\"](\d{1,3})", document.decoded.text)
    return int(match[1] or match[2]) if match else 15
