"""Follow all leads of a site in memory, without Scrapy's engine or the frontier."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.cms import read_with_family
from newscrawl.discover import Answer, Scope
from newscrawl.extract.page.document import Document
from newscrawl.urls import absolute, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newscrawl.discover import Lead

HOST = "http://www.a.test"
WORDS = "青川县西河片区三座便民桥今日正式通车"


@dataclass(slots=True)
class Walked:
    """The result of a walk: the articles requested, and all requests, in order."""

    articles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def article(number: int) -> str:
    """The address of an article."""
    return f"/xw/202405/t20240511_{48000 + number}.html"


def title(number: int) -> str:
    return f"{WORDS}之{number}"


def page(body: str, name: str = "本地要闻") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}</title></head><body>{body}</body></html>"


def rows(numbers: range) -> str:
    return "<ul>" + "".join(f"<li><a href='{article(n)}'>{title(n)}</a></li>" for n in numbers) + "</ul>"


def walk(site: Mapping[str, str], start: str = "/", *, most: int = 80) -> Walked:
    """Follow all leads from a start page through a site: pages by address from the root, POSTs by `address body`."""
    scope = Scope.parse("a.test")
    found = Walked()
    first = absolute(start, HOST)
    seen = {canonical(first)}
    queue: deque[tuple[str, str, str, str, dict[str, object]]] = deque([(first, "GET", "", "start", {})])
    while queue and len(found.requests) < most:
        url, method, body, kind, context = queue.popleft()
        key = url.removeprefix(HOST) + (f" {body}" if method == "POST" else "")
        found.requests.append(key)
        if kind == "article":
            found.articles.append(key)
            continue
        text = site.get(key)
        if text is None:
            continue
        content = text.encode()
        document = Document(content, url) if text.lstrip().lower().startswith(("<!doctype", "<html")) else None
        answer = Answer(url, content, "", method, body, **context)  # type: ignore[arg-type]
        for lead in read_with_family(answer, document, scope).leads:
            if _key(lead) not in seen:
                seen.add(_key(lead))
                queue.append((lead.url, lead.method, lead.body, lead.kind, dict(lead.context)))
    return found


def _key(lead: Lead) -> str:
    return canonical(lead.url) + lead.body
