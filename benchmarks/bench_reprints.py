"""Measure cost and quality of reprint detection in a growing archive, beside other methods: `make bench-reprints`.

One archive grows to the largest of the sizes named. At each size, over the articles since the one before, µs an article
for the sketch (and the hash), to look up candidates and write the sketch, to verify them, to settle families; over the
last tenth of them in all; bytes an article on disk beside the texts; peak memory. Times are of the processor, so
that other load counts little.
The texts are those of `made_news`. The archive is a temporary file without fsync; a commit every hundred articles.

`--peers N` gives pairwise precision and recall, and the time an article, of SimHash and of datasketch's MinHash LSH
beside ours, on the first N of the same texts. A peer's pairs are those it names itself, so that one wrong link merges
no families. What a peer needs is in `archive-peers.in`; one that is not installed is left out.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from sqlite_utils import Database

from benchmarks.made_news import news
from newscrawl.archive.db.connection import CACHE_KIB
from newscrawl.archive.reprints import detect, families, sketch
from newscrawl.archive.reprints.sketch import normalised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import ModuleType

_ARTICLES = """CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, portal TEXT, published TEXT, first_seen TEXT,
    source_norm TEXT, original_url TEXT, canonical_url TEXT, body TEXT, reprint_of INTEGER)"""
_BATCH = 100  # articles a transaction
_BANDS = 8  # of a SimHash, a byte each: hashes that differ in up to 7 bits share one
_BITS = 6  # in which the SimHashes of copies may differ


class Meter:
    """CPU seconds since the last size, by step, without the steps inside it; and those of the last tenth."""

    def __init__(self) -> None:
        self.steps = dict.fromkeys(("sketch", "look up", "verify", "families", "commit"), 0.0)
        self.late = 0.0
        self._inner = [0.0]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the CPU time of the block."""
        begin = time.process_time()
        self._inner.append(0.0)
        yield
        spent = time.process_time() - begin
        self.steps[name] += spent - self._inner.pop()
        self._inner[-1] += spent

    def watch(self, module: ModuleType, function: str, name: str) -> AbstractContextManager[object]:
        """Count every call of a module's function as a step."""
        original = getattr(module, function)

        def counted(*arguments: object) -> object:
            with self.step(name):
                return original(*arguments)

        return patch.object(module, function, counted)

    def restart(self) -> None:
        """Begin the next size."""
        self.steps = dict.fromkeys(self.steps, 0.0)
        self.late = 0.0


def measure(sizes: list[int]) -> None:
    """Let an archive grow, and print time and memory at each size."""
    with tempfile.TemporaryDirectory() as folder:
        db = _new_archive(Path(folder) / "archive.db")
        start, before, characters, meter = time.perf_counter(), 0, 0, Meter()
        ahead = list(sizes)
        db.execute("BEGIN IMMEDIATE")
        with (
            meter.watch(detect, "_put_in", "look up"),
            meter.watch(sketch, "compare", "verify"),
            meter.watch(families, "settle", "families"),
        ):
            for article, (body, _) in enumerate(news(sizes[-1])):
                db.conn.execute("INSERT INTO articles (id, url, body) VALUES (?, ?, ?)", (article, str(article), body))
                begin = time.process_time()
                _place(db, article, body, meter)
                late = article >= ahead[0] - (ahead[0] - before) // 10
                meter.late += (time.process_time() - begin) * late
                characters += len(body)
                if article + 1 == ahead[0]:
                    db.execute("COMMIT")
                    _report(db, before, ahead[0], meter, characters)
                    print(f"{'':>10}{time.perf_counter() - start:.0f} s by the clock so far", flush=True)
                    before = ahead.pop(0)
                    meter.restart()
                    db.execute("BEGIN IMMEDIATE")
        db.execute("COMMIT")
        db.close()


def _place(db: Database, article: int, body: str, meter: Meter) -> None:
    with meter.step("sketch"):
        fingerprint = detect.fingerprint(body)
    with meter.step("look up"):
        detect.place(db, article, fingerprint, body)
    if article % _BATCH == _BATCH - 1:
        with meter.step("commit"):
            db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")


