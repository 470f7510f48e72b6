"""The outcomes: every name has one meaning, wherever it is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from newscrawl.archive.write.timeline import absence
from newscrawl.explore.words import OUTCOMES
from newscrawl.extract.page.bounds import TOO_COMPLEX
from newscrawl.frontier import policy
from newscrawl.outcomes import GONE, MISSING, Means, Outcome, http

PAGE = "http://news.test/a/1.html"


def test_an_outcome_is_its_name():
    assert Outcome.SOFT_404 == "soft-404"
    assert f"{Outcome.SOFT_404}" == "soft-404"
    with closing(sqlite3.connect(":memory:")) as db:
        assert db.execute("SELECT ?, typeof(?)", (Outcome.LIST, Outcome.LIST)).fetchone() == ("list", "text")
    assert http(404) == Outcome.HTTP_404


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_says_what_it_is(outcome):
    assert outcome.says.endswith(".")
    # what shows that a page is not there is no failure of its host, and what turns us away is no withdrawal
    assert not (outcome in MISSING and policy.is_failure(outcome))
    assert not (Means.REFUSED in outcome.means and outcome in GONE)


@pytest.mark.parametrize(
    ("outcome", "gone"), [("soft-404", True), ("list", True), ("blocked", False), ("empty", False)]
)
def test_only_what_is_evidence_makes_an_article_gone(outcome, gone):
    assert (absence(PAGE, 200, outcome, None) is not None) is gone
    assert absence(PAGE, 503, outcome, None) is None


def test_what_the_pages_in_a_browser_name_is_an_outcome():
    assert OUTCOMES.keys() <= set(Outcome)
    assert TOO_COMPLEX in OUTCOMES
