"""Make log lines safe to print: an address or error message may contain terminal control characters."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import logformatter

from newscrawl.text import harmless

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class HarmlessRecord(logging.LogRecord):
    """A record whose message and traceback have no control or bidirectional characters, whoever logs it."""

    def getMessage(self) -> str:  # noqa: N802  logging's name
        """Return the message with its arguments."""
        return _in_lines(super().getMessage())

    def __setattr__(self, name: str, value: object) -> None:
        # a formatter keeps the text of a traceback here, and writes it behind the message
        super().__setattr__(name, _in_lines(value) if name == "exc_text" and isinstance(value, str) else value)


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's messages as they are; being asked for them before anything is logged, it makes all records harmless."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the records of this process harmless."""
        logging.setLogRecordFactory(HarmlessRecord)
        return super().from_crawler(crawler)


def _in_lines(text: str) -> str:
    """Return harmless text without carriage returns: in a terminal, the text after one overwrites the line."""
    return harmless(text).replace("\r", "")
