"""What every portal must be: rules over all files of newscrawl/spiders."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from newscrawl import settings as project
from newscrawl.errors import PortalError
from newscrawl.extract.finders import Finder
from newscrawl.items import Article
from newscrawl.portal import LEVELS, REGIONS, Portal

LOADER = SpiderLoader(Settings({"SPIDER_MODULES": project.SPIDER_MODULES}))
DECLARED = sorted(set(LOADER.list()) - {"portal"})
SPIDERS = Path(project.__file__).parent / "spiders"
# Provinces as they begin a portal's name; `sample` alone stands outside of China.
PROVINCES = {
    "anhui", "beijing", "chongqing", "fujian", "gansu", "guangdong", "guangxi", "guizhou", "hainan", "hebei",
    "heilongjiang", "henan", "hubei", "hunan", "jiangsu", "jiangxi", "jilin", "liaoning", "neimenggu", "ningxia",
    "qinghai", "shaanxi", "shandong", "shanghai", "shanxi", "sichuan", "tianjin", "xinjiang", "xizang", "yunnan",
    "zhejiang", "nation",
}  # fmt: skip


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


def test_file_name_and_class_agree(portal):
    assert Path(inspect.getfile(portal)).stem == portal.name
    assert portal.__name__ == "".join(word.capitalize() for word in portal.name.split("_"))
    assert portal.name == "sample" or portal.name.split("_")[0] in PROVINCES


def test_facts_are_there_and_known(portal):
    assert portal.title
    assert portal.region in REGIONS
    assert portal.level in LEVELS
    assert all(re.fullmatch(r"https?://[^/]+/.*", url) for url in portal.start_urls)
    assert portal.__doc__
    assert portal.__doc__.strip().count("\n") < 30


def test_a_portal_file_is_small(portal):
    assert len(Path(inspect.getfile(portal)).read_text("utf-8").splitlines()) <= 60


def test_no_two_portals_start_at_the_same_host():
    hosts = [urlsplit(url).hostname for name in DECLARED for url in {*LOADER.load(name).start_urls}]
    assert len(hosts) == len(set(hosts))


def test_overrides_name_fields_and_are_finders(portal):
    fields = set(Article.__dataclass_fields__)
    for field, finder in portal.overrides.items():
        assert field in fields
        assert isinstance(finder, Finder)


def test_start_requests_need_no_network(portal):
    async def first():
        return [request async for request in portal().start()]

    requests = asyncio.run(first())
    assert [request.url for request in requests] == portal().start_urls
    assert all(request.meta["kind"] == "start" for request in requests)


def test_no_portal_is_faster_than_the_default(real_portal):
    settings = Settings()
    settings.setmodule(project)
    real_portal.update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") >= project.DOWNLOAD_DELAY
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= project.CONCURRENT_REQUESTS_PER_DOMAIN
    assert settings.getbool("ROBOTSTXT_OBEY")


def test_a_portal_declares_and_does_not_compute(real_portal):
    """What a portal needs beyond data belongs into a CMS family or the generic rules."""
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
    ],
)
def test_a_misdeclared_portal_is_named_with_its_attribute(attribute, value, said):
    facts = {
        "name": "hunan_wrong",
        "title": "错网",
        "region": "湖南",
        "level": "city",
        "start_urls": ["http://a.cn/"],
        attribute: value,
    }
    with pytest.raises(PortalError, match=f"^HunanWrong: {said}"):
        type("HunanWrong", (Portal,), facts)()


def test_the_generic_portal_wants_an_address():
    generic = LOADER.load("portal")
    with pytest.raises(PortalError, match="-a url="):
        generic()
    assert generic(url="https://www.example.cn/news/").key == "www.example.cn"
