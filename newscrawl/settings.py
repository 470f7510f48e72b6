"""Scrapy's settings for this project; each has Scrapy's default and our reason in a comment.

https://docs.scrapy.org/en/latest/topics/settings.html
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

# --- Identity

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"  # default ""; `scrapy crawl` with one-line errors and honest exit statuses
SPIDER_LOADER_CLASS = "newscrawl.catalogue.spiderloader.PortalLoader"  # one broken portal costs itself alone
USER_AGENT = f"newscrawl/{version('newscrawl')} (archive of regional news; robots.txt obeyed)"  # default Scrapy's own

# --- A good neighbour

ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_USER_AGENT = "newscrawl"  # default None; the name a site can address
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8
DOWNLOAD_DELAY = 1.0  # default 0; seconds between two requests to a host, a robots.txt Crawl-delay may raise it
CONCURRENT_REQUESTS = 32  # default 16; hosts are many and each is asked slowly
COOKIES_ENABLED = False  # default True; nothing we read needs a session (a site's gate: CookieGate)
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
FRONTIER_HOST_DAILY_LIMIT = 20_000  # fetches a host a day at the most
FRONTIER_DOMAIN_RUN_LIMIT = 20_000  # fetches a registered domain a run at the most: hosts can be made without end
FRONTIER_DOMAIN_NEW_HOSTS = 200  # hosts of a registered domain that a run begins with
DEPTH_LIMIT = 5_000  # default 0, none; a list of 100,000 articles has that many pages, each one deeper than the last

# --- Safety

TWISTED_DNS_RESOLVER = "newscrawl.middlewares.GlobalResolver"  # default CachingThreadedResolver; no private address
DOWNLOAD_HANDLERS = {
    # a page must not make us read local files
    **dict.fromkeys(("data", "file", "ftp", "s3")),
    # default HTTP11DownloadHandler; it ends neither endless headers nor what a broken connection left undone
    **dict.fromkeys(("http", "https"), "newscrawl.middlewares.download.BoundedHandler"),
}
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # default 1 GiB; 305 KB of gzip took 698 MB otherwise
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024  # default 32 MiB
DOWNLOAD_TIMEOUT = 30  # default 180; a lease must not hang
DOWNLOAD_FAIL_ON_DATALOSS = True  # default; half a page is no page
URLLENGTH_LIMIT = 1000  # default 2083
TELNETCONSOLE_ENABLED = False  # default True; nobody watches
METAREFRESH_ENABLED = False  # default True; a refresh is read by `discover`, so that the frontier knows of it
REDIRECT_MAX_TIMES = 5  # default 20; only robots.txt follows redirects here, pages go through the frontier
RETRY_ENABLED = False  # default True; retries are the frontier's, across runs

# --- The path of a page: frontier → WARC → extract → check → deduplicate → store

SCHEDULER = "newscrawl.frontier.engine.scheduler.FrontierScheduler"
SPIDER_MIDDLEWARES = {
    "newscrawl.frontier.engine.middleware.SettleMiddleware": 10,
    "newscrawl.catalogue.sampling.FewOfEach": 20,  # off but for `newscrawl verify`, `new` and `links`
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # default 100; replaced by:
    "newscrawl.middlewares.Robots": 100,
    "newscrawl.middlewares.CookieGate": 580,
    "newscrawl.middlewares.Decode": 585,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # default 590; replaced by:
    "newscrawl.middlewares.Decompress": 590,
    "newscrawl.middlewares.AddressGuard": 760,  # behind HttpProxyMiddleware (750), which names the proxy
    "newscrawl.middlewares.RecordWarc": 950,
    "newscrawl.frontier.engine.pace.SharedPace": 980,  # next to the download: a request goes out when its slot comes
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.Extract": 100,
    "newscrawl.pipelines.Check": 200,
    "newscrawl.pipelines.Deduplicate": 300,
    "newscrawl.pipelines.Store": 400,
}
# default has RemoteControl, too: even where it is off, it imports aiohttp (10 MB), and so does `None` in EXTENSIONS
EXTENSIONS_BASE = dict.fromkeys(
    (
        *("scrapy.extensions.corestats.CoreStats", "scrapy.extensions.logcount.LogCount"),
        *("scrapy.extensions.telnet.TelnetConsole", "scrapy.extensions.memusage.MemoryUsage"),
        *("scrapy.extensions.memdebug.MemoryDebugger", "scrapy.extensions.closespider.CloseSpider"),
        *("scrapy.extensions.feedexport.FeedExporter", "scrapy.extensions.logstats.LogStats"),
        *("scrapy.extensions.spiderstate.SpiderState", "scrapy.extensions.throttle.AutoThrottle"),
    ),
    0,
)
EXTENSIONS = {
    "newscrawl.health.record.CrawlRecord": 100,
    "newscrawl.health.delay.CrawlDelay": 110,
    "newscrawl.health.progress.Progress": 120,
    "newscrawl.runtime.watchdog.Watchdog": 130,
    "newscrawl.runtime.collector.Collector": 140,
}
CONCURRENT_ITEMS = 1  # default 100; the pipelines do not wait for anything, order is worth more

# --- Speed and quiet

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"  # default DEBUG; 0.8 to 0.9 of the CPU
LOG_FORMATTER = "newscrawl.runtime.logs.LogFormatter"  # default Scrapy's; no control characters of pages in the log
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # default WARNING; every drop is counted by name and stands in `captures`
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True; it reads source code at each callback
FEED_EXPORT_ENCODING = "utf-8"  # default None; Chinese as Chinese in -o out.jsonl
FEED_EXPORTERS = {
    "csv": "newscrawl.runtime.feeds.ReadableCsv",
    "xml": "newscrawl.runtime.feeds.PlainXml",
}  # default {}; links as values
FEED_STORE_EMPTY = False  # default True; a run that brings nothing new leaves the file of -O as it is
MEMUSAGE_LIMIT_MB = 2048  # default 0; a crawl that leaks stops and the next run goes on
MEMUSAGE_CHECK_INTERVAL_SECONDS = 20.0  # default 60; a minute is long enough for gigabytes

# --- Our own

FRONTIER_REVISIT_NOW = False  # all that is known is due when a crawl begins: `newscrawl crawl --revisit`
REVISIT_AFTER = [6, 24, 72, 168, 720]  # hours after which an article is looked at again; a portal may have its own
NEWSCRAWL_DATA = Path(os.environ.get("NEWSCRAWL_DATA", "data"))  # the data folder
# A PostgreSQL database with the frontier, postgresql://…: workers on several machines share it. "" for frontier.db.
NEWSCRAWL_FRONTIER = os.environ.get("NEWSCRAWL_FRONTIER", "")
# Where finished WARC files go, a folder or s3://bucket/…: then nothing is stored here, and `newscrawl load` does so.
NEWSCRAWL_WARC = os.environ.get("NEWSCRAWL_WARC", "")
NEWSCRAWL_WARC_MB = 1024  # at which a WARC file is closed; it is also closed at the end of a day, and of a crawl
NEWSCRAWL_PORTALS = os.environ.get("NEWSCRAWL_PORTALS", "").split(os.pathsep)  # folders with portals of your own
NEWSCRAWL_JS = os.environ.get("NEWSCRAWL_JS", "1") != "0"  # with the extra `js`: Chromium draws what only scripts draw
# Hosts that may have a private address, by exact name: for tests and an intranet of one's own. Whoever writes pages of
# a crawled site can then make the crawl ask these hosts, on any port, and keep what they answer: name no host that
# trusts this machine (routers, cloud metadata, databases, admin pages). Pages within private networks are archived.
NEWSCRAWL_ALLOW_PRIVATE: list[str] = []
NEWSCRAWL_PAGE_SECONDS = 120.0  # a page that holds up the crawl longer ends it, and is set aside the second time
NEWSCRAWL_STALL_SECONDS = 600.0  # a crawl in which no request was answered or failed for so long ends
NEWSCRAWL_FREE_FLOOR = 100  # MB that stay free on the data folder's disk: below, a crawl ends cleanly; 0 for no floor
# Who is told when a portal breaks or is well again; see docs/operating.md. Mail goes by Scrapy's MAIL_ settings.
NEWSCRAWL_NOTIFY_COMMAND = os.environ.get("NEWSCRAWL_NOTIFY_COMMAND", "")  # gets the notice as JSON on its input
NEWSCRAWL_NOTIFY_WEBHOOK = os.environ.get("NEWSCRAWL_NOTIFY_WEBHOOK", "")  # an address for a POST of JSON
NEWSCRAWL_NOTIFY_MAIL = os.environ.get("NEWSCRAWL_NOTIFY_MAIL", "")  # addresses, with commas between
MAIL_HOST = os.environ.get("MAIL_HOST", "localhost")  # default; the server that takes the mail
MAIL_PORT = int(os.environ.get("MAIL_PORT", "25"))  # default 25
MAIL_FROM = os.environ.get("MAIL_FROM", "newscrawl@localhost")  # default scrapy@localhost
