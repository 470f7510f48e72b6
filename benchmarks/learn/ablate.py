"""Switch off each cue, pattern and number of extraction, one at a time, and count the pages whose result changes.

    python -m benchmarks.learn.ablate [cues] [patterns] [numbers]

Needs NEWSCRAWL_CORPUS. What changes no page has no effect; it stays only where a test of its kind fails without it.
Folds 3 and 4 of `corpus-wide` are left out: they are scored, and nothing is chosen by them.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import click

from benchmarks.folds import SEEN_FOLDS
from newscrawl.extract.language.lexicon import TABLE, Cue, Cues
from newscrawl.extract.language.patterns import parts
from newscrawl.extract.language.plain import plain
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.lines import walk
from tests.extract.figures import Figures, averaged, corpus_row, shared
from tests.extract.own_pages import own_pages

if TYPE_CHECKING:
    from pathlib import Path

CORPORA = ("corpus", "corpus-text", "corpus-wide", "corpus-kinds")
EXTRACT = "newscrawl.extract"
_NEVER = re.compile(r"(?!)")
_SHAKEN = (0.7, 1.3)  # what a number is multiplied by
_CHANGE = 0.0005  # of a figure: less is not printed
Undo = Callable[[], None]


@dataclass
class Page:
    """A page of a corpus, or of the project's own, whose corpus is ""."""

    corpus: str
    name: str
    document: Document

    def read(self) -> dict[str, Any]:
        """Read the page anew; its walk is kept."""
        document = self.document
        document.hints, document.analyses = (
            None,
            {key: found for key, found in document.analyses.items() if key is walk},
        )
        result = read(document, on_error=lambda _: None)
        return asdict(result)

    def figures(self, folder: Path, got: dict[str, Any]) -> Figures:
        """How good a reading is, for pages of `corpus-wide`."""
        return corpus_row(folder / self.corpus, self.name, got)


class Switch(NamedTuple):
    """What can be switched off: its name, how, and the pages it may change (None: any)."""

    name: str
    off: Callable[[], Undo]
    pages: set[int] | None = None


def pages_of(folder: Path) -> list[Page]:
    """The pages of the corpora without the folds that are only scored, and the project's own."""
    found = []
    for corpus in CORPORA:
        for entry in json.loads((folder / corpus / "manifest.json").read_text("utf-8")):
            if entry.get("fold", 0) in SEEN_FOLDS or corpus != "corpus-wide":
                content = (folder / corpus / "pages" / f"{entry['id']}.html").read_bytes()
                found.append(Page(corpus, entry["id"], Document(content, entry["url"])))
    return [*found, *(Page("", name, page.document) for name, page in own_pages().items())]


