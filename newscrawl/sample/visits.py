"""The demonstration: four crawls of the sample portal in its two editions, one right after the other.

The first crawl reads the first edition. From the second crawl on there is the second edition: one article is edited,
one withdrawn, one new; and another is missing by a fault. The third crawl confirms both absences. Before the fourth
the fault is fixed, and that article is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder
from newscrawl.errors import NewscrawlError
from newscrawl.run import Runner, check_storage
from newscrawl.sample import HOME, serve, stories
from newscrawl.sample.addresses import MOVED_TO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.run import Run

RETURNING: Final = f"{HOME}keji/10440.html"  # missing at the second and third visit
# For each visit: the edition, and pages that are missing by a fault.
_VISITS: Final = ((1, ()), (2, (RETURNING,)), (2, (RETURNING,)), (2, ()))
_MADE: Final = ".demo"  # this file exists once all visits are made


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing the demonstration shows: what happened, to which article, and the command that tells of it."""

    what: str
    title: str
    url: str
    command: str


def make(folder: DataFolder) -> Iterator[Run]:
    """Make the visits and give each one's end; nothing for a folder where they were made before.

    Raises:
        NewscrawlError: the folder holds another archive, or a visit failed.
    """
    if (folder.root / _MADE).exists():
        return
    folder = DataFolder(folder.root)  # with a frontier of its own, whatever NEWSCRAWL_FRONTIER says
    if folder.archive.exists() or (folder.root / "frontier.db").exists():
        raise NewscrawlError(f"{folder.root} holds an archive already: name another folder with --data, or remove it")
    folder.prepare()
    with folder.locked() as lock:
        check_storage(folder)
        for edition, missing in _VISITS:
            with serve(edition, missing=missing) as portal:
                runner = Runner(folder, [f"server={portal.proxy}"], ["FRONTIER_REVISIT_NOW=1"], 120, lock)
                (run,) = runner.run(["sample"], 1)
            if run.status:
                raise NewscrawlError(f"the sample portal could not be crawled: {run.detail}; see {run.log}")
            yield run
        (folder.root / _MADE).touch()


def shown(folder: DataFolder) -> list[Shown]:
    """Return what the archive in the folder has to show."""
    now = {story.url for story in stories(2)}
    before = {story.url: story for story in stories(1)}
    edited = next(story.url for story in stories(2) if story.url in before and story.body != before[story.url].body)
    withdrawn = next(url for url in before if url not in now)
    subjects = {"revised": edited, "withdrawn": withdrawn, "returned": RETURNING, "copied": MOVED_TO}
    with Archive.open(folder.archive, read_only=True) as archive:
        known = {what: archive.article(url) for what, url in subjects.items()}
    return [
        Shown(what, (article and article["title"]) or "", url, "reprints" if what == "copied" else "history")
        for what, url in subjects.items()
        for article in [known[what]]
    ]
