"""Fourteen normal days, then a day with one fault, raise exactly that alarm; a quiet holiday raises none."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.archive import Crawl
from newscrawl.health.monitors import FIELDS, alarms, samples

START = datetime(2026, 9, 1, 20, tzinfo=UTC)
USUAL = {"published": 0.99, "source": 0.95, "authors": 0.4, "editors": 0.9, "channel": 1.0, "images": 0.5, "links": 1.0}


def day(number: float, chance: random.Random | None = None, **changes) -> Crawl:
    """A crawl of a portal with some twenty articles a day; `changes` set parts of its counts, measures and so on."""
    chance = chance or random.Random(number)
    articles = chance.randint(16, 28)
    fill = {
        name: round(sum(chance.random() < usual for _ in range(articles)) / articles, 3)
        for name, usual in USUAL.items()
    }
    today = sum(chance.random() < 0.6 for _ in range(articles))
    crawl = Crawl(
        "hunan_test",
        (START + timedelta(days=number)).isoformat(),
        verdict="ok",
        counts={"pages": articles + 12, "articles": articles + 4, "new": articles},
        drops={"list": 9, "no-story": chance.randint(0, 2)},
        fill=fill,
        errors={"timeout": chance.randint(0, 1)},
        measures={"body_length": chance.randint(500, 900), "dated": articles, "dated_today": today}
        | {"list_links": chance.randint(90, 120), "list_articles": chance.randint(70, 85), "headlines_outside": 4},
    )
    for name, value in changes.items():
        old = getattr(crawl, name)
        crawl = replace(crawl, **{name: old | value if isinstance(old, dict) else value})
    return crawl


PAST = [day(number) for number in range(14)]


def judged(*later: Crawl, expects=None, past=PAST):
    crawls = [*past, *later]
    now = datetime.fromisoformat(crawls[-1].started_at) + timedelta(hours=1)
    return alarms(crawls, now, expects)


BREAKS = {
    **{field: {"fill": {field: 0.0}} for field in FIELDS},
    "body": {"measures": {"body_length": 210}},
    "dates": {"measures": {"dated": 20, "dated_today": 20}},
    "lists": {"measures": {"list_links": 6, "list_articles": 0}, "verdict": "no article"},
    "scope": {"measures": {"headlines_outside": 96, "list_articles": 11, "list_links": 30}},
    "errors": {"errors": {"http-403": 18}, "drops": {"http-403": 18}},
    "drops": {"drops": {"no-story": 15}},
    "crawl": {"verdict": "unreachable", "counts": {"pages": 0, "articles": 0, "new": 0}, "measures": {"list_links": 0}},
}


def test_a_usual_day_has_no_alarm():
    for number in range(14, 60):
        assert judged(day(number)) == []


@pytest.mark.parametrize("what", BREAKS)
def test_a_day_with_one_break_has_exactly_that_alarm(what):
    broken = day(14, **BREAKS[what])
    (alarm,) = judged(broken)
    assert (alarm.what, alarm.since) == (what, broken.started_at)
    (later,) = judged(broken, day(15, **BREAKS[what]), day(16, **BREAKS[what]))
    assert (later.what, later.since) == (what, broken.started_at), "a break stays one, since the day it began"
    assert judged(broken, day(15)) == [], "mended, it is told no more"


def test_a_break_that_lasts_longer_than_the_past_is_not_taken_for_usual():
    (alarm,) = judged(*(day(14 + number, fill={"source": 0.02}) for number in range(30)))
    assert (alarm.what, alarm.since) == ("source", day(14).started_at)


def quiet(number: float) -> Crawl:
    return day(
        number, counts={"pages": 12, "articles": 0, "new": 0}, fill=dict.fromkeys(USUAL, 0.0), verdict="nothing new"
    )


def test_a_quiet_holiday_is_no_alarm():
    for days in range(1, 10):
        assert judged(*(quiet(14 + number) for number in range(days))) == []
    few = (day(14 + number, counts={"pages": 14, "articles": 1, "new": 1}, fill={"source": 0.0}) for number in range(7))
    assert judged(*few) == [], "one article a day says nothing of a field"


def test_weeks_without_anything_new_are_one():
    (alarm,) = judged(*(quiet(14 + number) for number in range(12)))
    assert (alarm.what, alarm.since) == ("new", quiet(14).started_at)
    assert "nothing new for 12 days" in alarm.detail


def test_a_portal_that_is_crawled_no_more_is_told():
    now = datetime.fromisoformat(PAST[-1].started_at)
    assert alarms(PAST, now + timedelta(days=2)) == []
    (alarm,) = alarms(PAST, now + timedelta(days=5))
    assert alarm.what == "late"


def test_what_the_portal_expects_stands_in_place_of_its_past():
    assert judged(day(14, fill={"editors": 0.0}), expects={"editors": 0.0}) == []
    (alarm,) = judged(day(14), expects={"authors": 0.9})
    assert (alarm.what, "90% are expected" in alarm.detail) == ("authors", True)


def test_unchanged_lists_say_nothing_of_their_links():
    assert judged(day(14, measures={"list_links": 0, "list_articles": 0}, drops={"unchanged": 3})) == []


def test_an_hourly_crawls_few_articles_are_taken_together():
    hours = [
        day(number / 24, counts={"pages": 15, "articles": 2, "new": 2}, measures={"dated": 2, "dated_today": 1})
        for number in range(200)
    ]
    assert len(samples(hours)) == 50
    assert judged(past=hours) == []
    broken = [
        day(9 + number / 24, fill={"source": 0.0}, counts={"pages": 15, "articles": 2, "new": 2}) for number in range(9)
    ]
    (alarm,) = judged(*broken, past=hours)
    assert alarm.what == "source"


def test_a_young_portal_is_not_compared():
    assert judged(past=[*PAST[:4], day(4, **BREAKS["body"])]) == []
