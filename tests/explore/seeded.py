"""An archive with one of everything, for the pages to show. Nothing in it is anyone's writing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newscrawl.archive import Archive, WarcRef, WarcWriter, fingerprint
from newscrawl.extract.page.document import Document
from newscrawl.items import Article, Link, Page, PortalFacts
from newscrawl.urls import url_id
from tests.archive.made_texts import THINGS, VERBS, place, story

if TYPE_CHECKING:
    from pathlib import Path

PORTALS = [
    PortalFacts("hunan_xiangjiang", "湘江样报网", "湖南", "province"),
    PortalFacts("yunnan_dianchi", "滇池样报网", "云南", "province"),
    PortalFacts("shanghai_pujiang", "浦江样报网", "上海", "province"),
    PortalFacts("guangdong_zhujiang", "珠江样报网", "广东", "province"),
    PortalFacts("shaanxi_weihe", "渭河样报网", "陕西", "province"),
]
HUNAN, YUNNAN, SHANGHAI, GUANGDONG, SHAANXI = PORTALS
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 40  # with news

STORY_URL = "http://news.dianchi.test/2026/03/12/story.html"
STORY_TITLE = "乡村振兴战略现场会在昆明召开"
STORY = """三月十二日，乡村振兴战略现场会在昆明召开，来自各县区的代表观摩了六个示范村。
会议听取了财政部门关于今年财政政策安排的说明，今年用于农村道路的资金比去年多两成。
与会代表走进呈贡的花卉大棚，看到水肥一体的管线沿着垄沟伸向远处，几位种植户正在给新苗搭架。
会议要求，各地在五月底前把方案报上来，六月起每月通报一次进展，年底统一验收。"""
REVISED = (
    STORY.replace("六个示范村", "八个示范村").replace("比去年多两成", "比去年多一成五")
    + "\n会后，代表们还参观了农产品交易中心。"
)
GONE_URL = "http://news.xiangjiang.test/2026/03/20/gone.html"
LATE_URL = "http://news.zhujiang.test/2026/04/10/gone.html"
GONE_TITLE = "某县公布一季度考核结果"
BACK_URL = "http://news.weihe.test/2026/03/22/back.html"
HOSTILE_URL = "http://news.pujiang.test/2026/03/25/hostile.html"
HOSTILE_TITLE = "<script>document.title='taken'</script>带尖括号的标题"
HOSTILE_PAGE = """<html><head><meta charset="gb2312"><title>标题</title><base href="http://elsewhere.test/">
<meta http-equiv="refresh" content="0;url=http://elsewhere.test/refresh">
<link rel="stylesheet" href="http://elsewhere.test/style.css"><style>p{color:green}@import url(http://elsewhere.test/i.css);</style>
<script src="http://elsewhere.test/script.js"></script></head>
<body onload="alert(1)" background="http://elsewhere.test/back.png"><h1>编码为国标的页面</h1>
<p onclick="alert(2)">这一段要看得见，简体字“财政”也要对。</p><a href="javascript:alert(3)">链接</a>
<img src="http://elsewhere.test/picture.jpg" onerror="alert(4)"><iframe src="http://elsewhere.test/frame"></iframe>
<form action="http://elsewhere.test/form"><input name="secret"><button>发送</button></form>
<script>alert(0)</script><svg><script>alert(5)</script></svg><object data="http://elsewhere.test/o"></object><custom-tag>自造的元素</custom-tag></body></html>"""


def seed(folder: Path) -> Path:
    """Write the archive into a folder; return archive.db."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "archive.db"
    with Archive.open(path) as archive:
        for page in _pages(folder):
            archive.store(page)
        for number, portal in enumerate(PORTALS):
            for day in range(0, 60, 12):
                crawl = archive.begin_crawl(portal.key, BEGIN + timedelta(days=day, hours=20))
                crawl.counts = {
                    "pages": 60 + 9 * number + day,
                    "articles": 30 + day % 7,
                    "new": 20 + (7 * day + number) % 13,
                }
                crawl.counts |= {"revised": day % 4, "gone": day % 3}
                crawl.drops = {"list": 25, "http-404": 2 + number, "no-story": 1}
                crawl.fill = {
                    "published": 0.98,
                    "source": 0.91 - number / 10,
                    "authors": 0.55,
                    "images": 0.4,
                    "body": 1.0,
                }
                crawl.verdict = "ok" if (number, day) != (4, 48) else "unreachable: no page could be fetched"
                archive.end_crawl(crawl, BEGIN + timedelta(days=day, hours=21))
    return path


def article_id(url: str) -> int:
    """The id under which an address's article is found."""
    return url_id(url)


def _pages(folder: Path):
    yield from _everyday()
    yield from _reprinted()
    yield from _gone_and_back()
    yield _hostile(folder)


def _everyday():
    dice = random.Random(7)
    for day in range(DAYS):
        for number, portal in enumerate(PORTALS):
            if (day * (number + 2)) % 5 > 2:
                continue
            title = f"{place(dice)}{dice.choice(VERBS)}{dice.choice(THINGS)}"
            when = BEGIN + timedelta(days=day, hours=9)
            url = f"http://news.{portal.key.partition('_')[2]}.test/{when:%Y/%m/%d}/{day}{number}.html"
            source = dice.choice([portal.title, portal.title, "华样社", "样民日报", "岭南样报"])
            yield page(portal, url, when, title, story(dice, 3), source=source)


def _reprinted():
    begin = BEGIN + timedelta(days=11, hours=2)
    links = [
        Link("http://news.dianchi.test/2026/03/01/01.html", "同日要闻", "相关新闻", "related", 0),
        Link("http://elsewhere.test/far.html", "外站链接", "相关新闻", "related", 1),
        Link("javascript:alert(1)", "不是网址", "热门排行", "hot", 0),
    ]
    facts = {"authors": ["甲某"], "editors": ["乙某"], "channel": ["首页", "要闻"], "links": links}
    facts |= {"images": ["http://news.dianchi.test/2026/03/12/p1.jpg"], "source": "滇池样报"}
    yield page(YUNNAN, STORY_URL, begin, STORY_TITLE, STORY, **facts)
    yield page(YUNNAN, STORY_URL, begin, STORY_TITLE, REVISED, fetched=begin + timedelta(days=1), **facts)
    title = STORY_TITLE + "（更新）"
    yield page(YUNNAN, STORY_URL, begin, title, REVISED, fetched=begin + timedelta(days=2), **facts)
    short = "\n".join(REVISED.splitlines()[:3])
    copies = [(HUNAN, 1, REVISED), (SHANGHAI, 1, short), (GUANGDONG, 2, REVISED), (SHAANXI, 5, "本报讯 " + REVISED)]
    for portal, days, body in copies:
        url = f"http://news.{portal.key.partition('_')[2]}.test/2026/copy.html"
        yield page(portal, url, begin + timedelta(days=days), STORY_TITLE, body, source="滇池样报")


def _gone_and_back():
    dice = random.Random(8)
    for portal, url, day, returns in (
        (HUNAN, GONE_URL, 19, False),
        (GUANGDONG, LATE_URL, 40, False),
        (SHAANXI, BACK_URL, 19, True),
    ):
        begin = BEGIN + timedelta(days=day)
        body = story(dice, 3)
        yield page(portal, url, begin, GONE_TITLE if not returns else "旧桥拆除重建工程开工", body)
        for hours in (48, 96):
            yield absent(portal, url, begin + timedelta(hours=hours))
        if returns:
            yield page(portal, url, begin, "旧桥拆除重建工程开工", body, fetched=begin + timedelta(days=9))


def _hostile(folder: Path) -> Page:
    when = BEGIN + timedelta(days=24)
    content = HOSTILE_PAGE.encode("gb18030")
    with WarcWriter(folder / "warc", SHANGHAI.key, info={"software": "test"}) as writer:
        ref = writer.write(
            HOSTILE_URL,
            status=200,
            headers=[("Content-Type", "text/html; charset=gb2312")],
            body=content,
            fetched_at=when,
        )
    body = "财政<img src=http://elsewhere.test/x onerror=alert(1)>与«书名»。" * 6
    made = page(
        SHANGHAI, HOSTILE_URL, when, HOSTILE_TITLE, body, images=["javascript:alert(1)"], source='"><b>来源</b>'
    )
    made.capture, made.document = ref, Document(content, HOSTILE_URL)
    return made


def page(portal: PortalFacts, url: str, published: datetime, title: str, body: str, fetched=None, **facts) -> Page:
    """A page with an article, as the pipelines leave it."""
    facts = {"source": portal.title} | facts
    when = (published + timedelta(hours=8)).isoformat()[:16] + "+08:00"
    article = Article(url=url, title=title, body=body, published=when, **facts)
    return Page(
        url=url,
        status=200,
        portal=portal,
        document=None,
        fetched_at=fetched or published + timedelta(hours=1),
        capture=WarcRef(f"{portal.key}-1.warc.gz", 100, 50, "sha1:X"),
        article=article,
        outcome="article",
        fingerprint=fingerprint(body),
    )


def absent(portal: PortalFacts, url: str, fetched: datetime) -> Page:
    """A look at an address where the article is not."""
    return Page(
        url=url,
        status=404,
        portal=portal,
        document=None,
        fetched_at=fetched,
        capture=WarcRef(f"{portal.key}-1.warc.gz", 200, 50, "sha1:Y"),
        outcome="http-404",
    )
