"""`Replica`: a made-up portal of channels, list pages and articles. A family overrides how its CMS writes them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, ClassVar

from newscrawl.urls import canonical, host_of
from tests.archive import made_texts
from tests.servers.site import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NEWEST = datetime(2026, 6, 30, 18, 5)  # noqa: DTZ001  Beijing time, as pages print it
APART = timedelta(minutes=95)
NAMES = ("要闻", "民生", "经济", "文化", "乡村", "教育", "健康", "交通", "法治", "生态", "旅游", "科技")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the address without scheme, and what a POST sends."""

    method: str
    url: str
    body: str = ""

    @property
    def path(self) -> str:
        return "/" + self.url.partition("/")[2]


@dataclass(slots=True)
class Made:
    """One article that the portal has: what a crawl should find once, at whichever of its addresses."""

    number: int
    channel: int
    title: str
    paragraphs: list[str]
    published: datetime
    urls: list[str] = field(default_factory=list)


class Replica:
    """A portal on hosts of its own. A subclass says how addresses, lists and pages are written.

    Attributes:
        host: its name; the server answers for it and for `also`.
        start: the address a crawl begins with; the home page unless given.
        charset: how pages are encoded, and declared.
    """

    host: ClassVar[str] = ""
    also: ClassVar[tuple[str, ...]] = ()
    start: ClassVar[str] = ""
    charset: ClassVar[str] = "utf-8"
    channels: ClassVar[int] = 2
    at_home: ClassVar[int] = 3

    def __init__(self, pages: int = 3, per_page: int = 6) -> None:
        self.pages = pages
        self.per_page = per_page
        self.dice = random.Random(self.host)
        self.articles: list[Made] = []
        self.routes: dict[str, Callable[[Asked], Answer]] = {}
        self.trap: Callable[[str], bool] = lambda _path: False  # addresses that only a lost crawler asks for
        for _ in range(pages * per_page):
            for channel in range(self.channels):
                self._make(channel, NEWEST - APART * len(self.articles))
        self.lay_out()

    @property
    def home(self) -> str:
        return self.start or f"http://{self.host}/"

    # --- What a family says

    def article_url(self, made: Made) -> str:
        """Give an article's address, from the root."""
        return f"/a/{made.published:%Y%m/%d}/{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        """Give the address of a channel's page, from the root; page 1 is the channel's own."""
        return f"/c{channel}/" + (f"index_{page}.html" if page > 1 else "")

    def pager(self, channel: int, page: int, last: int) -> str:
        """Write what stands below a list."""
        return f"<a href='{self.list_url(channel, page + 1)}'>下一页</a>" if page < last else ""

    def row(self, made: Made) -> str:
        """Write an article's row in a list."""
        return f"<li><a href='{made.urls[0]}'>{escape(made.title)}</a><span>{made.published:%Y-%m-%d}</span></li>"

    def rows(self, shown: list[Made]) -> str:
        return f"<ul class='list'>{''.join(map(self.row, shown))}</ul>"

    def list_html(self, channel: int, page: int, last: int) -> str:
        shown = self.of(channel)[(page - 1) * self.per_page : page * self.per_page]
        return self.html(self.name(channel), self.rows(shown) + f"<div>{self.pager(channel, page, last)}</div>")

    def home_html(self) -> str:
        boxes = (
            f"<div><h3><a href='{self.list_url(channel, 1)}'>{self.name(channel)}</a></h3>"
            f"{self.rows(self.of(channel)[: self.at_home])}</div>"
            for channel in range(self.channels)
        )
        return self.html("首页", "".join(boxes))

    def story(self, made: Made) -> str:
        """Write an article's body."""
        return "".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in made.paragraphs)

    def article_html(self, made: Made) -> str:
        byline = f"<div class='info'>{made.published:%Y-%m-%d %H:%M} 来源：清源新闻网</div>"
        return self.html(
            made.title, f"<h1>{escape(made.title)}</h1>{byline}<div class='content'>{self.story(made)}</div>"
        )

    def lay_out(self) -> None:
        """Set what each address answers, as the portal stands now."""
        self.routes = {}
        self.put("/", self.home_html)
        for channel in range(self.channels):
            self.put_lists(channel)
        for made in self.articles:
            self.put_article(made)

    # --- What it stands on

    def put(self, url: str, write: Callable[[], str], **headers: str) -> None:
        """Let an address (from the root, or with its host) answer with a page."""
        kind = {"Content-Type": f"text/html; charset={self.charset}"}
        self.routes[self.place(url)] = lambda _: Answer(write().encode(self.charset), headers={**kind, **headers})

    def put_lists(self, channel: int) -> None:
        last = self.last_page(channel)
        for page in range(1, last + 1):
            self.put(self.list_url(channel, page), lambda page=page: self.list_html(channel, page, last))

    def put_article(self, made: Made) -> None:
        self.put(made.urls[0], lambda: self.article_html(made))

    def place(self, url: str) -> str:
        """Give the key of an address: host and path."""
        return f"{self.host}{url}" if url.startswith("/") else url.partition("://")[2]

    def answer(self, asked: Asked) -> Answer:
        """Answer a request; a subclass may know more than `routes`."""
        route = self.routes.get(asked.url)
        return route(asked) if route else self.missing(asked)

    def missing(self, _asked: Asked) -> Answer:
        return Answer(self.html("404", "<h1>404 Not Found</h1>").encode(), 404)

    def html(self, title: str, body: str) -> str:
        site = "清源新闻网"
        return (
            f"<!DOCTYPE html><html><head><meta charset='{self.charset}'><title>{escape(title)}_{site}</title></head>"
            f"<body><div class='nav'><a href='/'>首页</a>{self.menu()}</div>{body}"
            "<div class='foot'>清源新闻网版权所有　备案号：清ICP备0000001号</div></body></html>"
        )

    def menu(self) -> str:
        links = (f"<a href='{self.list_url(channel, 1)}'>{self.name(channel)}</a>" for channel in range(self.channels))
        return "".join(links)

    def name(self, channel: int) -> str:
        return NAMES[channel % len(NAMES)]

    def of(self, channel: int) -> list[Made]:
        """Give a channel's articles, the newest first."""
        found = [made for made in self.articles if made.channel == channel]
        return sorted(found, key=lambda made: made.published, reverse=True)

    def last_page(self, channel: int) -> int:
        return -(-len(self.of(channel)) // self.per_page)

    def publish(self, number: int, channel: int = 0) -> None:
        """Bring out new articles."""
        for _ in range(number):
            newest = max(made.published for made in self.articles)
            self._make(channel, newest + timedelta(minutes=10))
        self.lay_out()

    def numbers(self) -> dict[str, int]:
        """Give the articles by the canonical form of each of their addresses."""
        return {canonical(f"http://{self.place(url)}"): made.number for made in self.articles for url in made.urls}

    def is_own(self, url: str) -> bool:
        return host_of(url) in {self.host, *self.also}

    def _make(self, channel: int, published: datetime) -> None:
        text = made_texts.datelined(made_texts.story(self.dice, 4), self.dice)
        made = Made(100_001 + len(self.articles), channel, self._title(), text.split("\n"), published)
        made.urls = [self.article_url(made)]
        self.articles.append(made)

    def _title(self) -> str:
        known = {made.title for made in self.articles}
        return next(title for title in self._titles() if title not in known)

    def _titles(self) -> Iterator[str]:
        dice, words = self.dice, made_texts
        while True:
            who = words.place(dice) + dice.choice(words.BODIES)
            yield f"{who}{dice.choice(words.VERBS)}{dice.choice(words.THINGS)}{dice.choice('一二三四五六七八九')}期工程"
