"""Replicas with rows that no anchor shows: forms of links and pagers, and CMS families that load their rows."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qsl, urlsplit

from tests.discover.forms import BEHIND, IN_PAGE, PAGERS, Entry
from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from tests.replicas.portal import Asked, Made


# An entry page that sends its reader on has no menu of channels.
LOADED = [form for form in BEHIND if form not in {"timeout", "timeout-javascript", "variable", "onload"}]


class LinkForms(Replica):
    """A channel for each form in which a page may hold its links."""

    host = "forms.test"
    channels = len(IN_PAGE) + len(LOADED)
    at_home = 0
    forms: ClassVar[tuple[str, ...]] = (*IN_PAGE, *LOADED)

    def article_url(self, made: Made) -> str:
        return f"/xw/{made.published:%Y%m/t%Y%m%d}_{made.number}.html"

    def name(self, channel: int) -> str:
        return f"频道{channel}"

    def entries(self, made: list[Made]) -> list[Entry]:
        return [Entry("/xw/202606/t20260630_", str(each.number), each.title) for each in made]

    def _make(self, channel: int, published: object) -> None:
        super()._make(channel, published)  # type: ignore[arg-type]
        self.articles[-1].urls = [f"/xw/202606/t20260630_{self.articles[-1].number}.html"]

    def list_html(self, channel: int, page: int, last: int) -> str:
        form, entries = self.forms[channel], self.entries(self.of(channel))
        if form in IN_PAGE:
            return self.html(self.name(channel), IN_PAGE[form](entries))
        shown, behind = BEHIND[form]
        self.put(f"/behind/{channel}", lambda: behind(entries))
        return self.html(self.name(channel), shown.replace("@", f"/behind/{channel}"))

    def __init__(self, pages: int = 1, per_page: int = 9) -> None:
        super().__init__(pages, per_page)


class PagerForms(Replica):
    """A channel for each form in which a list may show its pager."""

    host = "pagers.test"
    channels = len(PAGERS)
    at_home = 0
    forms: ClassVar[tuple[str, ...]] = tuple(PAGERS)

    def name(self, channel: int) -> str:
        return f"频道{channel}"

    def list_url(self, channel: int, page: int) -> str:
        return f"/f{channel}{PAGERS[self.forms[channel]][1](page)}"

    def pager(self, channel: int, page: int, last: int) -> str:
        shown = PAGERS[self.forms[channel]][0](page, last)
        return shown.replace("/xw/", f"/f{channel}/xw/").replace("/list.php", f"/f{channel}/list.php")


class Asking(Replica):
    """A family whose channel pages load their rows; `shell` is the page, `data` the response for page k."""

    per_answer: ClassVar[int] = 6

    def list_html(self, channel: int, page: int, last: int) -> str:
        return self.html(self.name(channel), self.shell(channel))

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self.list_html(channel, 1, 1))

    def shell(self, channel: int) -> str:
        raise NotImplementedError

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        raise NotImplementedError

    def answer(self, asked: Asked) -> Answer:
        parts = urlsplit(f"http://{asked.url}")
        sent = json.loads(asked.body) if asked.body.startswith("{") else dict(parse_qsl(asked.body))
        fields = {"path": parts.path, **dict(parse_qsl(parts.query)), **sent}
        for channel in range(self.channels):
            if f"http://{asked.url}" != f"http://{self.host}{self.list_url(channel, 1)}":
                text = self.data(channel, fields)
                if text is not None:
                    return Answer(text.encode(), headers={"Content-Type": "application/json"})
        return super().answer(asked)

    def slice(self, channel: int, number: int, size: int) -> list[Made]:
        return self.of(channel)[(number - 1) * size : number * size]


class Jpaas(Asking):
    """大汉 jpaas: an element's `queryData`, pages by `paramJson`, JSON that holds markup."""

    host = "jpaas.test"

    def article_url(self, made: Made) -> str:
        return f"/art/{made.published:%Y}/art_{made.number:032x}.html"

    def shell(self, channel: int) -> str:
        unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
        return f"<script url=\"{unit}\" queryData=\"{{'parseType':'bulidstatic','webId':'1','pageId':'p{channel}'}}\"></script>"

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked.get("pageId") != f"p{channel}":
            return None
        place = json.loads(asked.get("paramJson", '{"pageNo":1,"pageSize":15}'))
        shown = self.slice(channel, int(place["pageNo"]), int(place["pageSize"]))
        html = f"{self.rows(shown)}<div class='pagination' rows='{place['pageSize']}' count='{len(self.of(channel))}'></div>"
        return json.dumps({"success": True, "data": {"html": html if shown else ""}})


