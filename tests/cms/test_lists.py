"""Lists of each family are read whole, from sites that nobody declared; and not where only a word is alike."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from newscrawl.cms import read_with_family
from newscrawl.cms.data_lists import xinhua_leads
from newscrawl.discover import Answer, Scope
from newscrawl.extract.page.document import Document
from tests.discover.walk import page, rows, title, walk

SIZE = 6


def li(address: str, number: int) -> str:
    return f"<li><a href='{address}'>{title(number)}</a><span>2024-05-11</span></li>"


def enorth() -> tuple[dict[str, str], str]:
    key, newest = "0001001000000000000", 4
    root = f"/system/count//0001001/000000000000/000/000/c{key}_"
    script = f"/system/count/0001001/000000000000/count_page_list_{key}.js"

    def shown(numbers: range) -> str:
        return "<ul>" + "".join(li(f"/system/2024/05/11/0300{48000 + n}.shtml", n) for n in numbers) + "</ul>"

    site = {
        "/yw/index.shtml": page(shown(range(6)) + f"<div id='pages'><script src='{script}'></script></div>"),
        script: f"var maxpage = {newest};\nvar nowpage = 1;",
    }
    for number in range(1, newest + 1):
        first = (newest - number) * SIZE
        site[f"{root}{number:09}.shtml"] = page(shown(range(first, first + SIZE)))
    return site, "/yw/index.shtml"


def jpage() -> tuple[dict[str, str], str]:
    total, size = 30, 2

    def records(numbers: range) -> str:
        found = (f"<record><![CDATA[{li(f'/art/2024/5/11/art_1229_{48000 + n}.html', n)}]]></record>" for n in numbers)
        return f"<recordset>{''.join(found)}</recordset>"

    sent = urlencode({"col": 1, "webid": 3, "columnid": 1229, "unitid": 456, "path": "/"})
    proxy = "/module/web/jpage/dataproxy.jsp"
    config = (
        f"$('#456').jpage({{totalRecord: {total}, perPage: {size}, proxyUrl: '{proxy}',"
        "proxyparam: {'col': 1, 'webid': 3, 'columnid': 1229, 'unitid': '456', 'path': '/'}});"
    )
    first = f"<div id='456'><script type='text/xml'><datastore>{records(range(12))}</datastore></script></div>"
    site = {"/col/col1229/index.html": page(f"{first}<script>{config}</script>")}
    for start in range(13, total + 1, 6):
        answer = f"<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>{total}</totalrecord>"
        body = records(range(start - 1, min(start + 5, total)))
        site[f"{proxy}?startrecord={start}&endrecord={start + 5}&perpage={size} {sent}"] = f"{answer}{body}</datastore>"
    return site, "/col/col1229/index.html"


def jpage_by_group() -> tuple[dict[str, str], str]:
    place = "/module/web/jpage/dataproxy.jsp?page={}&columnid=1229&unitid=456"

    def store(number: int) -> str:
        following = (
            f'<nextgroup><![CDATA[<a href="{place.format(number + 1)}"></a>]]></nextgroup>' if number < 3 else ""
        )
        records = (
            f"<record><![CDATA[{li(f'/art/2024/5/11/art_1229_{48000 + n}.html', n)}]]></record>"
            for n in range(number * SIZE, (number + 1) * SIZE)
        )
        return f"<datastore>{following}<recordset>{''.join(records)}</recordset></datastore>"

    site = {"/col/col1229/index.html": page(f"<script type='text/xml'>{store(0)}</script>")}
    site |= {place.format(number): f"<?xml version='1.0'?>{store(number)}" for number in range(1, 4)}
    return site, "/col/col1229/index.html"


def jpaas() -> tuple[dict[str, str], str]:
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    fields = {
        "parseType": "bulidstatic",
        "webId": "29e952",
        "pageId": "bf39604e",
        "tplSetId": "5c30fb",
        "tagId": "内容区域",
    }
    query = str(fields).replace('"', "'")
    site = {"/xw/index.html": page(f'<div><script url="{unit}" queryData="{query}"></script></div>')}
    for number in range(1, 5):
        place = {**fields, "paramJson": json.dumps({"pageNo": number, "pageSize": 15}, separators=(",", ":"))}
        shown = "".join(li(f"/art/2024/art_{48000 + n:020x}.html", n) for n in range((number - 1) * 15, number * 15))
        html = f"<ul>{shown}</ul><div class='pagination' rows='15' count='60' pageNo='{number}'></div>"
        site[f"{unit}?{urlencode(place)}"] = json.dumps({"success": True, "data": {"html": html}})
    return site, "/xw/index.html"


def gkmlpt() -> tuple[dict[str, str], str]:
    site = {"/gkmlpt/index": page("<div id='app'></div><script>window._CONFIG = {SID: '755031', LANG: 'zh'};</script>")}
    for number in range(1, 4):
        found = [
            {
                "id": n,
                "title": title(n),
                "url": f"http://www.a.test/gkmlpt/content/1/48/post_{48000 + n}.html",
                "date": 1715400000,
            }
            for n in range((number - 1) * 20, min(number * 20, 50))
        ]
        site[f"/gkmlpt/api/all/0?page={number}&sid=755031"] = json.dumps({"total": 50, "articles": found})
    return site, "/gkmlpt/index"


def ucap() -> tuple[dict[str, str], str]:
    found = [
        {
            "TITLE": title(n),
            "SUB_TITLE": "",
            "URL": f"/zhengce/content/202405/content_{48000 + n}.htm",
            "DOCRELPUBTIME": "2024-05-11",
        }
        for n in range(40)
    ]
    html = "<div class='list'></div><script>$.ajax({url: './ZUIXINZHENGCE.json', dataType: 'json', success: draw});</script>"
    return {"/zhengce/zuixin/": page(html), "/zhengce/zuixin/ZUIXINZHENGCE.json": json.dumps(found)}, "/zhengce/zuixin/"


def ucap_search() -> tuple[dict[str, str], str]:
    html = "<script>$.get('/search-gov/data', {t: 'zhengcelibrary', p: page, n: 10}, draw, 'json');</script>"
    site = {"/zhengce/wenjian.htm": page(html)}
    for number in range(1, 5):
        found = [
            {"title": title(n), "url": f"/zhengce/content/202405/content_{48000 + n}.htm"}
            for n in range((number - 1) * 10, number * 10)
        ]
        site[f"/search-gov/data?t=zhengcelibrary&p={number}&n=10"] = json.dumps(
            {"searchVO": {"totalCount": 40, "listVO": found}}
        )
    return site, "/zhengce/wenjian.htm"


def xinhua() -> tuple[dict[str, str], str]:
    digits = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    found = [
        {
            "title": title(n),
            "publishUrl": f"/20240511/{48000 + n:032x}/c.html",
            "publishTime": "2024-05-11",
            "contentId": str(n),
        }
        for n in range(40)
    ]
    site = {
        "/yaowen/index.html": page(f"<ul class='wz-list' data='{digits}'></ul>"),
        f"/yaowen/ds_{digits}.json": json.dumps({"datasource": found}),
    }
    return site, "/yaowen/index.html"


def load_more() -> tuple[dict[str, str], str]:
    script = (
        "var pgnum = 1; function more() { $.ajax({url: '/nodeart/list?nid=115093&pgnum=' + pgnum + '&cnt=10', dataType: 'jsonp',"
        "success: function (d) { pgnum++; } }); }"
    )
    site = {"/yaowen/": page(f"{rows(range(0))}<a onclick='more()'>加载更多</a><script>{script}</script>")}
    for number in range(1, 5):
        found = [
            {"Title": title(n), "LinkUrl": f"http://www.a.test/2024-05/11/c_11{48000 + n}.htm"}
            for n in range((number - 1) * 10, number * 10)
        ]
        site[f"/nodeart/list?nid=115093&pgnum={number}&cnt=10"] = (
            f"({json.dumps({'status': 0, 'data': {'list': found}, 'totalnum': 40})})"
        )
    return site, "/yaowen/"


def api_by_post() -> tuple[dict[str, str], str]:
    script = (
        "var page = 1; function load() { $.ajax({url: '/api/article/list', type: 'POST', contentType: 'application/json',"
        "data: JSON.stringify({pageNo: page, pageSize: 10, channelId: 7}), success: function (r) { $.each(r.data.records,"
        "function (i, item) { html += '<a href=\"detail.html?id=' + item.id + '\">' + item.title + '</a>'; }); }}); }"
    )
    site = {"/h5/": page(f"<div id='list'></div><script>{script}</script>")}
    for number in range(1, 4):
        found = [{"id": 48000 + n, "title": title(n)} for n in range((number - 1) * 10, number * 10)]
        sent = json.dumps({"pageNo": number, "pageSize": 10, "channelId": 7})
        site[f"/api/article/list {sent}"] = json.dumps({"code": 0, "data": {"total": 30, "records": found}})
    return site, "/h5/"


SITES = {
    "enorth": (enorth, 24), "jpage": (jpage, 30), "jpage-by-group": (jpage_by_group, 24), "jpaas": (jpaas, 60), "gkmlpt": (gkmlpt, 50),
    "ucap": (ucap, 40), "ucap-search": (ucap_search, 40), "xinhua": (xinhua, 40), "load-more": (load_more, 40), "post": (api_by_post, 30),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_a_familys_list_is_read_whole(name):
    make, number = SITES[name]
    site, start = make()
    found = walk(site, start, most=120)
    assert len(set(found.articles)) == number
    assert len(found.requests) <= 1.3 * number


@pytest.mark.parametrize(
    "html",
    [
        "<p>本站使用 WordPress 与 jpage</p><a href='/gkmlpt'>政府信息公开</a>",
        "<p data='0a1b2c3d4e5f60718293a4b5c6d7e8f9'>图</p>",
        "<script>var SID = '755031';</script>",
        "<script>var cfg = {proxyUrl: '/module/web/jpage/dataproxy.jsp'};</script>",
    ],
)
def test_a_word_alone_makes_no_request(html):
    url = "http://www.a.test/xw/"
    document = Document(page(html + rows(range(8))), url)
    found = read_with_family(Answer(url, b""), document, Scope.parse("a.test"))
    assert {lead.kind for lead in found.leads} <= {"article"} or html.startswith("<p>本站")


def test_an_address_that_cannot_be_read_is_no_list():
    digits = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    script = f"<script>load('http://[ds_{digits}.json'); load('ds_{digits}.json')</script>"
    document = Document(page("<ul class='wz-list'></ul>" + script), "http://www.a.test/xw/")
    assert [lead.url for lead in xinhua_leads(document)] == [f"http://www.a.test/xw/ds_{digits}.json"]
