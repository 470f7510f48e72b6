"""Scrapy's scheduler on the frontier.

Every request of a crawl comes from the frontier and goes back into it: the scheduler leases addresses, the middleware
collects a callback's output, and the address is settled when the outcome of its items is known. A request that cannot
be stored (its callback is no method of the spider: `scrapy fetch`) is kept in memory and fetched once.
"""

from __future__ import annotations

import heapq
import logging
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.asyncio import call_later

from newscrawl.errors import NewscrawlError
from newscrawl.frontier.engine.in_flight import InFlight
from newscrawl.frontier.engine.requests import (
    answer_of,
    is_storable,
    lead_of,
    lead_of_link,
    outcome_of,
    reason_of,
    refusal_of,
    request_of,
)
from newscrawl.frontier.engine.settings import rules_of
from newscrawl.frontier.messages import Answer
from newscrawl.frontier.policy import is_failure
from newscrawl.frontier.report import standing
from newscrawl.frontier.store import Frontier
from newscrawl.outcomes import Outcome
from newscrawl.runtime import doubled
from newscrawl.runtime.scrapy_internals import ask_for_requests
from newscrawl.runtime.stopping import stop_crawl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newscrawl.discover.lead import Lead as Link
    from newscrawl.frontier.db.opening import Place
    from newscrawl.frontier.messages import Lead, Settled

logger = logging.getLogger(__name__)

BATCH = 32  # addresses a transaction leases
BATCH_PER_HOST = 8
ASK_AGAIN = 0.5  # seconds after which a worker without work checks whether others have found addresses
UNREACHABLE_AFTER = 50.0  # a run without any response for so many seconds does not wait for retries


@dataclass(slots=True)
class Unsettled:
    """An address whose `items` are still in the pipelines, with their outcomes so far."""

    leads: list[Lead]
    answer: Answer
    items: int
    outcomes: list[str] = field(default_factory=list)


