"""`newscrawl new`: write a portal's file, from a few pages of the site or a saved copy of it."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from newscrawl.catalogue.probing import Probe, Saved, probe
from newscrawl.catalogue.sampling import sampled
from newscrawl.cli.developer.saved_page import write_page
from newscrawl.cli.developer.verify import sample, sampled_pages
from newscrawl.cli.pairs import pairs
from newscrawl.cli.tables import show_table
from newscrawl.data_folder import DataFolder
from newscrawl.declarations import LEVELS
from newscrawl.errors import NewscrawlError
from newscrawl.places import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator


_PAGE_NAMES = {".html", ".htm", ".shtml", ".xhtml", ".php", ".jsp", ".asp", ".aspx", ""}
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?|\d+(?:\.\d+){3}(?::\d+)?")
MOST_PAGES = 2000  # most pages read from a saved copy
LARGEST_PAGE = 4 << 20  # bytes
SHOWN = 5


@click.command()
@click.argument("site", metavar="URL|FOLDER")
@click.option("--name", help="The portal's name: <province>_<portal>.")
@click.option("--region", type=click.Choice(sorted(REGIONS)), help="Its province, if the site does not show it.")
@click.option("--level", type=click.Choice(sorted(LEVELS)), help="Its level, if its name does not show it.")
@click.option("--url", help="The site's address, for a saved copy whose folders are not named by hosts.")
@click.option("--to", type=click.Path(path_type=Path), help="Folder for the file; NEWSCRAWL_PORTALS or ./portals.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", callback=pairs, help="A Scrapy setting.")
def new(
    site: str,
    name: str | None,
    region: str | None,
    level: str | None,
    url: str | None,
    to: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Make a portal from a site's address, or from a saved copy of it (as `wget --mirror` makes one).

    Reads the front page, a few lists and a few articles of each; shows what it found; and writes the portal's file,
    and a test page: one article with the fields extracted from it.
    """
    folder = to or next(iter(filter(None, os.environ.get("NEWSCRAWL_PORTALS", "").split(os.pathsep))), None)
    folder = Path(folder or "portals").expanduser()
    if name is not None:
        _free_path(folder, name)  # raises before anything is fetched
    found = _look(site, url, settings)
    if not found.articles:
        raise NewscrawlError(
            f"{site}: no article could be read of {found.home}; see what its pages are: newscrawl links {found.home}"
        )
    found.region, found.level = region or found.region, level or found.level
    name = name or found.name
    _show(found)
    path = _write(folder, name, found)
    click.echo(f"\nWritten: {path}\nTest page: {write_page(folder, name, *found.articles[0])}")
    if found.region == "全国":
        click.echo(f"Nothing on the site tells its province: write region, level and name into {path.name}.")
    click.echo(f"Next: export NEWSCRAWL_PORTALS={folder}; newscrawl verify {name}; newscrawl crawl {name}")


def _look(site: str, url: str | None, settings: tuple[str, ...]) -> Probe:
    """Look at a site, or at a saved copy of one."""
    if urlsplit(site).scheme in {"http", "https"}:
        return _look_at_site(site, settings)
    folder = Path(site).expanduser()
    if not folder.is_dir():
        raise NewscrawlError(f"{site} is no address (https://…) and no folder")
    pages = list(_saved_pages(folder, url))
    if not pages:
        raise NewscrawlError(f"{folder} holds no HTML pages")
    home = url or min((page.url for page in pages), key=lambda one: (urlsplit(one).path.count("/"), len(one)))
    return probe(home, pages)


def _look_at_site(url: str, settings: tuple[str, ...]) -> Probe:
    with tempfile.TemporaryDirectory(prefix="newscrawl-new-") as name:
        folder = DataFolder(Path(name))
        run = sample(folder, "portal", 5, 3, settings, [f"url={url}"])
        pages = sampled_pages(folder)
        seen = sampled(folder.root)
    if not pages:
        raise NewscrawlError(f"{url}: {run.detail or 'no page could be fetched'}")
    starts = [page.url for page in seen if page.kind == "start" and page.status == 200]
    return probe(starts[-1] if starts else url, pages, [page.url for page in seen if page.kind in {"start", "list"}])


def _saved_pages(folder: Path, url: str | None) -> Iterator[Saved]:
    """Yield the pages of a saved copy; a folder named like a host contains the host's pages."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in _PAGE_NAMES)
    for count, path in enumerate(paths):
        if count >= MOST_PAGES:
            break
        if path.stat().st_size <= LARGEST_PAGE:
            yield Saved(_address(folder, path, url), path.read_bytes())


def _address(folder: Path, path: Path, url: str | None) -> str:
    """The address of a saved file, by the folders it lies in."""
    parts = list(path.relative_to(folder).parts)
    if url:
        base = url if url.endswith("/") else url.rpartition("/")[0] + "/"
    elif len(parts) > 1 and _HOST.fullmatch(parts[0]):
        base = f"http://{parts.pop(0)}/"
    elif _HOST.fullmatch(folder.resolve().name):
        base = f"http://{folder.resolve().name}/"
    else:
        raise NewscrawlError(f"{folder} does not tell the site's address: name it with --url https://www.example.cn/")
    if parts[-1] in {"index.html", "index.htm"}:
        parts[-1] = ""
    return base + "/".join(parts)


def _show(found: Probe) -> None:
    """Show what was found."""
    click.echo(f"{found.title}  {found.home}")
    click.echo(f"region   {found.region}, level {found.level}")
    click.echo(f"CMS      {f'{found.family.name} ({found.family.title})' if found.family else 'unknown'}")
    by_family = "as of the CMS" if found.family else "no form of their own"
    click.echo(f"articles {found.article_url or by_family}")
    show_table([{"section": text, "address": url} for text, url in found.sections], title="\nSections")
    for article, _ in found.articles[:SHOWN]:
        click.echo(f"\n{article.title}")
        click.echo(f"  {article.published or 'no date'}  {article.source or 'no source'}  {article.url}")
        click.echo(f"  {' '.join((article.body or '').split())[:80]}…")


def _free_path(folder: Path, name: str) -> Path:
    """Return the path of a new portal's file.

    Raises:
        NewscrawlError: the name is none for a portal, or the file is there already.
    """
    path = folder / f"{name}.py"
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+", name):
        raise NewscrawlError(f"{name!r} is no portal's name; write --name hunan_example")
    if path.exists():
        raise NewscrawlError(f"{path} is there already; remove it, or give another --name")
    return path


def _write(folder: Path, name: str, found: Probe) -> Path:
    """Write the portal's file."""
    path = _free_path(folder, name)
    shown = json.dumps(found.title, ensure_ascii=False)
    facts = [f'name, title, region, level = "{name}", {shown}, "{found.region}", "{found.level}"']
    facts.append(f"start_urls = [{json.dumps(found.home)}]")
    if found.domains:
        facts.append(f'domains = "{found.domains}"')
    if found.family:
        facts.append(f'family = "{found.family.name}"')
    if found.article_url:
        facts.append(f'article_url = r"{found.article_url}"')
    title = found.title.replace("\\", "").replace('"', "")
    lines = [
        "from newscrawl.portal import Portal", "", "",
        f"class {''.join(word.capitalize() for word in name.split('_'))}(Portal):",
        f'    """{title}."""', "",
        *(f"    {fact}" for fact in facts),
    ]  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise NewscrawlError(f"cannot write {path}: {error.strerror}") from error
    return path
