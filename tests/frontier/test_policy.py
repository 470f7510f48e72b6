"""What becomes of an address after a visit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.frontier.policy import (
    DAY,
    HOUR,
    MISSING,
    REFUSED,
    RETRY_AFTER,
    Host,
    Record,
    Rules,
    Visit,
    after,
    after_failure,
    host_after,
    host_rest,
    is_barren,
    is_failure,
    list_wait,
)

NOW = 1_000_000.0


def visit(outcome, now=NOW, news=0):
    return Visit(outcome, now, news)


def test_an_article_is_looked_at_again_at_each_age_and_then_no_more():
    record, now, ages = Record(), NOW, []
    while True:
        record = after(record, visit("article", now))
        assert (record.state, record.kind) == ("done", "article")
        if record.due is None:
            break
        now = record.due
        ages.append(now - NOW)
    assert ages == [6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY]


def test_a_late_look_does_not_repeat_the_ages_that_passed():
    record = after(Record(), visit("article"))
    assert after(record, visit("unchanged", NOW + 2 * DAY)).due == NOW + 3 * DAY


@pytest.mark.parametrize("outcome", sorted(MISSING))
def test_what_is_missing_is_gone_after_a_second_look(outcome):
    first = after(Record(trusted=True), visit(outcome))
    assert (first.state, first.due) == ("pending", NOW + HOUR)
    second = after(first, visit(outcome, NOW + HOUR))
    assert (second.state, second.due) == ("gone", None)
    assert after(Record("list", trusted=True), visit(outcome)) == replace(first, kind="list")


def test_a_dead_link_that_no_list_names_is_not_looked_at_again():
    dead = after(Record("article"), visit("http-404"))
    assert (dead.state, dead.due) == ("gone", None)


@pytest.mark.parametrize("outcome", ["http-404", "redirect", "list", "soft-404"])
def test_a_lost_article_is_gone_after_a_second_look_and_may_come_back(outcome):
    record = after(Record(), visit("article"))
    record = after(record, visit(outcome, NOW + DAY))
    assert (record.state, record.due) == ("pending", NOW + DAY + HOUR)
    record = after(record, visit(outcome, NOW + DAY + HOUR))
    assert record.state == "gone"
    assert record.due > NOW + DAY
    back = after(record, visit("article", record.due))
    assert (back.state, back.misses) == ("done", 0)


@given(st.sampled_from([*sorted(REFUSED), "http-500", "http-503", "http-408"]), st.integers(1, 20))
def test_a_site_that_does_not_serve_us_withdraws_nothing(outcome, times):
    assert is_failure(outcome)
    record = after(Record(), visit("article"))
    for _ in range(times):
        record = after_failure(record, outcome, NOW)
        assert record.state in ("pending", "failed")
        assert record.misses == 0
    assert record.article_since == NOW


@pytest.mark.parametrize("outcome", ["article", "list", "http-404", "http-410", "redirect", "unchanged", "no-story"])
def test_what_the_site_answered_is_no_failure(outcome):
    assert not is_failure(outcome)


def test_failures_wait_longer_each_time_and_end_as_failed():
    record, waits = Record(trusted=True), []
    while record.state != "failed":
        record = after_failure(record, "timeout", NOW)
        waits.append(record.due and record.due - NOW)
    assert waits == [*RETRY_AFTER, None]


def test_a_refusal_is_not_repeated_within_the_run_and_a_pause_asked_for_is_kept():
    assert after_failure(Record(), "http-403", NOW).due == NOW + 30 * 60
    assert after_failure(Record(), "timeout", NOW, within_run=False).due == NOW + 30 * 60
    assert after_failure(Record(), "http-503", NOW, wait=77).due == NOW + 77
    assert after_failure(Record(), "http-429", NOW).due == NOW + 5


def test_what_no_list_names_is_retried_once_within_the_run():
    record = after_failure(Record(), "timeout", NOW)
    assert record.due == NOW + 5
    assert after_failure(record, "timeout", NOW).due == NOW + 30 * 60


def test_an_answer_ends_a_row_of_failures():
    failed = after_failure(Record(), "timeout", NOW)
    assert after(failed, visit("article")).tries == 0


def test_lists_without_news_rest_ever_longer_up_to_the_limit():
    record, waits = Record("list"), []
    for _ in range(16):
        record = after(record, visit("list"))
        waits.append(record.due - NOW)
    assert waits[:6] == [0, 0, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == 7 * DAY
    assert after(record, visit("list", news=1)).due == NOW
    assert list_wait(10_000, 9.0) == 9.0


def test_start_pages_are_due_at_every_run_whatever_they_answer():
    for outcome in ("list", "http-404", "article", "redirect", "no-story", "soft-404"):
        record = Record("start")
        for _ in range(9):
            record = after(record, visit(outcome))
        assert (record.kind, record.state, record.due) == ("start", "done", NOW)


def test_robots_and_other_ends():
    assert after(Record(), visit("robots")).due == NOW + 7 * DAY
    assert after(Record(), visit("redirect")).due is None
    assert after(Record(), visit("too-large")) == replace(Record(), state="done")
    later = after(Record(), visit("script"))
    assert later.due == NOW + DAY
    assert after(later, visit("script")).due is None
    assert after(Record(), visit("list")).kind == "list"


def test_only_addresses_that_no_list_names_make_a_host_barren():
    rules, found_on_article, found_on_list = Rules(barren_limit=8), Record(), Record(trusted=True)
    host = Host(fruitful=True)
    for _ in range(20):
        host = host_after(host, visit("http-404"), found_on_list)
    assert not is_barren(host, rules)
    for _ in range(8):
        assert not is_barren(host, rules)
        host = host_after(host, visit("http-404"), found_on_article)
    assert is_barren(host, rules)
    assert not is_barren(host_after(host, visit("article"), found_on_article), rules)


def test_a_host_that_never_gave_anything_is_barren_sooner():
    assert is_barren(Host(barren=2), Rules(barren_limit=8))
    assert not is_barren(Host(barren=2, fruitful=True), Rules(barren_limit=8))


def test_a_host_rests_when_it_asks_for_it_or_fails_on_and_on():
    rules = Rules(host_error_limit=3)
    assert host_rest("timeout", 2, rules, None) == 0
    assert host_rest("timeout", 3, rules, None) == 30 * 60
    assert host_rest("timeout", 4, rules, None) == HOUR
    assert host_rest("http-503", 1, rules, 12.0) == 12
    assert host_rest("http-429", 1, rules, None) == 30
    assert host_rest("http-429", 1, rules, 1e9) == DAY
    assert host_rest("timeout", 10_000, rules, None) == DAY
