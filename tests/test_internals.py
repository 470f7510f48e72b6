"""Private APIs of other libraries that are used: each in one module; a test fails when one changes."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from scrapy.settings import default_settings

from newscrawl import settings
from tests.rooms import MODULES

# (what has it, its name, the module of ours that reaches for it, how it is spelled there if not by the name)
TAKEN = [
    ("scrapy.core.engine:ExecutionEngine.__init__", "_slot", "runtime.scrapy_internals", "engine._slot"),
    ("scrapy.core.engine:_Slot.__init__", "nextcall", "runtime.scrapy_internals", "nextcall.schedule"),
    ("scrapy.core.engine:_Slot.__init__", "closing", "runtime.scrapy_internals", "slot.closing"),
    ("scrapy.core.downloader:Downloader.__init__", "active", "runtime.scrapy_internals", "downloader.active"),
    ("scrapy.core.downloader:Downloader.__init__", "slots", "runtime.scrapy_internals", "downloader.slots"),
    ("scrapy.core.downloader:Downloader.__init__", "per_slot_settings", "runtime.scrapy_internals", None),
    ("scrapy.core.downloader:Downloader", "get_slot_key", "runtime.scrapy_internals", None),
    ("scrapy.core.downloader:Slot.__init__", "delay", "runtime.scrapy_internals", "slot.delay"),
    ("scrapy.downloadermiddlewares.robotstxt:RobotsTxtMiddleware.__init__", "_parsers", "middlewares.robots", None),
    ("scrapy.downloadermiddlewares.robotstxt:RobotsTxtMiddleware", "_parse_robots", "middlewares.robots", None),
    ("scrapy.downloadermiddlewares.robotstxt:RobotsTxtMiddleware", "_robots_error", "middlewares.robots", None),
    ("scrapy.core.downloader.handlers.http11:HTTP11DownloadHandler.__init__", "_pool", "middlewares.download", None),
    ("scrapy.core.downloader.handlers.http11", "_LenientHTTP11ClientFactory", "middlewares.download", None),
    ("scrapy.core.downloader.handlers.http11", "_LenientHTTP11ClientProtocol", "middlewares.download", None),
    ("twisted.web._newclient:HTTP11ClientProtocol", "_giveUp", "middlewares.download", None),
    ("twisted.web._newclient:HTTP11ClientProtocol", "_parser", "middlewares.download", "self._parser"),
    ("twisted.web.client:_HTTP11ClientFactory.__init__", "_quiescentCallback", "middlewares.download", None),
    ("scrapy.downloadermiddlewares.httpcompression", "ACCEPTED_ENCODINGS", "middlewares.decoding", None),
    ("scrapy.commands:BaseRunSpiderCommand", "_create_crawler", "commands.crawl", None),
    ("scrapy.crawler:CrawlerRunnerBase.__init__", "bootstrap_failed", "commands.crawl", None),
    ("scrapy.spiderloader:SpiderLoader", "_load_all_spiders", "catalogue.spiderloader", None),
    ("itemloaders:ItemLoader", "get_output_value", "extract.loader", None),
    ("itemloaders:ItemLoader", "get_input_processor", "extract.loader", None),
    ("warcio.statusandheaders:StatusAndHeaders", "compute_headers_buffer", "archive.warc.write", None),
    ("warcio.statusandheaders:StatusAndHeadersParser", "decode_header", "archive.warc.read", None),
    ("sqlite_utils:Migrations", "pending", "archive.db.schema", "migrations.pending"),
    ("datasette.plugins", "pm", "explore.application", "datasette.plugins"),
    ("datasette.filters", "FilterArguments", "explore.plugin", "datasette.filters"),
    ("datasette.views.base", "DatasetteError", "explore.plugin", "datasette.views"),
    ("scrapy_playwright.handler:ScrapyPlaywrightDownloadHandler", "_launch", "middlewares.late_browser", None),
]
EXTRAS = {"datasette": "analysis", "scrapy_playwright": "js"}


@pytest.mark.parametrize(("owner", "name", "module", "spelled"), TAKEN)
def test_what_is_taken_is_there_and_taken_in_one_module(owner, name, module, spelled):
    package = owner.partition(".")[0]
    if package in EXTRAS:
        pytest.importorskip(package, reason=f"{package} is not installed (the extra {EXTRAS[package]})")
    assert _has(owner, name), (
        f"{owner} has no {name} any more: newscrawl/{module.replace('.', '/')}.py needs another way"
    )
    word = re.compile(rf"(?<![\w]){re.escape(spelled or name)}\b")
    takers = {found for found, path in MODULES.items() if word.search(path.read_text("utf-8"))}
    assert takers == {f"newscrawl.{module}"}


def test_nothing_else_private_is_reached_for():
    known = {f"newscrawl.{module}" for _, _, module, _ in TAKEN}
    silenced = {module for module, path in MODULES.items() if "SLF001" in path.read_text("utf-8")}
    assert silenced <= known


def _has(owner: str, name: str) -> bool:
    """Whether a module or class has a name, or the code of a method writes the attribute."""
    place, _, path = owner.partition(":")
    found = import_module(place)
    for part in filter(None, path.split(".")):
        found = getattr(found, part)
    code = getattr(found, "__code__", None)
    return name in code.co_names if code else hasattr(found, name) or name in getattr(found, "__annotations__", {})


def test_of_scrapys_extensions_only_the_remote_control_is_left_out():
    left_out = default_settings.EXTENSIONS_BASE.items() ^ settings.EXTENSIONS_BASE.items()
    assert left_out == {("scrapy.extensions.remote_control.RemoteControl", 0)}
