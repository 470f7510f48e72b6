"""Find the requests by which a page's scripts load list rows: data endpoints, and scripts that write rows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from newscrawl.discover.data.counting import OFFSET_NAME, PAGE_NAME, SIZE_NAME
from newscrawl.discover.data.hidden import page_script, templates_of
from newscrawl.discover.data.rows import is_address
from newscrawl.discover.lead import FORM, FROM_LIST, JSON, Lead
from newscrawl.extract.page.script import CLOSE, OPEN, Group, Number, Script, holes
from newscrawl.urls import absolute, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.discover.scope import Scope
    from newscrawl.extract.page.document import Document

ENDPOINT, LOADED = "endpoint", "loaded-script"  # `Lead.why`
MOST_ENDPOINTS = 8  # of one page
MOST_SCRIPTS = 6
_CALLS = (
    "ajax", "getJSON", "get", "post", "fetch", "axios", "request", "load", "open", "jsonp", "http", "GET", "POST",
    "ajaxGet", "ajaxPost",
)  # fmt: skip
_URL_KEYS = ("url", "api", "apiurl", "dataurl", "ajaxurl", "requesturl", "interface", "source", "src")
_NO_ROWS = re.compile(
    r"log-?in|comment|hits?\b|click|stat(?:s|istics)?\b|log\b|weather|tianqi|share|user|visit|\bpv\b|view(?:s|count)|qr-?code|sign|token"
    r"|captcha|vote|like|upload|submit|save|/add|/del|update|collect|feedback|\bads?\b|config|jssdk|signature|hot-?word|suggest|count(?:er)?\b",
    re.IGNORECASE,
)
_ROWS = re.compile(r"list|page|query|get|find|article|news|content|info|data|doc|search|col|channel", re.IGNORECASE)
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|layui|layer|vue|react|angular|echarts|require|seajs|zepto|iscroll|superslide|slide|swf|video|player|jwplayer"
    r"|common|base|main|global|util|tool|config|share|baidu|hm\.js|tongji|stat|count(?:er)?\.|analytics|cnzz|track|monitor|login|user|search"
    r"|weather|tianqi|date|time|calendar|scroll|focus|tab|menu|nav|header|footer|top\.js|foot|ad[sv]?\d*[._]|advert|banner|float|lazy|pic|img"
    r"|font|resize|flexible|rem\.|html5|respond|modernizr|polyfill|wx|weixin|jweixin|qrcode|barrier|accessib|aria|polyfill|verify|captcha"
    r"|hover|effect|animate|wow|fancybox|lightbox|validate|form|md5|crypto|base64|json2|min\.js|bundle|chunk|vendor|app\.",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"list|news|data|article|content|hot|rank|roll|update|new(?:est)?|page|count_page|more|toutiao|yaowen",
    re.IGNORECASE,
)


def endpoints_of(document: Document, scope: Scope) -> list[Lead]:
    """Return the requests for rows that a page's scripts would make, as far as their source shows it."""
    script = page_script(document)
    leads: dict[tuple[str, str], Lead] = {}
    for url, method, data, as_json in _requests(script):
        lead = _request(document, script, url, method, data, as_json=as_json)
        if lead and scope.allows(lead.url):
            leads.setdefault((lead.url, lead.body), lead)
        if len(leads) >= MOST_ENDPOINTS:
            break
    return list(leads.values())


def loaded_scripts(document: Document, scope: Scope) -> list[Lead]:
    """Return the site's own scripts that may write rows: by their place in the page, or by their name."""
    leads = {}
    for element in document.root.iter("script"):
        src = (element.get("src") or "").strip()
        url = absolute(src, document.base_url) if src else ""
        if not url or not scope.allows(url) or registered_domain(url) != registered_domain(document.url):
            continue
        name = urlsplit(url).path.rpartition("/")[2]
        if _LIBRARY.search(name) or not (_in_place(element) or _SPEAKING.search(urlsplit(url).path)):
            continue
        leads[url] = Lead(url, "list", None, FROM_LIST["list"], LOADED, context=context_of(document))
    return list(leads.values())[:MOST_SCRIPTS]


def context_of(document: Document) -> dict[str, object]:
    """Return the facts of a page that are needed to read the data it loads."""
    return {"origin": document.url, "templates": templates_of(document)}


def _in_place(element: HtmlElement) -> bool:
    """Return whether a script is alone in a box of the page, where its output would appear."""
    box = element.getparent()
    if box is None or box.tag not in {"div", "ul", "ol", "li", "td", "dd", "section", "p", "span"}:
        return False
    return len("".join(text for child in box if child.tag != "script" for text in child.itertext()).strip()) < 20


