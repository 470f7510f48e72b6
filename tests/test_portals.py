"""Rules that every file of newscrawl/spiders must keep."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from newscrawl import settings as project
from newscrawl.catalogue.spiderloader import PortalLoader
from newscrawl.discover import Lead, kind_of
from newscrawl.epaper import EpaperPortal
from newscrawl.errors import PortalError
from newscrawl.extract.article import Link
from newscrawl.extract.finders import css, of
from newscrawl.places import NAMES
from newscrawl.portal import REGIONS, ListEndpoint, Portal

LOADER = PortalLoader(Settings({"SPIDER_MODULES": project.SPIDER_MODULES}))
DECLARED = list(LOADER.portals())
SPIDERS = Path(project.__file__).parent / "spiders"
# The sample portal is served by the crawl itself: there is nobody to spare, and a server to start.
REAL = [name for name in DECLARED if name != "sample"]


@pytest.fixture(params=DECLARED)
def portal(request) -> type[Portal]:
    return LOADER.load(request.param)


@pytest.fixture(params=REAL)
def real_portal(request) -> type[Portal]:
    return LOADER.load(request.param)


def test_every_file_holds_one_portal_that_the_loader_finds():
    files = {path.stem for path in SPIDERS.glob("*.py")} - {"__init__"}
    assert files == set(LOADER.list())
    assert not LOADER.broken


def test_the_catalogue_covers_every_province():
    """Two portals at the least for each of the 31 provinces, cities and counties among them."""
    regions = Counter(LOADER.load(name).region for name in REAL)
    levels = Counter(LOADER.load(name).level for name in REAL)
    assert len(REAL) >= 75
    assert min(regions[region] for region in REGIONS - {"全国", "香港", "澳门", "台湾", "样例"}) >= 2
    assert levels["city"] >= 10
    assert levels["county"] >= 5
    assert sum(issubclass(LOADER.load(name), EpaperPortal) for name in REAL) >= 5
    assert sum(urlsplit(LOADER.load(name).start_urls[0]).hostname.endswith(".gov.cn") for name in REAL) >= 5


def test_file_name_and_class_agree(portal):
    assert Path(inspect.getfile(portal)).stem == portal.name
    assert portal.__name__ == "".join(word.capitalize() for word in portal.name.split("_"))
    assert portal.name.split("_")[0] == NAMES[portal.region]


def test_facts_say_what_the_portal_is(portal):
    assert portal.title in portal.__doc__
    assert portal.__doc__.strip().count("\n") < 30
    portal()  # which checks the declaration


def test_a_portal_file_is_small(portal):
    assert len(Path(inspect.getfile(portal)).read_text("utf-8").splitlines()) <= 60


def test_no_two_portals_start_at_the_same_host():
    hosts = [urlsplit(url).hostname for name in DECLARED for url in {*LOADER.load(name).start_urls}]
    assert len(hosts) == len(set(hosts))


def test_no_portal_crawls_another(portal):
    """A wide portal leaves out the hosts that are portals of their own: each article is one portal's."""
    scope = portal().scope
    others = [url for name in DECLARED if name != portal.name for url in LOADER.load(name).start_urls]
    assert [url for url in others if scope.allows(url)] == []


@pytest.mark.parametrize(
    ("url", "allowed"),
    [("https://jishou.rednet.cn/x", True), ("https://www.rednet.cn/x", False), ("https://yy.jishou.rednet.cn/", True)],
)
def test_a_county_on_the_provinces_domain_stays_on_its_host(url, allowed):
    assert LOADER.load("hunan_jishou")().scope.allows(url) is allowed
    assert LOADER.load("hunan_rednet")().scope.allows("https://yy.rednet.cn/")
    assert not LOADER.load("hunan_rednet")().scope.allows("https://jishou.rednet.cn/x")


@pytest.mark.parametrize(
    ("name", "article", "other"),
    [
        ("chongqing_cqnews", "http://news.cqnews.net/app/content_1143142735502036992.html", "http://www.cqnews.net/html/"),
        ("hunan_rednet", "http://hn.rednet.cn/content/646042/68/16201808.html", "http://hn.rednet.cn/channel/7250.html"),
        ("jiangxi_wanzai", "http://www.wanzai.gov.cn/x/201705/9c059bf058ef4db8b3c8f920e22186fe.shtml", "http://www.wanzai.gov.cn/x/"),
        ("beijing_xicheng", "https://www.bjxch.gov.cn/xxgk/xxxq/pnidpv865674.html", "https://www.bjxch.gov.cn/xxgk/tzgg.html"),
        ("shanghai_thepaper", "https://www.thepaper.cn/newsDetail_forward_1000001", "https://www.thepaper.cn/channel_25950"),
        ("tianjin_enorth", "http://news.enorth.com.cn/system/2026/07/01/059000001.shtml", "http://news.enorth.com.cn/tj/"),
    ],
)  # fmt: skip
def test_article_patterns_know_articles_from_lists(name, article, other):
    pattern = LOADER.load(name)().article_pattern
    assert kind_of(article, "", article_url=pattern) == ("article", 5)
    assert kind_of(other, "", article_url=pattern)[0] != "article"


