"""Scripts read without running them."""

from __future__ import annotations

import pytest

from newscrawl.discover.data.script import read_script


@pytest.mark.parametrize("keyword", ["return", "typeof", "in", "function"])
def test_a_bracket_behind_a_keyword_calls_nothing(keyword):
    script = read_script(f"var count = pages\n{keyword} (count); open('/list_' + count + '.html')")
    assert "open" in [group.call for group in script.groups]


def test_a_name_before_a_bracket_is_called():
    assert "pages" in [group.call for group in read_script("var count = pages(3)").groups]
