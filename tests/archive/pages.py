"""Pages as the pipelines hand them to the archive, and a WARC writer's arguments."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.archive import WarcRef, fingerprint
from newscrawl.items import Article, Page, Part, PortalFacts

START = datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)
PORTAL = PortalFacts("hunan_test", "测试网", "湖南", "province")
BODY = "三月一日，市里召开会议，部署春季造林工作。\n会议要求，各县在四月底前完成植树任务，并做好管护。"


def at(hours: float) -> datetime:
    """A time some hours after the first capture of these tests."""
    return START + timedelta(hours=hours)


def article_page(
    url: str = "http://news.test/a/1.html",
    *,
    hours: float = 0,
    part: Part | None = None,
    portal: PortalFacts = PORTAL,
    **fields: Any,
) -> Page:
    """A page with an article, as Deduplicate leaves it."""
    known = {"title": "全市部署春季造林", "body": BODY, "published": "2026-03-01T15:30", "source": "测试日报"}
    article = Article(url=url, **(known | fields))
    return Page(
        url=url,
        status=200,
        portal=portal,
        document=None,
        fetched_at=at(hours),
        capture=WarcRef("hunan_test-1.warc.gz", 100, 50, "sha1:X"),
        part=part,
        article=article,
        outcome="article",
        fingerprint=fingerprint(article.body or ""),
    )


def other_page(
    status: int, outcome: str, url: str = "http://news.test/a/1.html", *, hours: float, redirect: str | None = None
) -> Page:
    """A page without an article."""
    return Page(
        url=url,
        status=status,
        portal=PORTAL,
        document=None,
        fetched_at=at(hours),
        capture=WarcRef("hunan_test-1.warc.gz", 200, 50, "sha1:Y"),
        redirect=redirect,
        outcome=outcome,
    )


def exchange(text: str = "正文", **facts: Any) -> dict[str, Any]:
    """The arguments of `WarcWriter.write` for a gzipped page."""
    known: dict[str, Any] = {
        "status": 200,
        "reason": "OK",
        "headers": [("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip")],
        "body": gzip.compress(f"<html>{text}</html>".encode("gbk"), mtime=0),
        "fetched_at": START,
        "request_headers": [("User-Agent", "test")],
    }
    return known | facts