def test_start_requests_need_no_network(portal):
    requests = start_requests(portal())
    asked = [request.url for request in requests]
    assert asked[: len(portal.start_urls)] == portal.start_urls
    assert len(asked) == len(set(asked)) <= 20
    assert all(portal().scope.allows(url) for url in asked)


def start_requests(spider):
    async def given():
        return [request async for request in spider.start()]

    return asyncio.run(given())


def test_no_portal_is_faster_than_the_default(real_portal):
    settings = Settings()
    settings.setmodule(project)
    real_portal.update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") >= project.DOWNLOAD_DELAY
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= project.CONCURRENT_REQUESTS_PER_DOMAIN
    assert settings.getbool("ROBOTSTXT_OBEY")


def test_a_portal_declares_and_does_not_compute(real_portal):
    """A portal is data; code belongs in a CMS family or in the generic rules."""
    (node,) = [
        node
        for node in ast.parse(Path(inspect.getfile(real_portal)).read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert all(isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr) for statement in node.body)


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("title", "", "title is empty"),
        ("region", "火星", "region is '火星'"),
        ("level", "village", "level is 'village'"),
        ("start_urls", [], "start_urls is empty"),
        ("start_urls", ["www.a.cn"], "start_urls .* not all of it are http addresses"),
        ("start_urls", "http://a.cn/", "start_urls .* not all of it are http addresses"),
        ("domains", ["a.cn"], "domains is \\['a.cn'\\]; write"),
        ("family", "turbo", "family is 'turbo', not one of"),
        ("article_url", "(", "article_url is '\\(', which is no regular expression"),
        ("lists", [ListEndpoint("http://a.cn/list")], "lists holds something other"),
        ("since", "2020-01-01", "since is '2020-01-01'; write date"),
        ("overrides", {"sorce": css(".x ::text")}, "overrides must give finders by field"),
        ("overrides", {"source": ".x"}, "overrides must give finders by field"),
        ("overrides", {"links": css(".x")}, "overrides must give finders by field, of text or for links of Link"),
        ("overrides", {"source": of(lambda _: [], gives=Link)}, "overrides must give finders by field"),
        ("expects", {"source": 90}, "expects must give shares"),
        ("verified", "gestern", "verified is 'gestern'"),
        ("overide", {}, "overide is no attribute of a portal; did you mean overrides?"),
    ],
)
def test_a_misdeclared_portal_is_named_with_its_attribute(attribute, value, said):
    with pytest.raises(PortalError, match=f"^HunanMine: {said}"):
        made(**{attribute: value})()


def made(**facts) -> type[Portal]:
    given = {"name": "hunan_mine", "title": "某网", "region": "湖南", "level": "city", "start_urls": ["http://a.cn/"]}
    return type("HunanMine", (Portal,), given | facts)


def test_a_declared_list_is_asked_page_by_page_by_get_and_by_post():
    lists = [
        ListEndpoint("http://a.cn/list?page={page}"),
        ListEndpoint("http://a.cn/api", '{"start": {page}}', first=0, step=20),
    ]
    _, get, post = start_requests(made(lists=lists)())
    assert (get.url, get.method, get.cb_kwargs) == ("http://a.cn/list?page=1", "GET", {"place": 0, "number": 1})
    assert (post.url, post.method, post.body) == ("http://a.cn/api", "POST", b'{"start": 0}')
    assert post.headers["Content-Type"] == b"application/json"
    assert lists[1].after(0) == 20
    assert ListEndpoint("http://a.cn/{page}", pages=3).after(3) is None


@pytest.mark.parametrize(
    ("url", "wanted"),
    [("/202012/t20201231_1.html", False), ("/202101/t20210101_1.html", True), ("/a/1.html", True)],
)
def test_articles_outside_of_the_days_asked_for_are_not_followed(url, wanted):
    spider = made(until=date(2021, 6, 30))(since="2021-01-01")
    assert spider.is_wanted(Lead(f"http://www.a.cn{url}", "article", None, 0)) is wanted


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"since": "gestern"}, "since='gestern' is no day"),
        ({"since": "2021-02-01", "until": "2021-01-01"}, "is after until"),
    ],
)
def test_days_that_make_no_sense_are_refused(arguments, said):
    with pytest.raises(PortalError, match=said):
        made()(**arguments)


def test_the_generic_portal_wants_an_address():
    generic = LOADER.load("portal")
    with pytest.raises(PortalError, match="-a url="):
        generic()
    assert generic(url="https://www.example.cn/news/").key == "www.example.cn"
