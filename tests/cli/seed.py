"""A small archive with something of everything: four portals, reprints, revisions, withdrawals, returns and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newscrawl.archive import Archive, WarcRef, fingerprint
from newscrawl.items import Article, Link, Page, PortalFacts

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 3, 1, tzinfo=UTC)  # 08:00 in Beijing
HUNAN = PortalFacts("hunan_test", "潇湘网", "湖南", "province")
SHANGHAI = PortalFacts("shanghai_test", "浦江网", "上海", "province")
YUEYANG = PortalFacts("hunan_yueyang", "岳阳在线", "湖南", "city")
JIANGXI = PortalFacts("jiangxi_test", "赣江网", "江西", "province")

BRIDGE = """潇湘网2月20日讯 清溪县清溪大桥今天上午九时建成通车，两岸群众步行过江只需要六分钟，比绕行节省近一个小时。
大桥全长一千二百八十六米，桥面宽二十六米，双向四车道，两侧设有人行道，总投资五亿七千万元，由省交通设计院设计。
项目负责人介绍，施工期间先后克服了汛期水位变化大、河床地质复杂等困难，桥面铺装和护栏安装都提前完成。
大桥通车以后，沿岸三个乡镇的茶叶、柑橘和冬笋半个小时就可以运到市区的批发市场，预计每年为农户节省运费八百多万元。"""
BUDGET = """记者今天从市财政局获悉，今年的财政政策继续加力提效，民生支出占一般公共预算支出的比重不低于百分之七十八。
其中教育支出增长百分之六点二，卫生健康支出增长百分之五点八，社会保障和就业支出增长百分之七点一。
市财政局局长表示，将严格控制一般性支出，压减会议、差旅和公务接待经费，把省下来的钱用在改善群众生活上面。
下一步，全市还要推进预算绩效管理改革，对五百万元以上的项目全部开展事前评估，评估结果与资金安排挂钩。"""
WELLS = """清溪县水利局昨天公布了今年农村饮水安全工程的建设计划，将新打机井四十六眼，铺设管道二百三十公里。
工程覆盖十二个乡镇、八万六千多名群众，其中三个高山村由于水源不足，将从邻县的水库引水。
县水利局提醒，施工期间部分路段夜间封闭，请过往车辆注意避让；停水通知将提前三天张贴到各村公示栏。
工程预计今年十月底前全部完工，届时全县农村自来水普及率将达到百分之九十七。"""
MARKET = """岳阳在线讯 城东农贸市场改造工程昨天开工，计划用五个月时间把使用了二十三年的老市场改造成两层的室内市场。
改造期间，一百六十四户商贩临时搬到体育路口的过渡市场营业，摊位费减半收取，水电由管理处统一安装。
市场管理处主任说，新市场将设置统一的农药残留检测室，每天早晨七点以前公布当天的检测结果。"""
NOTICE = """根据工作安排，现将拟任职干部名单予以公示，公示期为五个工作日，如有意见请向县委组织部反映。"""
TEA = """第十二届清溪茶叶节昨天在清溪县文化广场开幕，来自七个省份的一百四十多家茶企带来了三百多种春茶。
开幕式上，清溪县与六家企业签订了购销合同，合同金额达到一亿八千万元，比去年增加两成。
茶叶节将持续到本月二十八日，期间还将举办采茶比赛、茶艺表演和茶乡摄影展，市民可以免费参加。
县农业农村局负责人说，今年全县新建标准化茶园两千亩，春茶产量预计增长百分之十二。"""

HOT, RELATED = "热门文章", "相关阅读"


def url(portal: PortalFacts, name: str) -> str:
    """The address of a seeded article."""
    return f"http://{portal.key.replace('_', '-')}.test/{name}.html"


def hours(number: float) -> datetime:
    """A time after the first capture."""
    return START + timedelta(hours=number)


def page(portal: PortalFacts, name: str, at: float, **fields: Any) -> Page:
    """A page with an article, as Deduplicate leaves it."""
    known: dict[str, Any] = {"source": portal.title, "channel": ["首页", "要闻"], "published_precision": "minute"}
    known = known | fields
    article = Article(url=url(portal, name), **known)
    return Page(
        url=article.url,
        status=200,
        portal=portal,
        document=None,
        fetched_at=hours(at),
        capture=WarcRef(f"{portal.key}-20260301.warc.gz", 100, 50, "sha1:X"),
        article=article,
        outcome="article",
        fingerprint=fingerprint(article.body or ""),
    )


def missing(portal: PortalFacts, name: str, at: float) -> Page:
    """The answer 404 at an article's address."""
    found = page(portal, name, at)
    return replace(found, status=404, article=None, outcome="missing", fingerprint=None)


def link(section: str, target: str, title: str, position: int = 0) -> Link:
    """A link in a block beside a story."""
    return Link(target, title, section, "hot" if section == HOT else "related", position)


