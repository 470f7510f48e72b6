"""Public holidays of China on which many newspapers do not appear."""

from __future__ import annotations

from datetime import date, timedelta

# New Year's Day of the lunar calendar, month and day by year; few papers put facsimiles up before 2005.
_SPRING_FESTIVAL = {
    2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3),
    2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16),
    2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29),
    2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11),
    2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
_FIXED = {"元旦": ((1, 1), (1, 1)), "劳动节": ((5, 1), (5, 5)), "国庆节": ((10, 1), (10, 7))}


def holiday(day: date) -> str | None:
    """Name the holiday a day belongs to: 春节 from its eve to the seventh day, 元旦, 劳动节, 国庆节; None for none."""
    if day.year in _SPRING_FESTIVAL:
        first = date(day.year, *_SPRING_FESTIVAL[day.year])
        if first - timedelta(days=1) <= day < first + timedelta(days=7):
            return "春节"
    for name, (first_day, last_day) in _FIXED.items():
        if first_day <= (day.month, day.day) <= last_day:
            return name
    return None
