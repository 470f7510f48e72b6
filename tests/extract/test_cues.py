"""The table of cues: each row tells its role in its example, and nothing in its counter-example."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.language.lexicon import TABLE, Cue, Cues
from newscrawl.extract.language.plain import plain

ROWS = [pytest.param(row, id=f"{row.role}: {row.says[:20]}") for row in TABLE]


def only(row: Cue) -> Cues:
    """A row compiled alone."""
    cues = Cues(row.role)
    cues.use([row])
    return cues


@pytest.mark.parametrize("row", ROWS)
def test_a_cue_tells_its_role_in_its_example_alone(row):
    cue = only(row)
    found = cue(row.example)
    assert found is not None
    assert found.lastgroup == row.role
    assert cue(row.counter) is None


@pytest.mark.parametrize("row", ROWS)
def test_a_cue_is_written_plain(row):
    words = re.sub(r"\\.", "", row.says)
    assert plain(words) == words


def test_a_match_has_its_place_in_the_text_as_printed():
    assert Cues("details").without("三條新路通車。【詳細>>】") == "三條新路通車。"
    assert Cues("closing_credit")("集市散了。（責任編輯：張三）").start() == 5


@pytest.mark.parametrize("marks", ["", "【", "  ※ ", "<<"])
def test_brackets_and_bullets_in_front_of_a_cue_do_not_count(marks):
    assert Cues("related")(f"{marks}相关阅读") is not None
