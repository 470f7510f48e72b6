"""Replicas of CMSs whose lists are data, or drawn by scripts: enorth, 大汉, gkmlpt, UCAP, 新华云, a county."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from tests.replicas.portal import Asked, Made

JSON = {"Content-Type": "application/json; charset=utf-8"}
XML = {"Content-Type": "text/xml; charset=utf-8"}


class Scripted(Replica):
    """A portal whose channels' pages hold no further page's address; what is behind them is asked of `endpoint`."""

    def menu(self) -> str:
        return "".join(
            f"<a href='{self.list_url(channel, 1)}'>{self.name(channel)}</a>" for channel in range(self.channels)
        )

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self.channel_html(channel))

    def channel_html(self, channel: int) -> str:
        raise NotImplementedError

    def shown(self, channel: int, page: int) -> list[Made]:
        return self.of(channel)[(page - 1) * self.per_page : page * self.per_page]

    def answer(self, asked: Asked) -> Answer:
        data = self.endpoint(asked, {name: values[-1] for name, values in self.sent(asked).items()})
        return data or super().answer(asked)

    def sent(self, asked: Asked) -> dict[str, list[str]]:
        return parse_qs(urlsplit(f"//{asked.url}").query) | parse_qs(asked.body)

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        """Answer a request of the page's script; None for any other."""
        raise NotImplementedError

    def json(self, data: object) -> Answer:
        return Answer(json.dumps(data, ensure_ascii=False).encode(), headers=JSON)


class Enorth(Scripted):
    """北方网: the channel's page has the newest rows, the others stand on archive pages numbered from the oldest."""

    host = "enorth.test"

    def article_url(self, made: Made) -> str:
        return f"/system/{made.published:%Y/%m/%d}/{made.number + 30_000_000:09}.shtml"

    def list_url(self, channel: int, page: int) -> str:
        if page == 1:
            return f"/c{channel}/index.shtml"
        key = f"000{channel + 1:04}000000000000"
        number = self.last_page(channel) - page + 1
        return f"/system/count//000{channel + 1:04}/000000000000/000/000/c{key}_{number:09}.shtml"

    def put_lists(self, channel: int) -> None:
        Replica.put_lists(self, channel)

    def pager(self, channel: int, page: int, last: int) -> str:
        key = f"000{channel + 1:04}"
        script = f"/system/count/{key}/000000000000/count_page_list_{key}000000000000.js"
        return f"<div id='news_more_page_div_id'><script src='{script}'></script></div>" if page == 1 else ""

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if "count_page_list_" not in asked.path:
            return None
        channel = int(asked.path.partition("count_page_list_000")[2][:4]) - 1
        script = f"var maxpage = {self.last_page(channel) - 1};\nvar nowpage = 1;"
        return Answer(script.encode(), headers={"Content-Type": "application/javascript"})


