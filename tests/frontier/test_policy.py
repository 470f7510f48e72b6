"""The next state of an address after a visit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.frontier.policy import (
    DAY,
    HOUR,
    MINUTE,
    MISSING,
    REFUSED,
    USELESS,
    Host,
    Record,
    Rules,
    Visit,
    after,
    after_failure,
    blames_host,
    hop,
    host_after,
    host_rest,
    is_barren,
    is_failure,
    is_list,
    is_past,
    is_trusted,
    list_wait,
    next_look,
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


def test_an_age_less_than_a_minute_away_has_passed():
    rules = Rules(revisit_after=(HOUR, DAY))
    assert next_look(NOW + HOUR - MINUTE - 1, NOW, rules) == NOW + HOUR
    assert next_look(NOW + HOUR - MINUTE, NOW, rules) == NOW + DAY


def test_an_article_first_seen_by_a_clock_that_ran_ahead_waits_no_longer_than_any_other():
    rules = Rules(revisit_after=(HOUR, DAY))
    assert next_look(NOW, NOW + 3650 * DAY, rules) == NOW + DAY
    assert next_look(NOW, NOW + DAY - HOUR, rules) == NOW + DAY
    assert next_look(NOW, NOW + DAY - HOUR - 1, rules) == NOW + DAY - 1
    assert next_look(NOW, NOW + 3650 * DAY, Rules(revisit_after=())) is None


@pytest.mark.parametrize("outcome", sorted(MISSING))
def test_what_is_missing_is_gone_after_a_second_look(outcome):
    first = after(Record(trusted=True), visit(outcome))
    assert (first.state, first.due) == ("pending", NOW + HOUR)
    second = after(first, visit(outcome, NOW + HOUR))
    assert (second.state, second.due) == ("gone", None)
    assert after(Record("list", trusted=True), visit(outcome)) == replace(first, kind="list")


def test_a_dead_link_that_no_list_names_is_not_looked_at_again():
    dead = after(Record("article"), visit("http-404"))
    assert (dead.state, dead.due, dead.misses) == ("gone", None, 1)


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


def test_a_lost_article_is_looked_for_after_a_week_then_each_month():
    record, waits = after(Record(), visit("article")), []
    for _ in range(10):
        record = after(record, visit("http-404"))
        waits.append(record.due - NOW)
    assert waits == [HOUR, 7 * DAY, 7 * DAY, *[30 * DAY] * 7]
    assert record.misses == 9  # it counts no further


def test_a_missing_part_is_looked_for_an_hour_a_day_and_a_week_later_and_given_up():
    record, waits = Record("part", trusted=True), []
    while record.due is not None or not waits:
        record = after(record, visit("http-404"))
        waits.append((record.state, record.misses, record.due and record.due - NOW))
    assert waits == [("pending", 1, HOUR), ("pending", 2, DAY), ("pending", 3, 7 * DAY), ("gone", 4, None)]


def test_a_page_that_a_list_names_and_that_is_missing_counts_both_looks():
    first = after(Record(trusted=True), visit("http-404"))
    assert (first.misses, after(first, visit("http-404")).misses) == (1, 2)


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
    assert waits == [5, 30, 30 * MINUTE, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, None]
    assert record.tries == 8


def test_a_refusal_is_not_repeated_within_the_run_and_a_pause_asked_for_is_kept():
    assert after_failure(Record(), "http-403", NOW).due == NOW + 30 * 60
    assert after_failure(Record(), "timeout", NOW, within_run=False).due == NOW + 30 * 60
    assert after_failure(Record(), "http-503", NOW, wait=77).due == NOW + 77
    assert after_failure(Record(), "http-503", NOW, wait=4).due == NOW + 5
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
    fresh = after(record, visit("list", news=1))
    assert (fresh.due, fresh.idle) == (NOW, 0)
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
    assert (later.due, later.misses) == (NOW + DAY, 1)
    assert after(later, visit("script")).due is None
    assert after(Record(), visit("list")).kind == "list"


def test_an_address_that_shows_the_article_of_another_is_looked_at_with_that_one():
    was_article = after(Record(), visit("article"))
    assert after(was_article, visit("alias")) == Record("article", "done")


def test_a_further_page_of_a_list_waits_for_the_page_before_it():
    assert after(Record(further=True), visit("list")) == Record("list", "done", further=True)
    lost = after(Record("article", article_since=NOW, further=True), visit("list"))
    assert (lost.kind, lost.state, lost.due) == ("article", "pending", NOW + HOUR)


@pytest.mark.parametrize("kind", ["list", "start"])
def test_a_list_that_answers_something_else_is_still_a_list(kind):
    known = Record(kind, misses=1, idle=4)
    for outcome in ("list", "redirect", "no-story", "script"):
        record = after(known, visit(outcome))
        assert (record.kind, record.state, record.misses, record.idle) == (kind, "done", 0, 5)


def test_a_useless_list_rests_as_after_seven_visits_without_news():
    record = after(Record("list"), Visit("list", NOW, useless=True))
    assert (record.idle, record.due - NOW) == (USELESS, 16 * HOUR)
    assert after(replace(record, idle=8), Visit("list", NOW, useless=True)).idle == 9
    assert after(replace(record, idle=8), Visit("list", NOW, news=3, useless=True)).idle == USELESS


def test_a_list_of_a_day_that_is_over_is_not_asked_again_but_a_start_page_is():
    known = Record("list", misses=1, idle=1)
    assert after(known, Visit("list", NOW, past=True)) == Record("list", "done", idle=2)
    assert after(Record("unknown"), Visit("list", NOW, past=True)) == Record("list", "done", idle=1)
    assert after(Record("start"), Visit("list", NOW, past=True)).due == NOW


def test_a_newspapers_page_is_not_asked_again_but_a_missing_one_is():
    assert after(Record("issue", misses=1), visit("list")) == Record("issue", "done")
    assert after(Record("issue", trusted=True), visit("http-404")).due == NOW + HOUR


@pytest.mark.parametrize(
    ("known", "outcome", "trusted"),
    [
        (Record("unknown"), "list", True),
        (Record("start"), "no-story", True),
        (Record("list"), "no-story", True),
        (Record("issue"), "no-story", True),
        (Record("article", trusted=True), "article", False),
        (Record("unknown", trusted=True), "redirect", True),
        (Record("unknown"), "redirect", False),
    ],
)
def test_whose_links_count_as_named_by_a_list(known, outcome, trusted):
    assert is_trusted(known, outcome) is trusted


@pytest.mark.parametrize(
    ("outcome", "kind", "leads", "expected"),
    [
        ("list", "unknown", [], True),
        ("not-html", "unknown", ["a lead"], True),
        ("not-html", "unknown", [], False),
        ("script", "list", ["a lead"], True),
        ("script", "start", ["a lead"], True),
        ("script", "start", [], False),
        ("script", "unknown", ["a lead"], False),
        ("article", "list", ["a lead"], False),
    ],
)
def test_what_is_a_list(outcome, kind, leads, expected):
    assert is_list(outcome, kind, leads) is expected


def test_a_day_is_over_two_days_after_its_end():
    midnight = 1_772_323_200.0  # 2026-03-01T00:00:00Z
    url = "http://news.test/html/2026-03/01/node_1.htm"
    assert not is_past(url, midnight + 3 * DAY - 1)
    assert is_past(url, midnight + 3 * DAY)
    assert not is_past("http://news.test/node_1.htm", midnight + 3 * DAY)


@pytest.mark.parametrize(
    ("reason", "kind", "blamed"),
    [
        ("http-500", "article", True),
        ("timeout", "part", True),
        ("http-500", "part", False),
        ("storage", "article", False),
        ("redirect-loop", "article", False),
    ],
)
def test_which_failures_count_against_the_host(reason, kind, blamed):
    assert blames_host(reason, kind) is blamed


def test_a_redirect_to_another_spelling_is_followed_at_once_and_counted():
    known = Record("list", due=NOW, tries=1, trusted=True)
    assert hop(known) == Record("list", "pending", tries=2, trusted=True)


@pytest.mark.parametrize("outcome", ["storage", "blocked", "http-425", "http-599"])
def test_what_says_only_that_we_were_not_served(outcome):
    assert is_failure(outcome)
    assert not is_failure(f"{outcome}-")


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


@pytest.mark.parametrize(
    ("outcome", "news", "barren", "fruitful"),
    [
        ("article", 0, 0, True),
        ("unchanged", 0, 0, True),
        ("list", 1, 0, True),
        ("list", 0, 6, False),
        ("no-story", 9, 6, False),
        ("redirect", 0, 5, False),
    ],
)
def test_what_a_visit_says_of_its_host(outcome, news, barren, fruitful):
    assert host_after(Host(streak=3, barren=5), visit(outcome, news=news), Record()) == Host(0, barren, fruitful)
    assert host_after(Host(fruitful=True), visit(outcome), Record(trusted=True)) == Host(0, 0, fruitful=True)


@pytest.mark.parametrize(("limit", "sooner"), [(8, 2), (11, 2), (12, 3), (3, 1), (0, 1)])
def test_a_host_that_never_gave_anything_is_barren_at_a_quarter_of_the_limit(limit, sooner):
    rules = Rules(barren_limit=limit)
    assert is_barren(Host(barren=sooner), rules)
    assert not is_barren(Host(barren=sooner - 1), rules)
    assert is_barren(Host(barren=limit, fruitful=True), rules)
    assert not is_barren(Host(barren=limit - 1, fruitful=True), rules)


def test_a_host_rests_when_it_asks_for_it_or_fails_on_and_on():
    rules = Rules(host_error_limit=3)
    assert host_rest("timeout", 2, rules, None) == 0
    assert host_rest("timeout", 3, rules, None) == 30 * 60
    assert host_rest("timeout", 4, rules, None) == HOUR
    assert host_rest("http-503", 1, rules, 12.0) == 12
    assert host_rest("http-429", 1, rules, None) == 30
    assert host_rest("http-429", 1, rules, 1e9) == DAY
    assert host_rest("timeout", 10_000, rules, None) == DAY
