"""A replica whose stories run over several pages, in every form that regional sites give them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from tests.replicas.portal import Made

PARTS = 3
Pager = Callable[[list[str], int], str]


def link(url: str, text: str) -> str:
    return f"<a href='{url}'>{text}</a>"


def numbers(urls: list[str], own: int) -> str:
    return "".join(f"<b>{n}</b>" if n == own else link(url, str(n)) for n, url in enumerate(urls, 1))


def next_only(text: str) -> Pager:
    return lambda urls, own: link(urls[own], text) if own < len(urls) else ""


def by_script(counted_from: int) -> Pager:
    def write(urls: list[str], own: int) -> str:
        name, _, extension = urls[0].rpartition("/")[2].rpartition(".")
        if counted_from:
            arguments = f"'page_div', {len(urls)}, {own}, '{name}', '{extension}'"
        else:
            arguments = f"{len(urls)}, {own - 1}, '{name}', '{extension}'"
        return f"<script>createPageHTML({arguments});</script>"

    return write


def names(first: str, *rest: str) -> Callable[[str], list[str]]:
    """Write the addresses of the parts from that of the story, which ends in `.html`."""
    return lambda url: [url.removesuffix(".html") + tail for tail in (first, *rest)]


# Form: the addresses of the parts, and the pager below each.
FORMS: dict[str, tuple[Callable[[str], list[str]], Pager]] = {
    "numbers": (names(".html", "_2.html", "_3.html"), numbers),
    "from one": (names(".html", "_1.html", "_2.html"), numbers),
    "padded": (names(".html", "_02.html", "_03.html"), numbers),
    "query": (names(".html", ".html?page=2", ".html?page=3"), numbers),
    "in a box": (
        names(".html", "_2.html", "_3.html"),
        lambda urls, own: f"<div id='displaypagenum'>{numbers(urls, own)}{next_only('下一页')(urls, own)}</div>",
    ),
    "script": (names(".html", "_1.html", "_2.html"), by_script(0)),
    "script from one": (names(".html", "_2.html", "_3.html"), by_script(1)),
    "the rest": (names(".html", "_2.html", "_3.html"), next_only("余下全文")),
    "what is left": (names(".html", "_2.html", "_3.html"), next_only("点击阅读剩余全文(1/3) >>")),
    "next": (names(".html", "_2.html", "_3.html"), next_only("下一页")),
    "folder": (names(".html", "/2.html", "/3.html"), numbers),
    "folder from one": (names("/1.html", "/2.html", "/3.html"), numbers),
    "whole": (names(".html"), lambda urls, _own: link(urls[0].replace(".html", "_all.html"), "阅读全文")),
    "whole by query": (names(".html"), lambda urls, _own: link(urls[0] + "?all=1", "显示全文")),
    "numbers and whole": (
        names(".html", "_2.html", "_3.html"),
        lambda urls, own: numbers(urls, own) + link(urls[0].replace(".html", "_all.html"), "在本页阅读全文"),
    ),
}


class Stories(Replica):
    """Two articles of each form; `broken` are paths that answer 500."""

    host = "stories.test"
    channels = 1

    def __init__(self) -> None:
        self.broken: set[str] = set()
        super().__init__(pages=len(FORMS) * 2 // 6, per_page=6)

    def form(self, made: Made) -> str:
        return list(FORMS)[made.number % len(FORMS)]

    def article_url(self, made: Made) -> str:
        base = f"/xw/2026{made.number % 12 + 1:02}/{made.number}.html"
        return FORMS[self.form(made)][0](base)[0]

    def put_article(self, made: Made) -> None:
        write, pager = FORMS[self.form(made)]
        urls = write(made.urls[0].replace("/1.html", ".html"))
        if "whole" in self.form(made):
            whole = urls[0] + "?all=1" if "query" in self.form(made) else urls[0].replace(".html", "_all.html")
            self.put_part(made, whole, made.paragraphs, "")
        shares = [made.paragraphs[number::PARTS] for number in range(PARTS)]
        for number, url in enumerate(urls, 1):
            self.put_part(made, url, shares[number - 1], pager(urls, number))

    def put_part(self, made: Made, url: str, paragraphs: list[str], pager: str) -> None:
        body = "".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in paragraphs)
        byline = f"<div class='info'>{made.published:%Y-%m-%d %H:%M} 来源：清源新闻网</div>"
        title = f"<h1>{escape(made.title)}</h1>"
        page = f"{title}{byline}<div class='content'>{body}</div><div class='page'>{pager}</div>"
        self.put(url, lambda: self.html(made.title, page))

    def answer(self, asked):
        if asked.path in self.broken:
            return Answer(b"<h1>500</h1>", 500)
        return super().answer(asked)

    def text(self, made: Made) -> set[str]:
        """Give an article's paragraphs, in any order: how they are spread over the parts is of no matter."""
        return set(made.paragraphs)
