"""A cache of the portals' titles in the data folder: importing the portals imports Scrapy, which takes 0.4 s.

The cache is valid as long as no portal's file has changed. Nothing is cached while a portal is broken, or if plug-ins
or settings add portals from other places.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.catalogue import PLUG_INS

if TYPE_CHECKING:
    from newscrawl.catalogue.spiderloader import PortalLoader

_PACKAGE = Path(__file__).parent.parent
_NAME = "portals.json"


class Catalogue(NamedTuple):
    """The declared portals' titles by name, and the errors of portals that could not be loaded, by place."""

    titles: dict[str, str]
    broken: dict[str, str]


def catalogue(root: Path) -> Catalogue:
    """Return the declared portals, from the cache in the data folder or loaded again."""
    with suppress(OSError, ValueError):
        state, titles = json.loads((root / _NAME).read_text("utf-8"))
        if state == _state():
            return Catalogue(titles, {})
    from newscrawl.catalogue.spiderloader import portal_loader  # noqa: PLC0415  it brings Scrapy

    loader = portal_loader()
    remember(loader, root)
    return Catalogue(_titles(loader), loader.broken)


def remember(loader: PortalLoader, root: Path) -> None:
    """Cache a loader's portals, if the data folder can be written."""
    state = _state()
    if loader.broken or state is None:
        return
    fresh = root / f".{_NAME}-{os.getpid()}"
    with suppress(OSError):  # the cache only saves time
        fresh.write_text(json.dumps([state, _titles(loader)], ensure_ascii=False), "utf-8")
        fresh.replace(root / _NAME)


def _titles(loader: PortalLoader) -> dict[str, str]:
    return {name: portal.title for name, portal in loader.portals().items()}


def _state() -> str | None:
    """Return a hash of the portals' files; None if portals may also come from other places."""
    if os.environ.get("SCRAPY_SETTINGS_MODULE") != "newscrawl.settings" or entry_points(group=PLUG_INS):
        return None
    folders = [Path(name).expanduser() for name in os.environ.get("NEWSCRAWL_PORTALS", "").split(os.pathsep) if name]
    paths = [
        path
        for folder in (_PACKAGE, _PACKAGE / "catalogue", _PACKAGE / "spiders", *folders)
        for path in sorted(folder.glob("*.py"))
    ]
    files = [(str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in paths]
    parts = repr((version("newscrawl"), [str(folder) for folder in folders if not folder.is_dir()], files))
    return hashlib.sha256(parts.encode()).hexdigest()
