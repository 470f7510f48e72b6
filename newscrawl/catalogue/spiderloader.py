"""Load the portals of this package, of installed plug-ins, and of the folders in NEWSCRAWL_PORTALS."""

from __future__ import annotations

import difflib
import importlib.util
import pkgutil
import sys
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from scrapy.spiderloader import SpiderLoader, get_spider_loader
from scrapy.utils.project import get_project_settings
from scrapy.utils.spider import iter_spider_classes

from newscrawl.catalogue import PLUG_INS
from newscrawl.errors import BrokenPortalError, PortalError
from newscrawl.portal import Portal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy import Spider
    from scrapy.settings import BaseSettings


class PortalLoader(SpiderLoader):
    """Scrapy's spider loader, extended: it looks in more places, and a broken file does not stop the other portals.

    Attributes:
        broken: one line for each file or module that could not be loaded, by its place; shown to the user.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.folders = [Path(name).expanduser() for name in settings.getlist("NEWSCRAWL_PORTALS") if name]
        self.broken: dict[str, str] = {}
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        for name in self.spider_modules:
            self._load(name, partial(import_module, name))
        for plug_in in entry_points(group=PLUG_INS):
            self._load(f"plug-in {plug_in.name} ({plug_in.value})", plug_in.load)
        for folder in self.folders:
            if not folder.is_dir():
                self.broken[str(folder)] = "NEWSCRAWL_PORTALS names it, and there is no such folder"
            for path in sorted(folder.glob("*.py")):
                if path.name != "__init__.py":
                    self._load(str(path), partial(_module_of, path))

    def _load(self, place: str, load: Callable[[], ModuleType | type[Spider]]) -> None:
        """Load a module, and if it is a package the modules in it; note what fails."""
        try:
            found = load()
        # A portal's file may raise anything; the other portals must load all the same.
        except (Exception, SystemExit) as error:  # noqa: BLE001
            self.broken[place] = _in_a_line(error)
            return
        if not isinstance(found, ModuleType):
            self._add(place, found)
            return
        for spider in iter_spider_classes(found):
            self._add(_file_of(found) or place, spider)
        for name in _modules_in(found):
            self._load(_place_of(found, name), partial(import_module, name))

    def _add(self, place: str, spider: type[Spider]) -> None:
        problem = spider.problem() if issubclass(spider, Portal) and spider.is_declared() else None
        known = self._spiders.get(spider.name)
        if known is not None and known is not spider:
            problem = f"the name {spider.name!r} is taken by {_file_of(sys.modules[known.__module__])}"
        if problem:
            self.broken[place] = f"{spider.__name__}: {problem}"
        else:
            self._spiders[spider.name] = spider

    def portals(self) -> dict[str, type[Portal]]:
        """Return the declared portals by name: all but the generic one."""
        return {
            name: spider
            for name, spider in sorted(self._spiders.items())
            if issubclass(spider, Portal) and spider.is_declared()
        }

    def declared(self, name: str) -> type[Portal]:
        """Return a declared portal that a user names.

        Raises:
            PortalError: there is none of this name, it cannot be loaded, or it is no declared one.
        """
        spider = self.require(name)
        if name not in self.portals():
            raise PortalError(f"{name} is no declared portal: its class is {spider.__name__}")
        return self.portals()[name]

    def require(self, name: str) -> type[Spider]:
        """Return a spider that a user names.

        Raises:
            PortalError: there is none of this name; BrokenPortalError: its file cannot be loaded.
        """
        if name in self._spiders:
            return self._spiders[name]
        for place, problem in self.broken.items():
            if Path(place).stem == name:
                raise BrokenPortalError(f"{place} cannot be loaded: {problem}")
        near = difflib.get_close_matches(name, self._spiders, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "`newscrawl portals` shows those there are"
        raise PortalError(f"there is no portal {name!r}; {hint}")

    def complaints(self) -> list[str]:
        """Return a line for each place that could not be loaded."""
        return [f"{place} is left out: {problem}" for place, problem in self.broken.items()]


def portal_loader() -> PortalLoader:
    """Return the loader of the project's settings.

    Raises:
        PortalError: the settings name a loader of another kind.
    """
    loader = get_spider_loader(get_project_settings())
    if not isinstance(loader, PortalLoader):
        raise PortalError(f"SPIDER_LOADER_CLASS is {type(loader).__name__}; newscrawl needs its PortalLoader")
    return loader


def _module_of(path: Path) -> ModuleType:
    """Import a file that belongs to no package."""
    name = f"newscrawl_portals.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # so that classes find their module by `__module__`
    spec.loader.exec_module(module)
    if not any(iter_spider_classes(module)):
        raise PortalError("the file holds no portal: a class derived from newscrawl.portal.Portal with a name")
    return module


def _modules_in(package: ModuleType) -> Iterator[str]:
    for module in pkgutil.iter_modules(getattr(package, "__path__", ()), f"{package.__name__}."):
        yield module.name


def _place_of(package: ModuleType, name: str) -> str:
    """Where a module of a package stands, without importing it."""
    spec = importlib.util.find_spec(name)
    return (spec.origin if spec else None) or f"{package.__name__}.{name}"


def _file_of(module: ModuleType) -> str:
    return cast("str", getattr(module, "__file__", None)) or module.__name__


def _in_a_line(error: BaseException) -> str:
    """Return in one line what went wrong, and where in the file if that is known."""
    where = f"line {error.lineno}, " if isinstance(error, SyntaxError) and error.lineno else ""
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{where}{type(error).__name__}: {' '.join(said.split())}"
