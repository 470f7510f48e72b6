"""A data response shows how long its list is; one parameter of its request is the page number."""

from __future__ import annotations

import pytest

from newscrawl.discover.answer import Answer
from newscrawl.discover.data.counting import _Counter, facts_of, next_request


@pytest.mark.parametrize(
    ("pairs", "following"),
    [
        ([("page", "2"), ("size", "20")], [("page", "3"), ("size", "20")]),
        ([("page", 2)], [("page", 3)]),
        ([("start", "20"), ("rows", "10")], [("start", "30"), ("rows", "10")]),
        ([("start", 1), ("end", 15)], [("start", 16), ("end", 30)]),
        ([("page", "²")], [("page", "²")]),  # a digit, but no number
        ([("page", True)], [("page", True)]),
        ([("page", None)], [("page", None)]),
    ],
)
def test_the_page_number_is_increased_as_it_is_written(pairs, following):
    assert _Counter({}, 10).bump(pairs) == following


def test_numbers_of_pages_and_rows_are_read_from_data_and_markup():
    assert facts_of({"data": {"totalPages": "3", "total": 41}, "hasNext": False}) == {
        "pages": 3,
        "rows": 41,
        "more": False,
    }
    assert facts_of({"totalPages": "³"}) == {}
    assert facts_of("<list><total>7</total></list>") == {"rows": 7}


@pytest.mark.parametrize(
    ("sent", "following"),
    [('{"page": 1, "size": 20}', '{"page": 2, "size": 20}'), ("{page: 1}", None), ("{%22page%22: 1", None)],
)
def test_a_request_whose_body_is_no_json_has_no_next_one(sent, following):
    answer = Answer("http://b.test/list", b"", method="POST", sent=sent)
    lead = next_request(answer, {"total": 100}, 20)
    assert (lead and lead.body) == following
