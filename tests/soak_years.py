"""Two hundred nights of ten portals in one process, by a clock that jumps from night to night.

    python -m tests.soak_years [--runs 200] [--portals 10]

Through the real settings: frontier, WARC, pipelines, archive, the crawl's row. Each night every portal has a new
article; what is due is looked at again. The result: memory, open files and the time of a run, early and late.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from datetime import datetime
from pathlib import Path

AHEAD = [0.0]  # seconds that the clock is ahead of the machine's
_machine_time = time.time
time.time = lambda: _machine_time() + AHEAD[0]  # before newscrawl binds it


class Moved(datetime):
    """The time of day by the clock that jumps."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)


NIGHT = 86_400
ALLOWED = 1.2  # what memory, files and time of the last quarter may be of the second


def article(portal: int, night: int) -> tuple[str, str]:
    """Write an article: its path, and its page."""
    title = f"第{portal}区第{night}天农田水利建设进度通报"
    told = f"{title}。记者从第{portal}区了解到，本区第{night}批项目已开工，预计用工{night * 37 + portal}人次。" * 3
    head = f"<html><head><title>{title}_河畔网</title></head><body><h1>{title}</h1>"
    info = "<div class='info'>2026-07-04 09:12:00 来源：河畔日报</div>"
    return f"/news/202607/04/content_{portal}{night:05d}.html", f"{head}{info}<div class='content'><p>{told}</p></div>"


def publish(site, portal: int, night: int) -> None:
    """Give a portal its article of a night, and name the newest twenty on its start page."""
    path, page = article(portal, night)
    site.page(path, page)
    newest = [article(portal, number)[0] for number in range(max(0, night - 19), night + 1)][::-1]
    links = "".join(f"<li><a href='{path}'>第{portal}区农田水利建设进度通报{path[-8:-5]}</a></li>" for path in newest)
    site.page("/", f"<html><head><title>河畔网</title></head><body><ul>{links}</ul></body></html>")


def memory() -> int:
    """Return the memory this process has now, in KiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def say(line: str) -> None:
    """Write a line to standard output at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def soak(runs: int, portals: int) -> list[str]:
    """Crawl night after night; return what has grown."""
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415  after the reactor is there
    from scrapy.utils.project import get_project_settings  # noqa: PLC0415

    from newscrawl.archive.warc import write as archive_warc  # noqa: PLC0415
    from newscrawl.catalogue.spiderloader import portal_loader  # noqa: PLC0415
    from newscrawl.health import record as recorded  # noqa: PLC0415
    from newscrawl.middlewares import warc as recording  # noqa: PLC0415
    from tests.servers.site import Site  # noqa: PLC0415

    settings = get_project_settings()
    for name, value in {"NEWSCRAWL_ALLOW_PRIVATE": [f"127.0.0.{n + 1}" for n in range(portals)]}.items():
        settings.set(name, value, priority="cmdline")
    settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
    settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    spider = portal_loader().load("portal")
    for module in (archive_warc, recording, recorded):
        module.datetime = Moved
    sites, course, faults = [Site(f"127.0.0.{number + 1}") for number in range(portals)], [], []
    for site in sites:
        site.__enter__()
    for night in range(runs):
        begun = time.process_time()
        for number, site in enumerate(sites):
            publish(site, number, night)
            runner = AsyncCrawlerRunner(settings)
            crawler = runner.create_crawler(spider)
            await runner.crawl(crawler, url=f"{site.url}/")
            if (verdict := crawler.stats.get_value("verdict")) != "ok":
                faults.append(f"night {night}, portal {number}: {verdict}: {crawler.stats.get_value('verdict/detail')}")
        course.append((memory(), len(list(Path("/proc/self/fd").iterdir())), time.process_time() - begun))
        AHEAD[0] += NIGHT
    quarter = max(runs // 4, 1)
    for place, (name, unit) in enumerate((("memory", "KiB"), ("open files", ""), ("CPU a run", "s"))):
        early = sorted(one[place] for one in course[quarter : 2 * quarter] or course)[quarter // 2]
        late = sorted(one[place] for one in course[-quarter:])[quarter // 2]
        say(f"{name}: {early:.5g} {unit} in the second quarter, {late:.5g} {unit} in the last".replace("  ", " "))
        if late > ALLOWED * early:
            faults.append(f"{name} grew from {early:.5g} to {late:.5g}")
    return faults


def main() -> None:
    """Run in a folder of its own; the exit status says whether anything grew or went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--portals", type=int, default=10)
    options = parser.parse_args()
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEWSCRAWL_DATA"] = folder
        from twisted.internet import asyncioreactor  # noqa: PLC0415  before anything takes another reactor

        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        asyncioreactor.install(loop)
        from twisted.internet import reactor  # noqa: PLC0415

        result: list[str] = []

        async def whole() -> None:
            try:
                result.extend(await soak(options.runs, options.portals))
            except Exception:  # noqa: BLE001  shown, and the reactor ends all the same
                traceback.print_exc()
                result.append("the soak itself failed")
            finally:
                reactor.stop()

        reactor.callWhenRunning(lambda: loop.create_task(whole()))
        reactor.run()
    for fault in result:
        say(fault)
    sys.exit(1 if result else 0)


if __name__ == "__main__":
    main()