class FrontierScheduler(BaseScheduler):
    """Leases addresses of one portal, hosts in turn, and settles them.

    Settings: NEWSCRAWL_FRONTIER (a PostgreSQL database) or else NEWSCRAWL_DATA (folder of frontier.db),
    CONCURRENT_REQUESTS_PER_DOMAIN, FRONTIER_WAIT (seconds a run waits for retries at most), and those of `rules_of`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.place: Place = (
            crawler.settings.get("NEWSCRAWL_FRONTIER") or Path(crawler.settings["NEWSCRAWL_DATA"]) / "frontier.db"
        )
        self.wait = crawler.settings.getfloat("FRONTIER_WAIT", 60.0)
        self._longest = crawler.settings.getint("URLLENGTH_LIMIT") or sys.maxsize
        self._deepest = crawler.settings.getint("DEPTH_LIMIT")
        self.frontier: Frontier | None = None
        self._in_flight = InFlight(max(crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), 1))
        self._transient: deque[Request] = deque()
        self._unsettled: dict[int, Unsettled] = {}
        self._retries: list[tuple[float, int]] = []  # heap of retries within the run
        self._next_turn: float | None = None  # when a resting host may be crawled again
        self._dry = False  # nothing to lease until something changes
        self._others_at_work = False  # other workers may still find addresses
        self._ask_again = 0.0  # when to check again, by time.monotonic()
        self._named: set[int] = set()  # addresses that start pages and lists named
        self._answered = False
        self._stopped = False
        self._started = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the scheduler of a crawl."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Listen for the outcomes of items. The run itself begins with the first start request."""
        self.spider = spider
        self.portal: str = getattr(spider, "key", spider.name)
        for handler, signal in (
            (self._item_scraped, signals.item_scraped),
            (self._item_dropped, signals.item_dropped),
            (self._item_error, signals.item_error),
            (self._spider_error, signals.spider_error),
            (self._doubled, doubled),
        ):
            self.crawler.signals.connect(handler, signal)

    def close(self, reason: str) -> None:
        """Return leases that were not fetched."""
        logger.debug("the frontier closes: %s", reason)
        if self.frontier is not None:
            with _Stopping(self):
                left = standing(self.frontier, self.portal, self._named, idle=not self._answered)
                for name, value in left.items():
                    self.crawler.stats.set_value(f"frontier/{name}", value)
                self.frontier.close()

    def has_pending_requests(self) -> bool:
        """Return whether there is anything to fetch now, or within the time that a run waits for retries."""
        if self._transient or self._in_flight:
            return True
        if self.frontier is None or self._stopped:
            return False
        if not self._dry or self._others_at_work:
            return True
        latest = self.frontier.clock() + self.wait
        turn_comes = self._next_turn is not None and self._next_turn <= latest
        return turn_comes or bool(self._retries and self._retries[0][0] <= latest)

    def enqueue_request(self, request: Request) -> bool:
        """Record a start request; keep in memory what cannot be stored, or did not come from the spider's start."""
        is_start = request.meta.get("is_start_request") and "address" not in request.meta
        if not is_start or not is_storable(request, self.spider):
            self._transient.append(request)
            return True
        with _Stopping(self):
            self._count("enqueued", self._begun().enqueue(self.portal, [lead_of(request, self.spider)]))
            self._dry = False
            return True
        return False

    def next_request(self) -> Request | None:
        """Return the next request, hosts in turn; None while all hosts are busy, resting or empty."""
        if self._transient:
            return self._transient.popleft()
        if self.frontier is None or self._stopped:
            return None
        with _Stopping(self):
            self._wake(self.frontier)
            lease = self._in_flight.pick()
            if lease is None and self._lease(self.frontier):
                lease = self._in_flight.pick()
            if lease is not None:
                return request_of(lease, self.spider, self.failed)
        return None

    def collected(self, response: Response, given: Iterable[Request | Link], items: int) -> None:
        """Take the output of a page's callback; settle the page now if there is no item, else after its items.

        Raises:
            FrontierError: a request or a link cannot be stored.
        """
        leads = list(self._leads(response, given))
        unsettled = Unsettled(leads, answer_of(response), items)
        if items:
            self._unsettled[response.meta["address"]] = unsettled
        else:
            self._settle(response.meta["address"], outcome_of(response, len(leads)), unsettled)

    def _leads(self, response: Response, given: Iterable[Request | Link]) -> Iterator[Lead]:
        """Make leads; links too long or too deep are left out, as Scrapy's middlewares do with requests."""
        too_deep = 0 < self._deepest <= response.meta.get("depth", 0)
        for one in given:
            if isinstance(one, Request):
                yield lead_of(one, self.spider)
            elif not too_deep:
                lead = lead_of_link(one)
                if len(lead.url) <= self._longest:
                    yield lead
                else:
                    self.crawler.stats.inc_value("urllength/request_ignored_count")

    def failed(self, failure: Failure) -> None:
        """Errback of every request: a refusal by robots.txt or a middleware is final, a failed download is retried."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        address, error = request.meta["address"], failure.value
        reason = reason_of(error)
        if isinstance(error, IgnoreRequest):
            logger.info("%s: %s", request.url, error)
            self._settle(address, refusal_of(error))
        elif reason in ("too-large", "header-too-large", "unsupported"):
            logger.info("%s: %s: %s", request.url, reason, error)
            self._settle(address, reason)
        elif reason == "stopped":
            self._give_back(address)
        else:
            logger.info("%s: %s: %s", request.url, reason, error)
            self._fail(address, reason, Answer())

    def working(self, address: int) -> None:
        """Record which page is read next, so that a page that kills the process can be identified."""
        self._begun().working(address)

    def stop(self, error: NewscrawlError) -> None:
        """End the crawl because the frontier cannot be read or written: the next page would meet the same."""
        if self._stopped:
            return
        self._stopped = True
        self._in_flight.clear()
        stop_crawl(self.crawler, error)

    def _item_scraped(self, response: Response | Failure | None) -> None:
        self._item_done(response, Outcome.ARTICLE)

    def _item_dropped(self, response: Response | Failure | None, exception: Exception) -> None:
        self._item_done(response, getattr(exception, "outcome", Outcome.DROPPED))

    def _item_error(self, response: Response | Failure | None) -> None:
        self._item_done(response, Outcome.PIPELINE_ERROR)

    def _item_done(self, response: Response | Failure | None, outcome: str) -> None:
        address = _address_of(response)
        if address is None or (unsettled := self._unsettled.get(address)) is None:
            return
        unsettled.outcomes.append(outcome)
        if len(unsettled.outcomes) < unsettled.items:
            return
        del self._unsettled[address]
        if Outcome.PIPELINE_ERROR in unsettled.outcomes:
            self._fail(address, Outcome.PIPELINE_ERROR, unsettled.answer)
        else:
            outcome = Outcome.ARTICLE if Outcome.ARTICLE in unsettled.outcomes else unsettled.outcomes[0]
            self._settle(address, outcome, unsettled)

    def _doubled(self, alias: str, url: str) -> None:
        with _Stopping(self):
            self._begun().double(alias, url)

    def _spider_error(self, response: Response) -> None:
        address = _address_of(response)
        if address is not None and address in self._in_flight:
            self._fail(address, Outcome.SPIDER_ERROR, Answer(response.status))

    def _settle(self, address: int, outcome: str, given: Unsettled | None = None) -> None:
        with _Stopping(self):
            leads, answer = (given.leads, given.answer) if given else ([], Answer())
            settled = self._begun().settle(address, outcome, leads, answer)
            self._answered = True
            if self._in_flight.kind(address) in ("start", "list") or outcome == Outcome.LIST:
                self._named.update(lead.id for lead in leads)
            data = outcome == Outcome.NOT_HTML and bool(leads)
            self._counted(address, Outcome.LIST if data else outcome, failed=is_failure(outcome))
            self._count("enqueued", settled.news)
            self._returned(address, settled)

    def _fail(self, address: int, reason: str, answer: Answer) -> None:
        with _Stopping(self):
            spent = time.monotonic() - self._started + self._in_flight.spent_on(address)
            within_run = self._answered or spent < UNREACHABLE_AFTER
            settled = self._begun().fail(address, reason, answer=answer, within_run=within_run)
            self._counted(address, reason, failed=True)
            self._returned(address, settled)

    def _counted(self, address: int, outcome: str, *, failed: bool) -> None:
        """Count the outcome of an address; start pages are also counted apart, for the verdict on the crawl."""
        self._count(f"{'failed' if failed else 'settled'}/{outcome}")
        if failed:
            self._count("failed_count")
        if self._in_flight.kind(address) == "start":
            self._count(f"start/{outcome}")

    def _give_back(self, address: int) -> None:
        """Return the lease of an address without response or failure."""
        with _Stopping(self):
            self._begun().release([address])
            self._in_flight.take_back(address)

    def _returned(self, address: int, settled: Settled) -> None:
        """Remove an address in flight, remember a retry within the run, return other leases of a resting host."""
        frontier = self._begun()
        host = self._in_flight.take_back(address)
        if settled.state == "pending" and settled.due is not None and settled.due <= frontier.clock() + self.wait:
            heapq.heappush(self._retries, (settled.due, address))
        if settled.rests and (dropped := self._in_flight.drop(host)):
            frontier.release(dropped)
        if settled.left_alone:
            self._report(settled.left_alone)
        self._dry = False

    def _report(self, host: str) -> None:
        """Log once in a run that a host is left alone after repeated failures."""
        reported: list[str] = self.crawler.stats.get_value("frontier/left_alone", [])
        if host not in reported:
            logger.warning("%s fails on and on and is left alone; `newscrawl frontier` shows until when", host)
            self.crawler.stats.set_value("frontier/left_alone", [*reported, host])

    def _begun(self) -> Frontier:
        """Open the frontier and begin the run, once."""
        if self.frontier is None:
            self.frontier = Frontier.open(self.place, rules_of(self.crawler.settings, self.spider))
            self._started = time.monotonic()
            if recovered := self.frontier.begin_run(self.portal):
                logger.info("%d addresses were leased when an earlier crawl died; they are pending again", recovered)
                self._count("recovered", recovered)
            if self.frontier.joined:
                logger.info("other workers are at work on %s; their run is joined", self.portal)
                self.crawler.stats.set_value("frontier/joined", value=True)
            if self.frontier.mended:
                logger.warning(
                    "%d times lay in the future and were put right: the clock ran ahead in an earlier run, or is late",
                    self.frontier.mended,
                )
                self._count("clock_mended", self.frontier.mended)
            for url in self.frontier.leases.set_aside:
                logger.warning("%s: set aside: twice a crawl died while it was read", url)
                self._count("set_aside")
        return self.frontier

    def _wake(self, frontier: Frontier) -> None:
        now = frontier.clock()
        due = []
        while self._retries and self._retries[0][0] <= now:
            due.append(heapq.heappop(self._retries)[1])
        if due:
            frontier.wake(due)
        if due or (self._next_turn is not None and self._next_turn <= now):
            self._dry, self._next_turn = False, None
        if self._others_at_work and time.monotonic() >= self._ask_again:
            self._dry = False

    def _lease(self, frontier: Frontier) -> bool:
        if self._dry:
            return False
        skip = self._in_flight.hosts()
        leases = frontier.lease(self.portal, BATCH, per_host=BATCH_PER_HOST, skip=skip)
        self._others_at_work = not leases and frontier.others_at_work(self.portal)
        if not leases and not self._others_at_work and frontier.database.is_shared:  # they may have just ended
            leases = frontier.lease(self.portal, BATCH, per_host=BATCH_PER_HOST, skip=skip)
        self._in_flight.add(leases)
        self._count("leased", len(leases))
        self._report_limits(frontier)
        if not leases:
            self._dry, self._next_turn = True, frontier.next_turn(self.portal)
        if self._others_at_work:
            self._ask_again = time.monotonic() + ASK_AGAIN
            call_later(ASK_AGAIN, ask_for_requests, self.crawler)
        return bool(leases)

    def _report_limits(self, frontier: Frontier) -> None:
        """Log once in a run that a domain has reached a limit."""
        known: list[str] = self.crawler.stats.get_value("frontier/limited", [])
        if new := frontier.domains.reached.difference(known):
            for domain in sorted(new):
                logger.warning("%s: the limit of a domain in a run is reached; the rest waits for later runs", domain)
            self.crawler.stats.set_value("frontier/limited", [*known, *sorted(new)])

    def _count(self, name: str, count: int = 1) -> None:
        if count:
            self.crawler.stats.inc_value(f"frontier/{name}", count)


class _Stopping:
    """Stops the crawl on a NewscrawlError raised within, and suppresses it."""

    def __init__(self, scheduler: FrontierScheduler) -> None:
        self.scheduler = scheduler

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, NewscrawlError):
            self.scheduler.stop(error)
            return True
        return False


def _address_of(response: Response | Failure | None) -> int | None:
    """Return the address that a signal is about; None without a response of the frontier."""
    request = getattr(response, "request", None)
    return request.meta.get("address") if request else None