def _new_archive(path: Path) -> Database:
    db = Database(sqlite3.connect(path, isolation_level=None), execute_plugins=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    db.execute(_ARTICLES)
    db.execute("CREATE TABLE portals (key TEXT PRIMARY KEY, title TEXT)")
    detect.create(db)
    return db


def _report(db: Database, before: int, size: int, meter: Meter, characters: int) -> None:
    number = size - before
    stored = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'articles%'").fetchone()[0]
    families = db.execute("SELECT count(DISTINCT reprint_of) FROM articles").fetchone()[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = ", ".join(f"{name} {spent / number * 1e6:.0f} µs" for name, spent in meter.steps.items())
    print(
        f"{size:>9,} articles of {characters / size:.0f} characters: {steps}, "
        f"last tenth {meter.late / (number // 10) * 1e6:.0f} µs in all; "
        f"{stored / size:.0f} bytes an article, {families:,} families, peak {memory:.0f} MB"
    )


def by_us(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Give all pairs of texts that are in one family."""
    members: dict[int, list[int]] = defaultdict(list)
    for row in detect.families_of_texts({"id": i, "body": text} for i, text in enumerate(texts)):
        for other in members[row["family"]]:
            yield row["id"], other
        members[row["family"]].append(row["id"])


def by_simhash(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Give the pairs whose SimHashes over 3-grams (Charikar 2002) differ in few bits, found by bands (Manku 2007)."""
    import numpy as np  # noqa: PLC0415 - comes with a peer

    bands: dict[tuple[int, int], list[int]] = defaultdict(list)
    prints: list[int] = []
    for i, text in enumerate(map(normalised, texts)):
        grams = [text[k : k + 3].encode() for k in range(max(1, len(text) - 2))]
        bits = np.unpackbits(np.frombuffer(b"".join(blake2b(g, digest_size=8).digest() for g in grams), np.uint8))
        ones = bits.reshape(-1, 64).sum(axis=0) * 2 > len(grams)
        print_ = int.from_bytes(np.packbits(ones).tobytes(), "big")
        keys = list(enumerate(print_.to_bytes(_BANDS, "big")))
        for j in {j for key in keys for j in bands[key]}:
            if (print_ ^ prints[j]).bit_count() <= _BITS:
                yield i, j
        for key in keys:
            bands[key].append(i)
        prints.append(print_)


def by_minhash(texts: list[str], threshold: float = 0.5) -> Iterator[tuple[int, int]]:
    """Give the pairs that datasketch's MinHash LSH (128 permutations, 5-grams) takes for similar."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - an optional peer

    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    for i, text in enumerate(map(normalised, texts)):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([text[k : k + 5].encode() for k in range(max(1, len(text) - 4))])
        for j in lsh.query(sketch):
            yield i, j
        lsh.insert(i, sketch)


def compare(number: int) -> None:
    """Print precision, recall and speed of the methods on the same texts."""
    texts, stories = map(list, zip(*news(number), strict=True))
    sizes = Counter(stories).values()
    true = sum(size * (size - 1) // 2 for size in sizes)
    methods: dict[str, Callable[[list[str]], Iterator[tuple[int, int]]]]
    methods = {"newscrawl": by_us, "SimHash": by_simhash, "MinHash LSH": by_minhash}
    print(f"{number:,} of these texts, {true:,} pairs of copies:")
    for name, pairs in methods.items():
        normalised.cache_clear()
        begin, found, right = time.process_time(), 0, 0
        try:
            for one, other in pairs(texts):
                found, right = found + 1, right + (stories[one] == stories[other])
        except ModuleNotFoundError as error:
            print(f"{name:>12}: {error.name} is not installed")
            continue
        each = (time.process_time() - begin) / number * 1e6
        print(f"{name:>12}: precision {right / max(1, found):.3f}, recall {right / true:.3f}, {each:.0f} µs an article")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("sizes", nargs="*", type=int, default=[10_000])
    arguments.add_argument("--peers", type=int, default=0, metavar="N")
    options = arguments.parse_args()
    if options.peers:
        compare(options.peers)
    measure(sorted(options.sizes))
