"""What finding reprints costs, and what it finds, beside other methods: `python -m benchmarks.bench_reprints 10000 …`.

Texts are generated: of a hundred, 30 are new stories, 55 reprints of recent ones, 5 digests, 10 filled-in forms. For
each size: µs an article for the fingerprint and for placing it (look-up, verification, families, writing), bytes an
article on disk without the texts, and peak memory. Times are of the processor, so that other load does not count.
`--peers` adds pairwise precision and recall, and the speed, of
SimHash and of datasketch's MinHash LSH (if installed) on the labelled set of the tests.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from collections import defaultdict, deque
from hashlib import blake2b
from pathlib import Path

from sqlite_utils import Database

from newscrawl.archive import reprints
from newscrawl.archive.sketch import normalised
from tests.archive import made_texts

_ARTICLES = """CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, portal TEXT, published TEXT, first_seen TEXT,
    source_norm TEXT, original_url TEXT, body TEXT, reprint_of INTEGER)"""


def texts(number: int, seed: int = 1):
    """Generate texts as a crawl would meet them."""
    dice = random.Random(seed)
    recent = deque([made_texts.story(dice) for _ in range(20)], maxlen=2000)
    changes, forms = list(made_texts.KINDS.values()), list(made_texts.FORMS.values())
    for _ in range(number):
        lot = dice.random()
        if lot < 0.30:
            recent.append(made_texts.story(dice))
            yield recent[-1]
        elif lot < 0.85:
            yield dice.choice(changes)(dice.choice(recent), dice)
        elif lot < 0.90:
            yield "\n".join(dice.sample(recent, 3))
        else:
            yield dice.choice(forms)(dice)


def measure(number: int) -> None:
    """Place so many texts, a transaction a hundred, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(sqlite3.connect(Path(folder) / "archive.db", isolation_level=None), execute_plugins=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(_ARTICLES)
        db.execute("CREATE TABLE portals (key TEXT PRIMARY KEY, title TEXT)")
        reprints.create(db)
        taken, placed, characters, last = 0.0, 0.0, 0, 0.0
        db.execute("BEGIN IMMEDIATE")
        for article, body in enumerate(texts(number)):
            db.execute("INSERT INTO articles (id, url, body) VALUES (?, ?, ?)", (article, str(article), body))
            begin = time.process_time()
            fingerprint = reprints.fingerprint(body)
            middle = time.process_time()
            reprints.place(db, article, fingerprint, body)
            if article % 100 == 99:
                db.execute("COMMIT")
                db.execute("BEGIN IMMEDIATE")
            end = time.process_time()
            taken, placed, characters = taken + middle - begin, placed + end - middle, characters + len(body)
            if article >= number * 0.9:
                last += end - begin
        db.execute("COMMIT")
        size = "SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'articles%'"
        stored = db.execute(size).fetchone()[0] / number
        families = db.execute("SELECT count(DISTINCT reprint_of) FROM articles").fetchone()[0]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{number:>9,} articles of {characters / number:.0f} characters: "
            f"fingerprint {taken / number * 1e6:.0f} µs, place {placed / number * 1e6:.0f} µs, "
            f"last tenth {last / (number - int(number * 0.9)) * 1e6:.0f} µs in all, "
            f"{stored:.0f} bytes an article, {families:,} families, peak {memory:.0f} MB"
        )
        db.close()


def simhash(text: str, width: int = 64) -> int:
    """Return the SimHash of a text's 3-grams (Charikar 2002)."""
    weights = [0] * width
    for i in range(len(text) - 2):
        value = int.from_bytes(blake2b(text[i : i + 3].encode(), digest_size=8).digest(), "big")
        for bit in range(width):
            weights[bit] += 1 if value >> bit & 1 else -1
    return sum(1 << bit for bit, weight in enumerate(weights) if weight > 0)


def by_simhash(rows, distance: int = 6):
    """Link texts whose SimHashes differ in few bits."""
    prints = [simhash(normalised(row["body"])) for row in rows]
    for i, one in enumerate(prints):
        for j in range(i):
            if (one ^ prints[j]).bit_count() <= distance:
                yield i, j


def by_minhash(rows, threshold: float = 0.5):
    """Link texts that datasketch's MinHash LSH takes for similar."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - an optional peer

    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    for i, row in enumerate(rows):
        text, sketch = normalised(row["body"]), MinHash(num_perm=128)
        sketch.update_batch([text[k : k + 5].encode() for k in range(len(text) - 4)])
        for j in lsh.query(sketch):
            yield i, j
        lsh.insert(i, sketch)


def by_us(rows):
    """Link texts to their families' originals."""
    places = {row["id"]: i for i, row in enumerate(rows)}
    for row in reprints.families_of_texts(rows):
        yield places[row["id"]], places[row["original"]]


def compare() -> None:
    """Print precision, recall and speed of the methods on the labelled set."""
    rows = made_texts.labelled(stories=40, forms=10)
    for name, link in (("newscrawl", by_us), ("SimHash", by_simhash), ("MinHash LSH", by_minhash)):
        begin = time.process_time()
        try:
            family = _components(len(rows), link(rows))
        except ModuleNotFoundError as error:
            print(f"{name}: {error.name} is not installed")
            continue
        each = (time.process_time() - begin) / len(rows) * 1e6
        precision, recall = _pairwise(family, [row["story"] for row in rows])
        print(f"{name:>12}: precision {precision:.3f}, recall {recall:.3f}, {each:.0f} µs an article")


def _components(number: int, links) -> list[int]:
    family = list(range(number))
    for one, other in links:
        old, new = family[one], family[other]
        if old != new:
            family = [new if name == old else name for name in family]
    return family


def _pairwise(family, stories) -> tuple[float, float]:
    def pairs(names) -> int:
        counts: dict = defaultdict(int)
        for name in names:
            counts[name] += 1
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = pairs(zip(family, stories, strict=True))
    return both / max(1, pairs(family)), both / max(1, pairs(stories))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("sizes", nargs="*", type=int, default=[10_000])
    arguments.add_argument("--peers", action="store_true")
    options = arguments.parse_args()
    for size in options.sizes:
        measure(size)
    if options.peers:
        compare()