class Jpage(Asking):
    """大汉 jpage: the first records in the page, the others by POST."""

    host = "jpage.test"

    def article_url(self, made: Made) -> str:
        return f"/art/{made.published.year}/{made.published.month}/{made.published.day}/art_{made.channel}_{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        return f"/col/col{channel}/index.html"

    def records(self, shown: list[Made]) -> str:
        found = "".join(f"<record><![CDATA[{self.row(made)}]]></record>" for made in shown)
        return f"<totalrecord>{len(self.articles) // self.channels}</totalrecord><recordset>{found}</recordset>"

    def shell(self, channel: int) -> str:
        total = len(self.of(channel))
        return (
            f"<div id='u{channel}'><script type='text/xml'><datastore>{self.records(self.of(channel)[:6])}</datastore></script></div>"
            f"<script>$('#u{channel}').jpage({{totalRecord:{total},perPage:2,proxyUrl:'/module/web/jpage/dataproxy.jsp',"
            f"proxyparam:{{'col':1,'webid':1,'columnid':{channel},'unitid':'u{channel}'}}}});</script>"
        )

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked.get("unitid") != f"u{channel}":
            return None
        shown = self.of(channel)[int(asked["startrecord"]) - 1 : int(asked["endrecord"])]
        return f"<?xml version='1.0' encoding='UTF-8'?><datastore>{self.records(shown)}</datastore>"


class Gkmlpt(Asking):
    """广东政府信息公开平台: JSON of all articles, pages of 20."""

    host = "gkmlpt.test"
    start = "http://gkmlpt.test/gkmlpt/index"
    channels = 1

    def article_url(self, made: Made) -> str:
        return f"/gkmlpt/content/1/{made.number // 1000}/post_{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        return "/gkmlpt/index"

    def shell(self, channel: int) -> str:
        return "<div id='app'></div><script>window._CONFIG = {SID: '755031'};</script>"

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked["path"] != "/gkmlpt/api/all/0":
            return None
        shown = self.slice(channel, int(asked["page"]), 20)
        found = [{"id": m.number, "title": m.title, "url": f"http://{self.host}{m.urls[0]}"} for m in shown]
        return json.dumps({"total": len(self.of(channel)), "articles": found})


class Ucap(Asking):
    """UCAP: one JSON file beside the page."""

    host = "ucap.test"

    def article_url(self, made: Made) -> str:
        return f"/zhengce/{made.published:%Y%m}/content_{made.number}.htm"

    def shell(self, channel: int) -> str:
        return f"<script>$.ajax({{url: './LIEBIAO{channel}.json', dataType: 'json', success: draw}});</script>"

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked["path"] != f"/c{channel}/LIEBIAO{channel}.json":
            return None
        found = [
            {"TITLE": m.title, "URL": m.urls[0], "DOCRELPUBTIME": f"{m.published:%Y-%m-%d}"} for m in self.of(channel)
        ]
        return json.dumps(found)


class Xinhua(Asking):
    """新华云: `ds_….json` beside the page, its digits in an attribute."""

    host = "xinhua.test"

    def article_url(self, made: Made) -> str:
        return f"/{made.published:%Y%m%d}/{made.number:032x}/c.html"

    def shell(self, channel: int) -> str:
        return f"<ul class='wz-list' data='{channel + 10:032x}'></ul>"

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked["path"] != f"/c{channel}/ds_{channel + 10:032x}.json":
            return None
        return json.dumps({"datasource": [{"title": m.title, "publishUrl": m.urls[0]} for m in self.of(channel)]})


class More(Asking):
    """加载更多 over an interface whose rows have an id alone; the page's script tells their address."""

    host = "more.test"

    def article_url(self, made: Made) -> str:
        return f"/detail/{made.number}.html"

    def shell(self, channel: int) -> str:
        return (
            "<ul id='list'></ul><a onclick='more()'>加载更多</a><script>var page = 1; function more() { $.ajax({url:"
            f" '/api/article/list', type: 'POST', data: {{page: page, size: 6, channel: {channel}}}, success: function (r) {{"
            " $.each(r.data.rows, function (i, row) { $('#list').append('<li><a href=\"/detail/' + row.id + '.html\">' + row.title"
            " + '</a></li>'); }); page++; }}); } more();</script>"
        )

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked["path"] != "/api/article/list" or asked.get("channel") != str(channel):
            return None
        shown = self.slice(channel, int(asked["page"]), int(asked["size"]))
        found = [{"id": m.number, "title": m.title} for m in shown]
        return json.dumps({"code": 200, "data": {"rows": found, "hasMore": len(shown) == int(asked["size"])}})


