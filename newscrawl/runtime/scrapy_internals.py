"""The private parts of Scrapy's engine and downloader that are used; tests/test_internals.py fails if they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrapy import Request
    from scrapy.crawler import Crawler


class SlotSettings(TypedDict, total=False):
    """What Scrapy's setting DOWNLOAD_SLOTS can hold for a slot, and `asked`, the delay that `SharedPace` keeps."""

    delay: float
    concurrency: int
    randomize_delay: bool
    asked: float


def is_closing(crawler: Crawler) -> bool:
    """Return whether a crawl has begun to end; no signal says so."""
    slot = crawler.engine._slot if crawler.engine else None  # noqa: SLF001
    return slot is not None and slot.closing is not None


def ask_for_requests(crawler: Crawler) -> None:
    """Make the engine ask the scheduler for requests; by itself it asks only after an event of its own."""
    if crawler.engine is not None and crawler.engine._slot is not None:  # noqa: SLF001
        crawler.engine._slot.nextcall.schedule()  # noqa: SLF001


def in_flight(crawler: Crawler) -> Collection[Request]:
    """Return the downloader's requests, including those waiting for a free slot."""
    return crawler.engine.downloader.active if crawler.engine else ()


def slot_of(crawler: Crawler, request: Request) -> str:
    """Return the key of the downloader's slot that a request goes through: its host, as a rule."""
    return str(crawler.engine.downloader.get_slot_key(request))


def slot_settings(crawler: Crawler, key: str) -> SlotSettings:
    """Return a copy of the settings of one slot."""
    return cast("SlotSettings", dict(crawler.engine.downloader.per_slot_settings.get(key, {})))


def set_slot(crawler: Crawler, key: str, settings: SlotSettings) -> None:
    """Set a slot's own settings, its delay among them.

    The slot itself is thrown away after a minute's rest, and made anew from these.
    """
    downloader = crawler.engine.downloader
    downloader.per_slot_settings[key] = dict(settings)
    if (slot := downloader.slots.get(key)) is not None:
        slot.delay = settings["delay"]