def rooms() -> Iterator[tuple[str, dict[str, Any]]]:
    """The modules of extraction by name, with what they hold."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(EXTRACT):
            yield name.removeprefix(EXTRACT + "."), vars(module)


def forget() -> None:
    """Empty the caches of extraction: what they hold was read with other rules."""
    for _, room in rooms():
        for value in list(room.values()):
            if (
                hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]
            ):  # not what is read from files
                value.cache_clear()


def cues(pages: list[Page]) -> Iterator[Switch]:
    """Each alternative of each row of the table of cues, with the pages on which it says something."""
    compiled = [value for _, room in rooms() for value in room.values() if isinstance(value, Cues)]
    compiled = list({id(value): value for value in compiled}.values())
    said: dict[str, dict[str, set[int]]] = {}
    for number, page in enumerate(pages):
        for role, text in _asked(page):
            said.setdefault(role, {}).setdefault(text, set()).add(number)
    for row in TABLE:
        for rest, alternative in _without_each(row):
            alone = Cues(row.role)
            alone.use([row._replace(says=alternative)])
            users = [one for one in compiled if row.role in one.roles]
            told = set().union(*(found for text, found in said.get(row.role, {}).items() if alone(text)))
            yield Switch(
                f"{row.role}: {alternative}", lambda row=row, rest=rest, users=users: _swap(users, row, rest), told
            )


def _asked(page: Page) -> set[tuple[str, str]]:
    """The roles and plain texts that reading a page asks for."""
    asked = set()
    call, each = Cues.__call__, Cues.each

    def record(method: Callable[[Cues, str], Any]) -> Callable[[Cues, str], Any]:
        def recorded(self: Cues, text: str) -> Any:
            asked.update((role, plain(text)) for role in self.roles)
            return method(self, text)

        return recorded

    forget()
    with patch.object(Cues, "__call__", record(call)), patch.object(Cues, "each", record(each)):
        page.read()
    return asked


def _without_each(row: Cue) -> Iterator[tuple[Cue | None, str]]:
    every = parts(row.says)
    for alternative in every:
        rest = [other for other in every if other != alternative]
        yield row._replace(says="|".join(rest)) if rest else None, alternative


def _swap(users: list[Cues], row: Cue, rest: Cue | None) -> Undo:
    table = [other for known in TABLE if (other := rest if known is row else known) is not None]
    for one in users:
        one.use(table)
    return lambda: [one.use(TABLE) for one in users] and None


def named(kind: type, values: Callable[[Any], list[Any]]) -> Iterator[Switch]:
    """Each constant of some kind in the modules of extraction, with what is put in its place."""
    seen: set[int] = set()
    for module, room in rooms():
        for name, value in list(room.items()):
            if type(value) is kind and (kind is not re.Pattern or id(value) not in seen):
                seen.add(id(value))
                users = [other for _, other in rooms() if other.get(name) is value]
                for other in values(value):
                    shown = f" {value} → {other}" if kind is not re.Pattern else ""
                    yield Switch(f"{module}.{name}{shown}", lambda u=users, n=name, v=value, o=other: _set(u, n, v, o))


def _set(users: list[dict[str, Any]], name: str, value: Any, other: Any) -> Undo:
    for room in users:
        room[name] = other
    return lambda: [room.update({name: value}) for room in users] and None


def _shaken(number: float) -> list[float]:
    near = [number * factor for factor in _SHAKEN]
    return near if isinstance(number, float) else sorted({round(near[0] - 0.5), round(near[1] + 0.5)} - {number})


def report(folder: Path, pages: list[Page], switches: Iterator[Switch]) -> None:
    """Print each switch with the number of pages it changes, and the change of each figure on folds 0 to 2."""
    forget()
    before = [page.read() for page in pages]
    scored = [number for number, page in enumerate(pages) if page.corpus == "corpus-wide"]
    figures = {number: pages[number].figures(folder, before[number]) for number in scored}
    base = averaged(list(figures.values()))
    for switch in switches:
        undo = switch.off()
        forget()
        numbers = range(len(pages)) if switch.pages is None else sorted(switch.pages)
        changed = {number: got for number in numbers if (got := pages[number].read()) != before[number]}
        undo()
        now = {number: pages[number].figures(folder, got) for number, got in changed.items() if number in figures}
        moved = averaged(list((figures | now).values())) if now else base
        told = [f"{name} {moved[name] - base[name]:+.3f}" for name in base if abs(moved[name] - base[name]) > _CHANGE]
        own = sum(not pages[number].corpus for number in changed)
        click.echo(f"{len(changed):4} {own:3}  {switch.name}  {', '.join(told)}")
    forget()


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(["cues", "patterns", "numbers"]))
def main(kinds: tuple[str, ...]) -> None:
    """Switch off what is asked for (by default all), one by one: changed pages, of them own ones, name, figures."""
    folder = shared()
    if folder is None:
        raise click.ClickException("set NEWSCRAWL_CORPUS to the folder of labelled pages")
    logging.disable()
    pages = pages_of(folder)
    if not kinds or "cues" in kinds:
        report(folder, pages, cues(pages))
    if not kinds or "patterns" in kinds:
        report(folder, pages, named(re.Pattern, lambda _: [_NEVER]))
    if not kinds or "numbers" in kinds:
        report(folder, pages, named(int, _shaken))
        report(folder, pages, named(float, _shaken))


if __name__ == "__main__":
    main()