class Jpage(Scripted):
    """大汉 jpage: records in CDATA inside the page, the others by POST to dataproxy.jsp, three pages at once."""

    host = "jpage.test"

    def article_url(self, made: Made) -> str:
        day = made.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{1229 + made.channel}_{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        return f"/col/col{1229 + channel}/index.html"

    def records(self, shown: list[Made]) -> str:
        return "".join(f"<record><![CDATA[{self.row(made)}]]></record>" for made in shown)

    def channel_html(self, channel: int) -> str:
        total, size, column = len(self.of(channel)), self.per_page, 1229 + channel
        store = f"<datastore><recordset>{self.records(self.of(channel)[:size])}</recordset></datastore>"
        config = (
            f"$('#{column}').jpage({{totalRecord: {total}, perPage: {size}, proxyUrl: '/module/web/jpage/dataproxy.jsp',"
            f"proxyparam: {{'col': 1, 'webid': 3, 'path': '/', 'columnid': {column}, 'unitid': '7{column}'}}}});"
        )
        script = f"<script type='text/xml'>{store}</script><script>{config}</script>"
        return self.html(self.name(channel), f"<div id='{column}'>{script}</div>")

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if asked.method != "POST" or "dataproxy" not in asked.path or "columnid" not in sent:
            return None
        articles = self.of(int(sent["columnid"]) - 1229)
        shown = articles[int(sent["startrecord"]) - 1 : int(sent["endrecord"])]
        head = f"<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>{len(articles)}</totalrecord>"
        return Answer(f"{head}<recordset>{self.records(shown)}</recordset></datastore>".encode(), headers=XML)


class Jpaas(Scripted):
    """大汉 jpaas: a list is JSON with markup, asked for by page number in `paramJson`."""

    host = "jpaas.test"
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def article_url(self, made: Made) -> str:
        return f"/art/{made.published.year}/art_{made.number:032x}.html"

    def channel_html(self, channel: int) -> str:
        query = (
            f"{{'parseType':'bulidstatic','webId':'29e952','tplSetId':'5c30fb','pageId':'c{channel}','tagId':'列表'}}"
        )
        return self.html(self.name(channel), f'<div><script url="{self.unit}" queryData="{query}"></script></div>')

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if not asked.path.startswith(self.unit) or "pageId" not in sent:
            return None
        place = json.loads(sent["paramJson"])
        size, page = int(place["pageSize"]), int(place["pageNo"])
        articles = self.of(int(sent["pageId"].removeprefix("c")))
        html = self.rows(articles[(page - 1) * size : page * size])
        html += f"<div class='pagination' rows='{size}' count='{len(articles)}' pageNo='{page}'></div>"
        return self.json({"success": True, "data": {"html": html}})


class Gkmlpt(Scripted):
    """广东政府信息公开平台: a page without rows, all articles by category from an API, 20 a page."""

    host = "guangdong.test"
    start = "http://guangdong.test/gkmlpt/index"
    channels = 1

    def article_url(self, made: Made) -> str:
        return f"/gkmlpt/content/1/{made.number // 1000}/post_{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        return "/gkmlpt/index"

    def channel_html(self, channel: int) -> str:
        return self.html("政府信息公开", "<div id='app'></div><script>window._CONFIG = {SID: '755031'};</script>")

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if "/gkmlpt/api/all/0" not in asked.path:
            return None
        page, articles = int(sent.get("page", 1)), self.of(0)
        found = [
            {"id": made.number, "title": made.title, "url": f"http://{self.host}{made.urls[0]}", "date": 1782800000}
            for made in articles[(page - 1) * 20 : page * 20]
        ]
        return self.json({"total": len(articles), "articles": found})


class Ucap(Scripted):
    """开普: the column's page draws a JSON file that has all its rows."""

    host = "ucap.test"

    def article_url(self, made: Made) -> str:
        return f"/zhengce/content/{made.published:%Y%m}/content_{made.number}.htm"

    def list_url(self, channel: int, page: int) -> str:
        return f"/zhengce/c{channel}/"

    def channel_html(self, channel: int) -> str:
        script = "$.ajax({url: './ZUIXINZHENGCE.json', dataType: 'json', success: function (rows) { draw(rows); }});"
        return self.html(self.name(channel), f"<div class='pages_content list'></div><script>{script}</script>")

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if not asked.path.endswith("/ZUIXINZHENGCE.json"):
            return None
        articles = self.of(int(asked.path.split("/")[2].removeprefix("c")))
        day = {made.number: f"{made.published:%Y-%m-%d}" for made in articles}
        return self.json([{"TITLE": m.title, "URL": m.urls[0], "DOCRELPUBTIME": day[m.number]} for m in articles])


class Xinhua(Scripted):
    """新华云: a list is `ds_<32 digits>.json` beside the page, its id an attribute."""

    host = "xinhuayun.test"

    def article_url(self, made: Made) -> str:
        return f"/{made.published:%Y%m%d}/{made.number:032x}/c.html"

    def channel_html(self, channel: int) -> str:
        return self.html(self.name(channel), f"<ul class='wz-list' data='ds_{channel + 10:032x}'></ul>")

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if "/ds_" not in asked.path:
            return None
        articles = self.of(int(asked.path.rpartition("/ds_")[2].removesuffix(".json"), 16) - 10)
        rows = [
            {"title": m.title, "publishUrl": ".." + m.urls[0], "publishTime": f"{m.published:%Y-%m-%d %H:%M:%S}"}
            for m in articles
        ]
        return self.json({"datasource": rows})


class CountyApi(Scripted):
    """A county's H5 site: one page for all, rows and page numbers from an API; the articles are plain pages."""

    host = "county.test"
    channels = 1

    def list_url(self, channel: int, page: int) -> str:
        return "/h5/list.html"

    def home_html(self) -> str:
        return self.channel_html(0)

    def channel_html(self, channel: int) -> str:
        script = (
            "var page = 1; function load() {"
            f"$.getJSON('/api/news/list?cid=7&page=' + page + '&size={self.per_page}', function (r) {{ draw(r.data); }});"
            "} load();"
        )
        return self.html("融媒", f"<div id='list'></div><script>{script}</script>")

    def endpoint(self, asked: Asked, sent: dict[str, str]) -> Answer | None:
        if not asked.path.startswith("/api/news/list"):
            return None
        page, articles = int(sent.get("page", 1)), self.of(0)
        rows = [
            {"id": made.number, "title": made.title, "url": made.urls[0], "time": f"{made.published:%Y-%m-%d %H:%M}"}
            for made in self.shown(0, page)
        ]
        return self.json({"code": 0, "data": {"list": rows, "total": len(articles)}})


SCRIPTED = (Enorth, Jpage, Jpaas, Gkmlpt, Ucap, Xinhua, CountyApi)
