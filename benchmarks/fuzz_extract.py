"""Extract damaged copies of saved pages for a given time: none may raise or exceed its time limit.

    python -m benchmarks.fuzz_extract [--seconds 120] [--seed 1] [--save DIR]

Over the corpora where NEWSCRAWL_CORPUS names their folder, and over the project's own pages in any case. What fails is
printed with its traceback; `--save` keeps its bytes. The exit status is 1 where anything failed.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import click

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from tests.extract.figures import CORPORA, shared
from tests.extract.own_pages import own_pages

TAG = re.compile(rb"<[^<>]*>")
NOISE = (
    *(
        b"</html>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<script>",
        b"</script>",
        b"<style>",
        b"<table>",
        b"</td>",
        b"<form>",
    ),
    *(b"<p", b"<a href=//[", b'"', b"&#xD800;", b"&#1114112;", b"\0", b"\xff\xfe", b"\x80"),
    *("来源：".encode(), "编辑:".encode("gbk")),
)


def cut(page: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(page) + 1) for _ in range(2))
    return page[:start] if chance.random() < 0.3 else page[:start] + page[end:]


def drop_tags(page: bytes, chance: random.Random) -> bytes:
    share = chance.choice((0.02, 0.2, 0.7))
    return TAG.sub(lambda match: b"" if chance.random() < share else match[0], page)


def double_tags(page: bytes, chance: random.Random) -> bytes:
    share = chance.choice((0.02, 0.2))
    return TAG.sub(lambda match: match[0] * chance.randint(2, 9) if chance.random() < share else match[0], page)


def flip_bytes(page: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(page)
    for _ in range(1 + int(len(page) * chance.choice((0.0005, 0.01, 0.1)))):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    return bytes(flipped)


def insert_noise(page: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(page) + 1)
        page = page[:place] + chance.choice(NOISE) * chance.choice((1, 1, 3, 500)) + page[place:]
    return page


def shuffle(page: bytes, chance: random.Random) -> bytes:
    pieces = page.split(chance.choice((b"<div", b"<p", b"\n", b">")))
    chance.shuffle(pieces)
    return b"<div".join(pieces)


def repeat(page: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(page) + 1) for _ in range(2))
    times = min(50, 3_000_000 // max(1, len(page)))
    return page[:end] + page[start:end] * chance.randint(1, max(1, times)) + page[end:]


MUTATIONS = (cut, drop_tags, double_tags, flip_bytes, insert_noise, shuffle, repeat)


def sources() -> list[tuple[str, str, bytes]]:
    """Name, address and bytes of every page that is damaged."""
    pages = [(page.name, page.url, page.content) for page in own_pages().values()]
    folder = shared()
    saved = sorted(path for name in CORPORA if folder for path in (folder / name).glob("*/*.html"))
    return pages + [
        (path.stem, f"http://saved.test/news/2024/0102/{path.stem}.html", path.read_bytes()) for path in saved
    ]


def damaged(page: bytes, chance: random.Random) -> tuple[str, bytes]:
    """A damaged copy, and what was done to it."""
    done = chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 4)))
    for mutate in done:
        page = mutate(page, chance) or b"<"
    return "+".join(mutate.__name__ for mutate in done), page


@click.command()
@click.option("--seconds", type=float, default=120, show_default=True, help="When to stop.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same pages.")
@click.option(
    "--limit", type=float, default=1.0, show_default=True, help="CPU seconds a page of 1 MB or less may take."
)
@click.option("--save", type=click.Path(path_type=Path, file_okay=False), help="Where failing pages are kept.")
def main(seconds: float, seed: int, limit: float, save: Path | None) -> None:
    """Read damaged pages until the time is up."""
    chance, pages, outcomes, failures = random.Random(seed), sources(), Counter(), Counter()
    until, worst = time.monotonic() + seconds, (0.0, "", 0)
    while time.monotonic() < until:
        name, url, content = chance.choice(pages)
        what, content = damaged(content, chance)
        began = time.process_time()
        try:
            result = read(Document(content, url))
            outcomes[result.reason if isinstance(result, NoArticle) else "article"] += 1
            failure = None
        except Exception as error:  # noqa: BLE001  # finding them is what this is for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            failure = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
            if failure not in failures:
                traceback.print_exc(file=sys.stdout)
        spent = time.process_time() - began
        worst = max(worst, (spent, f"{name} {what}", len(content)))
        if failure is None and spent > limit * max(1, len(content) / 1e6):
            failure = f"slow: {name} {what}, {spent:.2f} s for {len(content)} bytes"
        if failure:
            failures[failure] += 1
            if save:
                save.mkdir(parents=True, exist_ok=True)
                (save / f"{failures.total()}-{name.replace('/', '_')}.html").write_bytes(content)
    click.echo(f"{outcomes.total()} pages read: {dict(outcomes.most_common())}")
    click.echo(f"slowest: {worst[0]:.2f} s, {worst[1]}, {worst[2]} bytes")
    for failure, times in failures.most_common():
        click.echo(f"FAILED {times} times: {failure}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
