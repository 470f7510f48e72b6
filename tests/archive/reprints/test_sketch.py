"""Fingerprints of texts, and how much of one text is in another."""

from __future__ import annotations

import random
from hashlib import sha256
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.reprints import sketch
from newscrawl.archive.reprints.sketch import Overlap, compare, fingerprint, normalised, relation, shares
from tests.archive import made_texts

# Text that folding leaves unchanged, without digits.
PLAIN = [c for c in map(chr, range(0x4E8D, 0x9FA5)) if normalised(c) == c and not sketch._ANY_NUMBER.match(c)]


def letters(seed: int, count: int) -> str:
    """Make up a text of so many different characters."""
    return "".join(random.Random(seed).sample(PLAIN, count))


ONE, OTHER = letters(1, 3000), letters(2, 3000)


def smallest(text: str, wanted: int) -> tuple[int, ...]:
    """Compute a sketch in the simplest way, for comparison."""
    grams = {text[start : start + 8].encode("utf-16-le") for start in range(len(text) - 7)}
    return tuple(sorted({crc32(gram) for gram in grams})[:wanted])


@pytest.mark.parametrize(
    ("length", "values"),
    [(99, 0), (100, 20), (839, 20), (840, 21), (2559, 63), (2560, 64), (2999, 64)],
)
def test_a_sketch_has_a_value_for_forty_characters_within_bounds(length, values):
    text = normalised(ONE[:length])
    assert len(text) == length
    kept = fingerprint(text)
    assert kept.sketch == smallest(text, values)
    assert (kept.length, len(kept.sketch)) == (length, values)
    assert kept.content_hash == sha256(text.encode()).hexdigest()


