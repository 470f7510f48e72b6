"""The two spellings of time in the archive, both ISO 8601 with their zone, both in order when sorted as text.

A publication is Beijing time to the second, `2026-03-01T15:30:00+08:00`, and `published_precision` says how much of it
is known: of a day alone the clock is zero. A time of the crawl is UTC to the microsecond,
`2026-03-01T07:30:00.000000Z`. The two are compared through SQLite's date functions, which know zones, never as text.
People are shown Beijing time.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
DAY, MINUTE, SECOND = "day", "minute", "second"
_ZONE = "+08:00"
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?([+-]\d\d:?\d\d|Z)?)?")
# What `of_page` gives, in SQL: what follows is no more exact than the page was.
EXACT = f"""CASE {{0}}published_precision WHEN '{DAY}' THEN substr({{0}}published, 1, 10)
    WHEN '{MINUTE}' THEN substr({{0}}published, 1, 16) || substr({{0}}published, 20) ELSE {{0}}published END"""
# How older archives are brought to this spelling; what they hold follows the same forms as `stored`.
PRECISION_OF_OLD = f"""CASE WHEN published IS NULL THEN NULL WHEN length(published) = 10 THEN '{DAY}'
    WHEN length(published) IN (16, 22) THEN '{MINUTE}' ELSE '{SECOND}' END"""
FULL_OF_OLD = f"""CASE length(published) WHEN 10 THEN published || 'T00:00:00{_ZONE}'
    WHEN 16 THEN published || ':00{_ZONE}' WHEN 19 THEN published || '{_ZONE}'
    WHEN 22 THEN substr(published, 1, 16) || ':00' || substr(published, 17) ELSE published END"""


def in_future(**time: float) -> str:
    """Return the moment that comes after some hours or days, as `published` is spelt."""
    return (datetime.now(BEIJING) + timedelta(**time)).isoformat(timespec="seconds")


def stored(published: str | None) -> tuple[str | None, str | None]:
    """Return a publication as a page gives it, spelt as the archive does, and its precision.

    What is no such time stays as it is, without a precision.
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
    """Return a stored publication as exactly as its page gave it: 2026-03-01, 2026-03-01T15:30+08:00."""
    if published is None or precision not in {DAY, MINUTE}:
        return published
    return published[:10] if precision == DAY else published[:16] + published[19:]
