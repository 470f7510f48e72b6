"""Expanding a pattern makes it faster, and never changes what it finds."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.language.patterns import firsts, searched

TEXTS = [
    "版权所有 © 示例网",
    "本网站转载",
    "該網轉載",
    "a|b",
    "Copyright 2024",
    "COPYRIGHT",
    "subnav nav-bar",
    "[编辑]",
    "+1 顶",
    "",
    "x",
]


@pytest.mark.parametrize(
    "pattern",
    [
        "[网網]站?(?:转|轉)",
        "(?:本|該)?(?:网|網)(?:站)?",
        "(?<![a-z])nav(?![a-z])|foot",
        "(?<![a-z])(?:nav|bar)",
        r"[/|｜]\s*b|[+＋]?1",
        r"\[编|\d+",
        "版[权權](?:所有|归)|^本|(?:a)*b",
        "(?:版|copy)right|©",
        "x|",
    ],
)
def test_finds_what_the_pattern_finds(pattern):
    plain, fast = re.compile(pattern), searched(pattern)
    for text in TEXTS:
        assert [m.span() for m in fast.finditer(text)] == [m.span() for m in plain.finditer(text)], text


def test_every_alternative_begins_with_a_literal():
    assert searched("[网網]站|(?:本|该)文", "(?<![a-z])nav").pattern == "网站|網站|本文|该文|n(?<![a-z]n)av"


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [("网站|(?:本|该)文", "网本该"), (r"\d+次|[大小]字", "0123456789大小"), ("(?=a)b", None), ("x?y", "xy")],
)
def test_the_characters_a_match_can_begin_with(pattern, characters):
    assert firsts(pattern) == (None if characters is None else frozenset(characters))
