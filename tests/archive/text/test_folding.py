"""Folded text, and the tokens that are indexed of it."""

from __future__ import annotations

import pytest

from newscrawl.archive.text.folding import count_tokens, fold, tokens


@pytest.mark.parametrize("text", ["", " ", "，", "清", "清县", "清县 清县", "桥长5 4 米。", "A B ａ ｂ", "臺灣"])
def test_tokens_are_counted_as_they_are_made(text):
    folded = fold(text)
    assert count_tokens(folded) == len(tokens(folded))
