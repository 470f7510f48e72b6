"""All that a crawl imports and computes when it starts, loaded once into the process that `forked` forks for a crawl.

Nothing here reads settings or chooses a reactor: `newscrawl.settings` reads the environment of each test. Nor does
anything start a thread, as numpy does: a forked process would lack it.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

from scrapy.settings import default_settings
from scrapy.utils.misc import walk_modules_iter

from newscrawl.urls import registered_domain

# `newscrawl.commands` first, as in a crawl: it keeps sqlite-utils from importing pandas.
_WHOLE = ("newscrawl.commands", "newscrawl.cli", "newscrawl.frontier.engine", "newscrawl.health", "newscrawl.spiders")
_COMPONENTS = {
    **default_settings.DOWNLOADER_MIDDLEWARES_BASE,
    **default_settings.SPIDER_MIDDLEWARES_BASE,
    **default_settings.EXTENSIONS_BASE,
}.keys() - {"scrapy.extensions.remote_control.RemoteControl"}  # as in newscrawl.settings
_FURTHER = """
    newscrawl.middlewares.addresses newscrawl.middlewares.cookies newscrawl.middlewares.decoding
    newscrawl.middlewares.download newscrawl.middlewares.robots newscrawl.middlewares.warc newscrawl.pipelines
    newscrawl.replay.replay newscrawl.runtime.collector newscrawl.runtime.feeds newscrawl.runtime.logs
    newscrawl.runtime.watchdog newscrawl.sample.middleware protego scrapy.cmdline
    scrapy.core.downloader.handlers.http11 scrapy.logformatter scrapy.robotstxt scrapy.statscollectors
    tests.frontier.crawl
"""

_MODULES = [module for package in ("scrapy.commands", *_WHOLE) for module in walk_modules_iter(package)]
for name in [*(component.rpartition(".")[0] for component in _COMPONENTS), *_FURTHER.split()]:
    import_module(name)
registered_domain("http://www.example.cn/")  # reads the list of public suffixes
assert not {"newscrawl.settings", "twisted.internet.reactor", "numpy", "aiohttp"} & sys.modules.keys()
gc.collect()
gc.freeze()  # a crawl's collector need not look at all this
