"""The two time formats of the archive, both ISO 8601 with zone; each sorts correctly as text.

A publication time is Beijing time to the second, `2026-03-01T15:30:00+08:00`; `published_precision` says how much of
it is known (if only the day is known, the time is 00:00:00). A crawl time is UTC to the microsecond,
`2026-03-01T07:30:00.000000Z`. Times of different formats are never compared as text, only through SQLite's date
functions, which understand zones. People are shown Beijing time.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
DAY, MINUTE, SECOND = "day", "minute", "second"
_ZONE = "+08:00"
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?([+-]\d\d:?\d\d|Z)?)?")
# `of_page` in SQL: the time with no more digits than its precision.
EXACT = f"""CASE {{0}}published_precision WHEN '{DAY}' THEN substr({{0}}published, 1, 10)
    WHEN '{MINUTE}' THEN substr({{0}}published, 1, 16) || substr({{0}}published, 20) ELSE {{0}}published END"""
# SQL that converts the times of older archives to this format, as `stored` does.
PRECISION_OF_OLD = f"""CASE WHEN published IS NULL THEN NULL WHEN length(published) = 10 THEN '{DAY}'
    WHEN length(published) IN (16, 22) THEN '{MINUTE}' ELSE '{SECOND}' END"""
FULL_OF_OLD = f"""CASE length(published) WHEN 10 THEN published || 'T00:00:00{_ZONE}'
    WHEN 16 THEN published || ':00{_ZONE}' WHEN 19 THEN published || '{_ZONE}'
    WHEN 22 THEN substr(published, 1, 16) || ':00' || substr(published, 17) ELSE published END"""


def in_future(**time: float) -> str:
    """Return the time some hours or days from now, in the format of `published`."""
    return (datetime.now(BEIJING) + timedelta(**time)).isoformat(timespec="seconds")


def stored(published: str | None) -> tuple[str | None, str | None]:
    """Return a page's publication time in the archive's format, and its precision.

    Text that is no such time is returned unchanged, without a precision.
    """
    found = _ISO.fullmatch(published or "")
    if found is None:
        return published, None
    day, clock, seconds, zone = found.groups()
    precision = SECOND if seconds else MINUTE if clock else DAY
    full = f"{day}T{clock or '00:00'}{seconds or ':00'}{zone or _ZONE}"
    if full.endswith(_ZONE):
        return full, precision
    return datetime.fromisoformat(full).astimezone(BEIJING).isoformat(), precision


def of_page(published: str | None, precision: str | None) -> str | None:
    """Return a stored publication time with the page's own precision: 2026-03-01, 2026-03-01T15:30+08:00."""
    if published is None or precision not in {DAY, MINUTE}:
        return published
    return published[:10] if precision == DAY else published[:16] + published[19:]
