"""Scripts read without running them."""

from __future__ import annotations

import pytest

from newscrawl.extract.page.script import read_script, unescaped


@pytest.mark.parametrize("keyword", ["return", "typeof", "in", "function"])
def test_a_bracket_behind_a_keyword_calls_nothing(keyword):
    script = read_script(f"var count = pages\n{keyword} (count); open('/list_' + count + '.html')")
    assert "open" in [group.call for group in script.groups]


def test_a_name_before_a_bracket_is_called():
    assert "pages" in [group.call for group in read_script("var count = pages(3)").groups]


def test_a_quote_that_is_never_closed_hides_nothing_behind_it():
    script = read_script('t = s.replace(/\'/g, ""); url = "/a.html"\nnext = \'yes\'')
    assert [text for text, _ in script.texts] == ["", "/a.html", "yes"]
    assert [text for text, _ in read_script(r"""x = "[\"[\"[\" ; y = 'yes'""").texts] == ["yes"]


def test_a_character_written_as_a_pair_of_surrogates_is_one():
    assert unescaped(r"\ud83d\ude00\u4e00") == "😀一"
    assert unescaped(r"\ud83d一") == "�一"
