"""A Scrapy extension that samples where a crawl's CPU goes: `-s EXTENSIONS.benchmarks.stages.Stages=1`.

Every two milliseconds of CPU it notes the innermost module of newscrawl at work, by stage, and writes the shares as
JSON to the file that the setting STAGES_FILE names. Sampling costs the crawl less than a percent.
"""

from __future__ import annotations

import json
import signal
from collections import Counter
from pathlib import Path
from typing import Any

from scrapy import signals

STAGES = {
    "extract/": "reading the page",
    "discover/": "finding leads",
    "cms/": "finding leads",
    "portal.py": "finding leads",
    "archive/warc/": "WARC",
    "middlewares/warc.py": "WARC",
    "archive/reprints/": "reprints",
    "archive/search/": "search index",
    "archive/text/": "search index",
    "places/": "storing",
    "archive/": "storing",
    "pipelines.py": "storing",
    "frontier/": "frontier",
    "middlewares/": "other of newscrawl",
    "health/": "other of newscrawl",
}
_INTERVAL = 0.002
_PACKAGE = "/newscrawl/"


class Stages:
    """Samples the crawl from its first page to its end."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.counts: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Any) -> Stages:
        """Listen for the crawl's begin and end."""
        stages = cls(crawler.settings["STAGES_FILE"])
        crawler.signals.connect(stages.begin, signals.spider_opened)
        crawler.signals.connect(stages.end, signals.spider_closed)
        return stages

    def begin(self) -> None:
        """Start the timer."""
        signal.signal(signal.SIGPROF, self.sample)
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)

    def sample(self, _: int, frame: Any) -> None:
        """Note the stage of the innermost module of newscrawl that is at work."""
        while frame:
            _, inside, module = frame.f_code.co_filename.rpartition(_PACKAGE)
            if inside and (stage := _stage(module)):
                self.counts[stage] += 1
                return
            frame = frame.f_back
        self.counts["Scrapy, Twisted"] += 1

    def end(self) -> None:
        """Write the shares."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        total = self.counts.total() or 1
        self.path.write_text(json.dumps({stage: count / total for stage, count in self.counts.most_common()}), "utf-8")


def _stage(module: str) -> str | None:
    return next((stage for place, stage in STAGES.items() if module.startswith(place)), None)
