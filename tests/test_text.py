"""White space, width and invisible characters."""

from __future__ import annotations

import pytest

from newscrawl.text import fold, han, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("　　甲  乙\n\t丙　", "甲 乙 丙"),
        ("甲\u200b乙\ufeff\xad丙", "甲乙丙"),
        ("甲\xa0\u2003乙", "甲 乙"),
        ("\x00甲\x0b\x1f乙\x7f", "甲 乙"),
        ("甲 \u200b 乙", "甲 乙"),
        ("\u200b \ufeff", ""),
        ("", ""),
        ("𠮷野家", "𠮷野家"),
        ("\ue612 热点\uf105", "热点"),  # icons of a site's font
        ("李\ue863", "李\ue863"),  # a character that GB 18030 has put there
    ],
)
def test_tidy(text, tidied):
    assert tidy(text) == tidied


@pytest.mark.parametrize("text", ["甲 乙，丙。", "a　b\u200bc", "１２３ ＡＢＣ"])
def test_tidy_changes_nothing_twice(text):
    assert tidy(tidy(text)) == tidy(text)


def test_fold_keeps_what_tells_two_texts_apart():
    assert fold("《ＡＢＣ》 新闻——第１２期！") == fold("abc新闻 第12期")
    assert fold("甲乙") != fold("甲丙")


def test_han_counts_chinese_characters_alone():
    assert han("甲乙abc，。丙 ") == 3


def test_a_character_the_page_has_lost_is_marked_as_print_does():
    assert tidy("记者胡\ufffd、侯某") == "记者胡□、侯某"
