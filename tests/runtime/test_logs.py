"""A page's text in the log never controls the terminal that shows it."""

from __future__ import annotations

import logging

import pytest
from scrapy.utils.test import get_crawler

from newscrawl import settings
from newscrawl.text import harmless

EVIL = "http://a\x1bc\x9b31m.test/\u202e\u2066新闻\rok"


@pytest.fixture
def log(tmp_path):
    """A logger of any library, and the file it writes to, while a crawler of the project's settings is there."""
    before = logging.getLogRecordFactory()
    get_crawler(settings_dict={"LOG_FORMATTER": settings.LOG_FORMATTER})
    logger, handler = logging.getLogger("some.library"), logging.FileHandler(tmp_path / "log", encoding="utf-8")
    logger.addHandler(handler)
    yield logger, tmp_path / "log"
    logger.removeHandler(handler)
    handler.close()
    logging.setLogRecordFactory(before)


def test_messages_arguments_and_tracebacks_are_harmless(log):
    logger, file = log
    logger.error("asked %s", EVIL)
    logger.error(EVIL)
    try:
        int(EVIL)
    except ValueError:
        logger.exception("it failed")
    said = file.read_text("utf-8")
    assert said == harmless(said)
    assert said.count("http://ac31m.test/新闻ok\n") == 2
    assert "Traceback" in said
    assert "\n  File" in said, "lines and indents stay"
