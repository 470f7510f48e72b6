"""Replicas of the two forms of Founder's e-papers, entered through today's issue and walked by 上一期."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.replicas.portal import Replica

if TYPE_CHECKING:
    from datetime import date

    from tests.replicas.portal import Made


class Paper(Replica):
    """A newspaper: channels are pages (版) of an issue, `pages` the issues; day by day back from the newest."""

    channels = 2

    def issues(self) -> list[date]:
        return sorted({made.published.date() for made in self.articles}, reverse=True)

    def page_url(self, day: date, number: int) -> str:
        """Give the address of a page of an issue."""
        raise NotImplementedError

    def list_url(self, channel: int, page: int) -> str:
        return self.page_url(self.issues()[0], channel + 1)

    def row(self, made: Made) -> str:
        return f"<li><a href='{made.urls[0]}'>{made.title}</a></li>"

    def lay_out(self) -> None:
        self.routes = {}
        for place, day in enumerate(self.issues()):
            for number in range(1, self.channels + 1):
                self.put(self.page_url(day, number), lambda d=day, n=number, p=place: self.issue_html(d, n, p))
        for made in self.articles:
            self.put_article(made)
        self.put(
            "/", lambda: f"<html><head><meta http-equiv='refresh' content='0;URL={self.list_url(0, 1)}'></head></html>"
        )

    def issue_html(self, day: date, number: int, place: int) -> str:
        shown = [made for made in self.articles if made.published.date() == day and made.channel == number - 1]
        pages = "".join(
            f"<li><a href='{self.page_url(day, n)}'>第{n:02}版：要闻</a></li>" for n in range(1, self.channels + 1)
        )
        before = self.issues()[place + 1 : place + 2]
        steps = "".join(f"<a href='{self.page_url(other, 1)}'>上一期</a>" for other in before)
        body = f"<ul id='pageList'>{pages}</ul><ul id='articlelist'>{''.join(map(self.row, shown))}</ul>{steps}"
        return self.html(f"第{number:02}版", body)

    def menu(self) -> str:
        return ""


class OldPaper(Paper):
    """`html/YYYY-MM/DD/node_N.htm`, and each article with `?div=-1` and `?div=1`."""

    host = "oldpaper.test"

    def article_url(self, made: Made) -> str:
        return f"/html/{made.published:%Y-%m/%d}/content_{made.number}.htm?div=-1"

    def page_url(self, day: date, number: int) -> str:
        return f"/html/{day:%Y-%m/%d}/node_{number}.htm"

    def put_article(self, made: Made) -> None:
        made.urls = [made.urls[0], made.urls[0].replace("div=-1", "div=1")]
        for url in made.urls:
            self.put(url, lambda: self.article_html(made))

    def row(self, made: Made) -> str:
        area = f"<area shape='rect' href='{made.urls[-1]}'>"
        return f"<li><a href='{made.urls[0]}'>{made.title}</a></li><map>{area}</map>"


class NewPaper(Paper):
    """`/CODE/pc/layout/YYYYMM/DD/node_NN.html`."""

    host = "newpaper.test"

    def article_url(self, made: Made) -> str:
        return f"/qyrb/pc/content/{made.published:%Y%m/%d}/content_{made.number}.html"

    def page_url(self, day: date, number: int) -> str:
        return f"/qyrb/pc/layout/{day:%Y%m/%d}/node_{number:02}.html"


PAPERS = (OldPaper, NewPaper)