class County(Asking):
    """A county's H5 site: the home page and the channel draw their rows from an interface; the articles are plain pages."""

    host = "county.test"
    channels = 1

    def list_url(self, channel: int, page: int) -> str:
        return "/h5/list.html"

    def home_html(self) -> str:
        return self.list_html(0, 1, 1)

    def shell(self, channel: int) -> str:
        return (
            "<div id='list'></div><script>var page = 1; function load() { $.getJSON('/api/news/list?cid=7&page=' + page"
            " + '&size=6', function (r) { draw(r.data); }); } load();</script>"
        )

    def data(self, channel: int, asked: dict[str, str]) -> str | None:
        if asked["path"] != "/api/news/list":
            return None
        shown = self.slice(0, int(asked.get("page", 1)), int(asked.get("size", 6)))
        found = [{"id": m.number, "title": m.title, "url": m.urls[0], "time": f"{m.published}"} for m in shown]
        return json.dumps({"code": 0, "data": {"list": found, "total": len(self.of(0))}})


class Enorth(Replica):
    """北方网: six rows a channel, the others on archive pages that a script numbers."""

    host = "enorth.test"

    def article_url(self, made: Made) -> str:
        return f"/system/{made.published:%Y/%m/%d}/0{made.number:08}.shtml"

    def list_url(self, channel: int, page: int) -> str:
        if page == 1:
            return f"/c{channel}/index.shtml"
        return f"/system/count//{channel + 1:07}/000000000000/000/000/c{channel + 1:07}000000000000_{page:09}.shtml"

    def put_lists(self, channel: int) -> None:
        made, key = self.of(channel), f"{channel + 1:07}000000000000"
        pages = [made[first : first + self.per_page] for first in range(0, len(made), self.per_page)]
        script = f"/system/count/{channel + 1:07}/000000000000/count_page_list_{key}.js"
        name = self.name(channel)
        loader = f"<div class='pages'><script src='{script}'></script></div>"
        self.put(self.list_url(channel, 1), lambda: self.html(name, self.rows(pages[0]) + loader))
        self.put(script, lambda: f"var maxpage = {len(pages) + 1};\nshowpages();")
        for number, shown in enumerate(reversed(pages), 2):  # the highest number is the newest
            self.put(self.list_url(channel, number), lambda shown=shown: self.html(name, self.rows(shown)))


class WordPress(Replica):
    """WordPress: the home page and channels show the newest alone; a feed and a sitemap hold the others."""

    host = "wordpress.test"

    def article_url(self, made: Made) -> str:
        return f"/archives/{made.number}"

    def lay_out(self) -> None:
        super().lay_out()
        urls = "".join(f"<url><loc>http://{self.host}{made.urls[0]}</loc></url>" for made in self.articles)
        self.put("/wp-sitemap.xml", lambda: (
            f"<?xml version='1.0'?><sitemapindex><sitemap><loc>http://{self.host}/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>"
        ))  # fmt: skip
        self.put("/wp-sitemap-posts-post-1.xml", lambda: f"<?xml version='1.0'?><urlset>{urls}</urlset>")

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self.list_html(channel, 1, 1))

    def home_html(self) -> str:
        return super().home_html() + "<img src='/wp-content/themes/x/logo.png'>"


class Mapped(Replica):
    """The newest articles alone are linked; robots.txt names a sitemap of all, and the home page a feed."""

    host = "mapped.test"

    def lay_out(self) -> None:
        super().lay_out()
        urls = "".join(f"<url><loc>http://{self.host}{made.urls[0]}</loc></url>" for made in self.articles[:-6])
        items = "".join(f"<item><title>{m.title}</title><link>{m.urls[0]}</link></item>" for m in self.articles[-6:])
        self.put("/robots.txt", lambda: f"User-agent: *\nSitemap: http://{self.host}/map/all.xml\n")
        self.put("/map/all.xml", lambda: f"<?xml version='1.0'?><urlset>{urls}</urlset>")
        self.put("/feed/", lambda: f"<?xml version='1.0' encoding='gb2312'?><rss><channel>{items}</channel></rss>")

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self.list_html(channel, 1, 1))

    def home_html(self) -> str:
        feed = "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
        return super().home_html().replace("<title>", f"{feed}<title>")


FORMS = (LinkForms, PagerForms)
DRAWN = (Jpaas, Jpage, Gkmlpt, Ucap, Xinhua, More, County, Enorth, WordPress, Mapped)