def _bridge() -> list[Page]:
    """A story, and four copies of it: word for word, trimmed and retitled, extended, and late."""
    first = {"title": "清溪大桥建成通车", "body": BRIDGE, "published": "2026-02-20T10:05+08:00"}
    staff = {"authors": ["李一帆"], "editors": ["王晓明"], "source": "潇湘网"}
    cut = "\n".join(BRIDGE.splitlines()[:3])
    longer = BRIDGE + "\n清溪县融媒体中心今晚七点半将播出大桥建设纪实专题片，市民也可以在客户端收看回放。"
    return [
        page(HUNAN, "bridge", 0, **first, **staff, links=[link(HOT, url(HUNAN, "wells"), "农村饮水工程公布计划")]),
        page(SHANGHAI, "bridge", 1, **first | {"published": "2026-02-20T13:35+08:00"}, source="潇湘网"),
        page(
            YUEYANG, "bridge", 2, title="清溪大桥通车 过江只要六分钟", body=cut, source="潇湘网",
            published="2026-02-21", editors=["陈静"],
        ),
        page(
            JIANGXI, "bridge", 3, title=first["title"], body=longer, source="潇湘网客户端",
            published="2026-02-21T08:00+08:00",
        ),
        page(JIANGXI, "bridge2", 3, **first | {"published": "2026-02-27T09:00+08:00"}, source="清溪发布"),
    ]  # fmt: skip


def phone_page() -> Page:
    """An alias of the bridge's story, which names its first page; it is dated earlier, and cut."""
    body = "\n".join(BRIDGE.splitlines()[:3])
    made = page(
        HUNAN, "m/bridge", 4, title="大桥通车", body=body, published="2026-02-20T09:00+08:00", source="清溪发布"
    )
    return replace(made, canonical=url(HUNAN, "bridge"))


def _others() -> list[Page]:
    """Stories that were revised, withdrawn, brought back, undated or badly named."""
    budget = {"title": "财政政策加力提效 民生支出占比近八成", "body": BUDGET, "source": "新华社客户端"}
    budget |= {"published": "2026-02-22T09:00+08:00", "editors": ["王晓明", "陈静"], "authors": ["周文"]}
    wells = {"title": "今年新打机井四十六眼", "body": WELLS, "published": "2026-02-23T11:20+08:00"}
    market = {"title": "城东农贸市场开始改造", "body": MARKET, "published": "2026-02-24T16:00+08:00"}
    tea = {"title": "清溪茶叶节开幕", "body": TEA, "published": "2026-02-26T10:00+08:00", "editors": ["陈静"]}
    edited = WELLS.replace("四十六眼", "四十三眼").replace("二百三十公里", "二百公里")
    beside = [link(HOT, url(HUNAN, "wells"), "今年新打机井四十六眼"), link(RELATED, url(HUNAN, "bridge"), "大桥", 1)]
    return [
        page(SHANGHAI, "budget", 1, **budget, links=beside),
        page(HUNAN, "budget", 2, **budget | {"source": "新华网", "published": "2026-02-22T15:00+08:00"}),
        page(HUNAN, "wells", 0, **wells, source="清溪县水利局", editors=["王晓明"]),
        page(HUNAN, "wells", 6, **wells | {"title": "今年新打机井四十三眼", "body": edited}, source="清溪县水利局",
             editors=["王晓明"]),
        missing(HUNAN, "wells", 30),
        missing(HUNAN, "wells", 54),
        page(JIANGXI, "wells", 5, **wells, source="清溪县水利局"),
        page(YUEYANG, "market", 2, **market, links=[link(HOT, url(HUNAN, "wells"), "新打机井")]),
        missing(YUEYANG, "market", 26),
        missing(YUEYANG, "market", 50),
        page(YUEYANG, "market", 98, **market),
        page(YUEYANG, "notice", 2, title="=干部任前公示", body=NOTICE, source="岳阳组工", channel=["首页", "公示"]),
        page(HUNAN, "tea", 1, **tea),
        page(HUNAN, "tea", 7, **tea | {"title": "第十二届清溪茶叶节开幕"}),
        page(JIANGXI, "tea", 9, **tea | {"published": "2026-02-26T09:00+08:00", "editors": []}, source="潇湘网"),
    ]  # fmt: skip


def make(path: Path) -> Path:
    """Make the archive, with a finished crawl a portal."""
    with Archive.open(path) as archive:
        for one in _bridge() + _others():
            archive.store(one)
        for number, portal in enumerate((HUNAN, SHANGHAI, YUEYANG, JIANGXI)):
            crawl = archive.begin_crawl(portal.key, hours(number))
            crawl.counts, crawl.verdict = {"pages": 20 + number, "new": 3, "revised": 1, "gone": number % 2}, "ok"
            crawl.drops = {"list": 4 + number, "too-short": 2}
            archive.end_crawl(crawl, hours(number + 1))
    return path