def _requests(script: Script) -> Iterator[tuple[str, str, Group | str | None, bool]]:
    """Yield for each call for data: address, method, data, and whether the data is sent as JSON."""
    for group in script.groups:
        if group.kind == "{":
            values = {key.lower(): value for key, value in group.fields.items()}
            url = next((values[key] for key in _URL_KEYS if isinstance(values.get(key), str)), None)
            options = {
                "data",
                "success",
                "type",
                "method",
                "datatype",
                "params",
                "callback",
                "done",
                "body",
                "page",
            } & values.keys()
            if isinstance(url, str) and options:
                method = values.get("type", values.get("method", "GET"))
                data = values.get("data", values.get("params", values.get("body")))
                yield url, str(method), data, "json" in str(values.get("contenttype", "")).lower()
        elif group.kind == "(" and group.values and group.call.rpartition(".")[2] in _CALLS:
            yield from _called(group)


def _called(group: Group) -> Iterator[tuple[str, str, Group | str | None, bool]]:
    name = group.call.rpartition(".")[2].lower()
    url, rest = group.values[0], group.values[1:]
    if name == "open" and len(rest) >= 1 and isinstance(url, str) and isinstance(rest[0], str) and "." in group.call:
        if url.upper() in {"GET", "POST"}:  # XMLHttpRequest
            yield rest[0], url, None, False
        return
    if not isinstance(url, str):
        return
    options = next((value for value in rest if isinstance(value, Group) and value.kind == "{"), None)
    if options is None:
        yield url, "POST" if "post" in name else "GET", None, False
        return
    fields = {key.lower(): value for key, value in options.fields.items()}
    if name == "fetch" or fields.keys() & {"method", "headers", "params"}:
        data = fields.get("params", fields.get("body", fields.get("data")))
        yield url, str(fields.get("method", "GET")), data, "params" not in fields
    else:
        yield url, "POST" if "post" in name else "GET", options, "axios" in group.call


def _request(
    document: Document, script: Script, url: str, method: str, data: Group | str | None, *, as_json: bool
) -> Lead | None:
    """Return the lead of a call; None if it requests no rows, or only running the script would show its address."""
    address = _settled(script, url)
    method = "POST" if method.upper() == "POST" else "GET"
    if holes(address) or not is_address(address) or _NO_ROWS.search(address.partition("?")[0]):
        return None
    fields = _fields(script, data) if isinstance(data, Group) else {}
    paged = any(PAGE_NAME.fullmatch(name) or OFFSET_NAME.fullmatch(name) for name in fields)
    if method == "POST" and not (paged or _ROWS.search(address)):
        return None
    target = absolute(address, document.base_url, document.decoded.charset)
    body = ""
    headers: tuple[tuple[str, str], ...] = ()
    if method == "POST":
        as_json = as_json or (isinstance(data, Group) and data.call == "JSON")
        body = json.dumps(fields, ensure_ascii=False) if as_json else urlencode(fields)
        headers = JSON if as_json else FORM
    elif fields:
        target += ("&" if "?" in target else "?") + urlencode(fields)
    if not target:
        return None
    return Lead(
        target, "list", None, FROM_LIST["list"] + 1, ENDPOINT, method, body, headers, context=context_of(document)
    )


def _fields(script: Script, data: Group) -> dict[str, object]:
    """Return the data that a call sends: known values, 1 for a page number, 20 for a page size."""
    fields: dict[str, object] = {}
    for name, value in data.fields.items():
        if isinstance(value, Group):
            if value.call == "JSON":
                fields[name] = json.dumps(_fields(script, value), ensure_ascii=False, separators=(",", ":"))
            continue
        text = script.resolved(value)
        if holes(text):
            text = (
                "1"
                if PAGE_NAME.fullmatch(name)
                else "0"
                if OFFSET_NAME.fullmatch(name)
                else "20"
                if SIZE_NAME.fullmatch(name)
                else ""
            )
            if not text:
                continue
        number = text.isdigit() and (isinstance(value, Number) or holes(value))
        fields[name] = int(text) if number else text
    return fields


def _settled(script: Script, url: str) -> str:
    """Fill an address's placeholders: with variables, page numbers; before the path with the site's own address."""
    text = script.resolved(url)
    text = re.sub(rf"^{OPEN}[^{CLOSE}]*{CLOSE}(?=/)", "", text)
    text = re.sub(rf"([?&](?:{PAGE_NAME.pattern})=){OPEN}[^{CLOSE}]*{CLOSE}", r"\g<1>1", text, flags=re.IGNORECASE)
    return re.sub(rf"([?&](?:{SIZE_NAME.pattern})=){OPEN}[^{CLOSE}]*{CLOSE}", r"\g<1>20", text, flags=re.IGNORECASE)