@settings(max_examples=40)
@given(st.text(alphabet="春夏秋冬一二", min_size=100, max_size=400), st.integers(1, 5))
def test_a_text_that_repeats_itself_keeps_what_values_it_has(text, times):
    text = normalised(text * times)
    assert fingerprint(text).sketch == smallest(text, max(20, len(text) // 40))


@given(st.text(max_size=60))
def test_the_hash_alone_is_that_of_the_fingerprint(text):
    assert sketch.content_hash(text) == fingerprint(text).content_hash


def test_a_fingerprint_is_of_the_letters_alone_and_of_any_characters():
    assert fingerprint("春 夏，秋。\n冬") == fingerprint("春夏秋冬")
    assert fingerprint("春\ud800夏" * 60).sketch


@pytest.mark.parametrize(
    ("in_original", "of_original", "name"),
    [
        (0.95, 0.95, "same"),
        (0.949, 0.95, "extended"),
        (0.95, 0.949, "cut"),
        (0.9, 0.9, "cut"),
        (0.9, 0.89, "cut"),
        (0.9, 0.91, "extended"),
        (0.899, 0.899, "edited"),
        (0.899, 0.9, "extended"),
        (0.899, 0.1, "edited"),
        (0.1, 0.899, "edited"),
    ],
)
def test_the_name_of_a_relation(in_original, of_original, name):
    assert relation(in_original, of_original) == name


def test_a_text_that_stands_whole_in_another_is_a_part_of_it_with_its_place():
    small = ONE[200:500]
    found = compare(small, ONE[:1000])
    assert found == Overlap(1.0, 296 / 996, 0.2, 0.5)
    assert compare(ONE[:904], ONE[:1000]) == Overlap(1.0, 900 / 996, 0.0, 1.0)  # nine tenths are no part
    assert compare(ONE[50:944], ONE[:1000]) == Overlap(1.0, 890 / 996, 0.05, 0.944)
    assert compare(ONE[:1000], ONE[:1000]) == Overlap(1.0, 1.0, 0.0, 1.0)
    assert compare(ONE[:300], ONE[:1000]) == Overlap(1.0, 296 / 996, 0.0, 0.3)
    assert compare(ONE[50:954], ONE[:1004]) == Overlap(1.0, 0.9, 0.0, 1.0)
    assert compare(ONE[10:110], ONE[:1000]) == Overlap(1.0, 96 / 996, 0.01, 0.11)
    assert compare(ONE[:100], ONE[:100] * 10) == Overlap(1.0, 96 / 996, 0.0, 0.1)


def test_of_two_texts_that_are_nearly_the_same_all_is_common():
    found = compare(ONE[:1000], ONE[:500] + OTHER[:10] + ONE[500:1000])
    assert found == Overlap(992 / 996, 992 / 1006, 0.0, 1.0)


@pytest.mark.parametrize(("common", "found"), [(99, False), (100, True)])
def test_a_hundred_characters_have_to_be_shared(common, found):
    small, large = ONE[:common] + OTHER[:40], OTHER[100:200] + ONE[:common] + OTHER[200:300]
    overlap = compare(small, large)
    assert (overlap is not None) is found
    if overlap:
        assert overlap.of_small == 96 / 136
        assert overlap.of_large == 96 / 296


@pytest.mark.parametrize(
    ("figures", "of_small", "found"),
    [
        ("", 0.54, False),
        ("", 0.56, True),
        ("same", 0.39, False),
        ("same", 0.41, True),
        ("half", 0.59, False),
        ("half", 0.61, True),
        ("other", 0.61, False),
    ],
)
def test_what_share_makes_a_reprint_hangs_on_the_figures(figures, of_small, found):
    """The same figures let more words differ, and with other figures the words must be nearly the same."""
    length = 1000
    numbers = [f"{number}{ONE[2000 + number]}{ONE[2100 + number]}" for number in range(11, 15)]
    theirs = {
        "": [],
        "same": numbers,
        "half": [*numbers[:2], *(f"{number}{OTHER[number]}" for number in range(31, 33))],
        "other": [f"{number}{OTHER[number]}" for number in range(31, 35)],
    }[figures]
    ours = numbers if figures else []
    cut = round(of_small * (length + len("".join(ours))))
    small = ONE[:cut] + OTHER[1000 : 2000 - cut] + "".join(ours)
    large = ONE[:cut] + OTHER[2000 : 3000 - cut] + "".join(theirs) + OTHER[500:600]
    overlap = compare(small, large)
    assert (overlap is not None) is found
    if overlap:
        assert abs(overlap.of_small - of_small) < 0.03


def form(seed: int, name: str) -> str:
    """Fill in a form of many figures."""
    dice = random.Random(seed)
    blanks = [f"{ONE[place : place + 20]}{dice.randint(1000, 9999)}" for place in range(0, 400, 20)]
    return "".join(blanks) + name


@pytest.mark.parametrize(
    ("other", "found"),
    [(form(1, letters(3, 60)), True), (form(2, letters(3, 60)), True), (form(2, letters(4, 60)), False)],
)
def test_a_form_with_other_figures_and_names_is_no_reprint(other, found):
    assert (compare(form(1, letters(3, 60)), other) is not None) is found


@pytest.mark.parametrize(
    ("agreement", "least"), [(None, 0.55), (1.0, 0.4), (0.6, 0.4), (0.59, 0.6), (0.5, 0.6), (0.0, 0.6)]
)
def test_the_share_that_is_asked_for(agreement, least):
    assert sketch._threshold(agreement) == least


@pytest.mark.parametrize(
    ("small", "large", "agreement"),
    [
        ("投资30亿元", "投资30亿元", None),
        ("共有12人和34人", "共有12人和34人", None),
        ("共有12人和34人及56人", "别处12人和34亩及56亩", 2 / 3),
        ("共有12人和34人及56人", "共有12次，人和34次，人及56次", 1.0),
        ("共有12人和34人及56人", "计划13人和35人及57人", 0.0),
        ("12人和34人及56", "12人与他34人们56", 2 / 3),
    ],
)
def test_numbers_agree_that_stand_in_the_same_words_before_or_after_them(small, large, agreement):
    assert sketch._number_agreement(small, large) == agreement


def test_words_agree_whatever_the_numbers():
    assert sketch._word_agreement("今年完成三十亩造林任务", "今年完成1500亩造林任务") == 1.0
    assert sketch._word_agreement("abcdefg", "abcdeXX") == 1 / 3


def test_the_place_of_what_is_common_leaves_out_chance():
    text = ONE[:1000]
    grams = {text[start : start + 5] for start in range(300, 600)}
    start, end = sketch._span(text, grams)
    assert 0.3 <= start <= 0.34
    assert 0.56 <= end <= 0.605
    chance = grams | {text[3:8], text[990:995]}
    assert sketch._span(text, chance) == (start, end)
    assert sketch._span(text, set()) == (0.0, 1.0)
    assert sketch._span(text, {text[300:305]}) == (0.3, 0.305)
    assert sketch._span(text, {text[300:305], text[303:308]}) == (0.3, 0.308)


def test_shares_are_told_both_ways():
    assert shares(ONE[:200], ONE[:400]) == (1.0, 196 / 396)
    assert shares(ONE[:400], ONE[:200]) == (196 / 396, 1.0)
    one, other = ONE[:50] + OTHER[:54], OTHER[2000:2050] + ONE[:50] + OTHER[2100:2154]
    assert shares(one, other) == (46 / 100, 46 / 150)
    again = "春夏秋冬" * 30
    assert shares(again, again + ONE[:100]) == (1.0, 116 / 216)
    assert shares(again + ONE[:100], again) == (116 / 216, 1.0)
    assert shares("短文", "短文") == (1.0, 1.0)
    assert shares("短文", "长文") == (0.0, 0.0)
    assert shares("短文", "这里有短文") == (0.0, 0.0)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([made_texts.trimmed, made_texts.rewritten, made_texts.merged]))
def test_a_look_at_some_grams_refuses_no_reprint(seed, change):
    dice = random.Random(seed)
    text = made_texts.story(dice, 6)
    small, large = sorted((normalised(text), normalised(change(text, dice))), key=len)
    agreement = sketch._number_agreement(small, large)
    grams = sketch._grams(small)
    if len(grams & sketch._grams(large)) / len(grams) >= 0.6:
        assert not sketch._is_hopeless(small, large, agreement)
    assert sketch._is_hopeless(OTHER[:500], ONE[:500], None)
