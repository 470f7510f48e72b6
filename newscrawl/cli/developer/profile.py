"""`newscrawl profile`: learn a host's profile from its stored pages, for use in extraction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from newscrawl.archive import read_record
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.folder import data_folder, open_archive
from newscrawl.cli.tables import say
from newscrawl.errors import ProfileError, WarcError
from newscrawl.items import PortalFacts
from newscrawl.profiles.comparing import differences, proposals
from newscrawl.profiles.files import Profiles
from newscrawl.profiles.learning import learn
from newscrawl.replay.recorded import recorded_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newscrawl.archive import WarcRef
    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile
    from newscrawl.profiles.comparing import Difference

_EXAMPLES = 2  # examples printed for each field that changes
_WIDTH = 90  # most characters printed of a value


@click.command()
@click.argument("name", metavar="PORTAL|HOST")
@click.option(
    "--pages", type=click.IntRange(10), default=60, show_default=True, help="Number of articles read for each host."
)
@click.option("--dry-run", is_flag=True, help="Show the profile, and write nothing.")
def profile(name: str, pages: int, *, dry_run: bool) -> None:
    """Learn from a host's stored pages what all of them share, and use it in extraction from now on.

    Lines found on many articles are boilerplate, the common ending of all `<title>`s is the site's name, and all
    stories are in the same place of the page. The profile is a file in the data folder, profiles/HOST.json, which later
    crawls and replays use. To stop using it, delete the file.
    """
    folder, portals = data_folder(), portal_loader().portals()
    with open_archive() as archive:
        chosen = archive.profiling.hosts(name) or [name]
        samples = {host: archive.profiling.sample(host, pages) for host in chosen}
        keys = {host: archive.profiling.portal_of(host) for host in chosen}
    made = []
    for host, refs in samples.items():
        documents = [document for ref in refs if (document := _document(folder.warc, ref, host)) is not None]
        learnt = learn(host, documents)
        if learnt is None:
            say(f"{host}: {len(documents)} articles that can be read, too few to tell what they share")
            continue
        made.append(learnt)
        known = portals.get(keys[host] or "")
        _show(learnt, documents, known.overrides if known else {})
    if not made:
        raise ProfileError(
            f"no profile of {name}: it takes ten different articles of a host in the archive; crawl it first"
        )
    if dry_run:
        return
    with open_archive(to_write=True) as archive:
        for learnt in made:
            archive.profiling.put(learnt.version, learnt.host, learnt.pairs())
            say(f"in force: {Profiles(folder.profiles).write(learnt)}")


def _document(warc: Path, ref: WarcRef, host: str) -> Document | None:
    """Return the page of a record, for extraction by the rules alone; None if the record is lost."""
    try:
        return recorded_page(read_record(warc, ref), PortalFacts(host, host)).document
    except WarcError as error:
        click.echo(f"left out: {error}", err=True)
        return None


def _show(learnt: HostProfile, documents: Sequence[Document], overrides: dict[str, Finder[object]]) -> None:
    """Print the profile, fields that it corrects, and overrides that a portal's file could declare instead."""
    say(f"{learnt.host}: profile {learnt.version}, of {learnt.articles} articles", bold=True)
    for kind, value in learnt.pairs():
        say(f"  {kind:10}{_short(value)}")
    found = list(differences(documents, learnt, overrides))
    if not found:
        say("Its pages read the same without it.")
        return
    say(f"Read otherwise with it, of {len(documents)} pages:")
    for field, count in Counter(difference.field for difference in found).most_common():
        say(f"  {field}: {count}")
        for difference in [difference for difference in found if difference.field == field][:_EXAMPLES]:
            _show_difference(difference)
    if lines := list(proposals(documents, learnt, found)):
        say("The same as overrides of a portal's file, without a profile:")
        for line in lines:
            say(f"  {line}")


def _show_difference(difference: Difference) -> None:
    say(f"    {difference.url}")
    for mark, value in (("-", difference.without), ("+", difference.given)):
        for line in value if isinstance(value, list) else [value]:
            say(f"      {mark} {_short(str(line))}")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
