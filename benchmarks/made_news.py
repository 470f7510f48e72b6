"""Generate synthetic Chinese news for the benchmarks: realistic word frequencies, set phrases, copies and forms.

A grammar small enough to write down repeats itself: of 8,000 stories by `tests.archive.made_texts` two fifths of the
8-character grams stand in other stories too, which no real archive does. Here words are drawn from 20,000 made ones
by Zipf's law, and one sentence in eight is the grammar's, with its set phrases.
"""

from __future__ import annotations

import random
from collections import deque
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from newscrawl.archive.text.folding import fold
from tests.archive import made_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALL_HAN = [chr(code) for code in range(0x4E00, 0x9FA6, 2)]
_HAN = [character for character in _ALL_HAN if fold(character) == character][:3500]  # simplified, as most news is
_RECENT = 2000  # stories that may still be copied
_PHRASES = Path(opencc.__file__).with_name("dictionary") / "STPhrases.txt"
_LENGTHS = {1: 0.2, 2: 0.55, 3: 0.15, 4: 0.1}  # characters a word: its share of the words


class Words:
    """A vocabulary, made up unless given, and texts drawn from it. The same random seed gives the same texts."""

    def __init__(self, dice: random.Random, words: list[str] | None = None) -> None:
        self._dice = dice
        self._words = words or _made_words(dice)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def draw(self, number: int) -> list[str]:
        """Draw words by their frequency."""
        return self._dice.choices(self._words, cum_weights=self._weights, k=number)

    def story(self) -> str:
        """Make up a story of 5 to 9 paragraphs, some 350 to 900 characters."""
        dice = self._dice
        paragraphs = []
        for _ in range(dice.randint(5, 9)):
            paragraph = made_texts.sentence(dice) if dice.random() < 0.25 else ""
            for _ in range(dice.randint(1, 3)):
                words = self.draw(dice.randint(8, 24))
                if dice.random() < 0.5:
                    words.insert(dice.randrange(len(words)), str(dice.randint(2, 99999)))
                words.insert(len(words) // 2, "，")
                paragraph += "".join(words) + "。"
            paragraphs.append(paragraph)
        return "\n".join(paragraphs)


def _made_words(dice: random.Random, number: int = 20_000) -> list[str]:
    letters = list(accumulate(1 / (rank + 20) for rank in range(len(_HAN))))
    lengths = dice.choices((1, 2, 3), cum_weights=(1, 4, 5), k=number)
    return ["".join(dice.choices(_HAN, cum_weights=letters, k=length)) for length in lengths]


def real_words(dice: random.Random, number: int = 20_000) -> list[str]:
    """Draw words that a dictionary has, in any order: the keys of OpenCC's table of phrases."""
    phrases = [line.split("\t")[0] for line in _PHRASES.read_text(encoding="utf-8").splitlines()]
    of_length = {length: [word for word in phrases if len(word) == length] for length in _LENGTHS}
    of_length[1] = _HAN
    words = [
        word
        for n, share in _LENGTHS.items()
        for word in dice.sample(of_length[n], min(int(share * number), len(of_length[n])))
    ]
    dice.shuffle(words)
    return words


def news(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Generate (text, story) as a crawl would meet them; `story` is the same for the copies of one.

    Of a hundred, 30 are new stories, 55 reprints of recent ones of all the tests' kinds, 5 digests, 10 filled-in forms.
    """
    dice = random.Random(seed)
    words = Words(dice)
    recent = deque([(words.story(), f"first {i}") for i in range(20)], maxlen=_RECENT)
    changes, forms = list(made_texts.KINDS.values()), list(made_texts.FORMS.values())
    for i in range(number):
        lot = dice.random()
        if lot < 0.30:
            recent.append((words.story(), f"story {i}"))
            yield recent[-1]
        elif lot < 0.85:
            text, story = dice.choice(recent)
            yield dice.choice(changes)(text, dice), story
        elif lot < 0.90:
            yield "\n".join(text for text, _ in dice.sample(recent, 3)), f"digest {i}"
        else:
            yield dice.choice(forms)(dice), f"form {i}"
