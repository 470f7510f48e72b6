"""Who may import whom: the rooms of docs/architecture.md, checked on the syntax tree of every module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newscrawl"

# Of newscrawl, a module may import only these (its own package is always allowed) ...
MAY_IMPORT = {
    "__init__": {"archive"},  # `open_archive`, on first use
    "errors": set(),
    "extras": set(),
    "text": set(),
    "urls": set(),
    "holidays": set(),
    "regions": set(),
    "places": {"regions", "text"},
    "settings": set(),
    "disk": {"errors"},
    "stopping": {"errors"},
    "data_folder": {"errors"},
    "shipping": {"errors", "extras"},
    "several": {"errors", "replay"},
    "parquet": {"archive", "errors", "extras"},
    "batch": {"archive", "errors", "extras", "parquet", "pipelines", "replay", "shipping"},
    "loading": {"data_folder", "errors", "replay", "several", "shipping"},
    "run": {"archive", "data_folder", "errors", "frontier", "health"},
    "extract": {"text", "urls", "items", "errors"},
    "demo": {"archive", "data_folder", "errors", "run", "sample"},
    "discover": {"extract", "urls", "text", "errors", "cms"},
    "items": {"extract", "text"},
    "twins": {"urls"},
    "signals": set(),
    "archive": {"extras", "items", "text", "twins", "urls", "errors", "disk", "places"},
    "feeds": {"text"},
    "frontier": {"extras", "signals", "discover", "twins", "urls", "errors", "disk", "stopping"},
    "cms": {"discover", "extract", "items", "urls", "text"},
    "declarations": {"cms", "extract", "items", "places", "regions"},
    "browser": {"middlewares"},
    "late_browser": {"middlewares"},
    "profiles": {"errors", "extract", "items", "text"},
    "portal": {
        "browser",
        "cms",
        "data_folder",
        "declarations",
        "discover",
        "errors",
        "extract",
        "items",
        "profiles",
        "regions",
        "urls",
    },
    "epaper": {"discover", "errors", "extract", "items", "portal", "urls"},
    "sampling": {"data_folder", "discover"},
    "probing": {"cms", "discover", "extract", "items", "regions", "urls"},
    "catalogue": {"spiderloader"},
    "frames": set(),
    "spiderloader": {"catalogue", "declarations", "errors", "portal"},
    "spiders": {"portal", "epaper", "discover", "extract", "errors", "sample"},
    "sample": {"urls"},
    "pipelines": {"signals", "archive", "extract", "items", "errors", "data_folder", "recorded", "stopping", "urls"},
    "middlewares": {"archive", "extract", "items", "urls", "errors", "data_folder", "health", "shipping", "stopping"},
    "watchdog": {"stopping"},
    "collector": set(),
    "logs": {"text"},
    "health": {
        *(
            "archive",
            "frontier",
            "discover",
            "extract",
            "items",
            "urls",
            "errors",
            "data_folder",
            "stopping",
            "text",
            "signals",
        ),
    },
    "recorded": {"archive", "items", "middlewares", "portal"},
    "replay": {"archive", "urls", "extract", "items", "errors", "data_folder", "profiles", "recorded", "spiderloader"},
    "commands": {"frames", "run", "errors", "data_folder", "spiderloader", "archive", "health", "text"},
    "__main__": {"cli"},
    "explore": {"archive", "errors", "extract", "places", "text", "urls"},
    "cli": {
        "demo",
        "extras",
        "text",
        "explore",
        "archive",
        "catalogue",
        "frames",
        "extract",
        "frontier",
        "health",
        "items",
        "errors",
        "data_folder",
        "cms",
        "declarations",
        "discover",
        "epaper",
        "holidays",
        "places",
        "portal",
        "probing",
        "regions",
        "sampling",
        "batch",
        "loading",
        "parquet",
        "profiles",
        "recorded",
        "replay",
        "several",
        "shipping",
        "run",
        "spiderloader",
        "urls",
    },
}
# ... and never these from outside.
NEVER = {
    "scrapy": {
        "holidays",
        "probing",
        "regions",
        "text",
        "urls",
        "extract",
        "discover",
        "items",
        "profiles",
        "archive",
        "cms",
        "settings",
        "errors",
        "export",
        "tables",
        "run",
    },
    "sqlite_utils": {name for name in MAY_IMPORT if name != "archive"},
    "warcio": {name for name in MAY_IMPORT if name != "archive"},
}
# What spiders may take of `extract`: the vocabulary, not the machinery.
SPIDERS_EXTRACT = {"newscrawl.extract.finders", "newscrawl.extract.language.dates"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Dotted names a module imports, those under TYPE_CHECKING included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names |= (
                {f"newscrawl.{alias.name}" for alias in node.names} if node.module == "newscrawl" else {node.module}
            )
    return names


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_layer_may(path):
    layer = layer_of(path)
    allowed = MAY_IMPORT[layer] | {layer, "__version__"}
    for name in imports_of(path):
        top, _, rest = name.partition(".")
        if top == "newscrawl":
            assert rest.split(".")[0] in allowed, f"{layer} may not import {name}"
        assert layer not in NEVER.get(top, ()), f"{layer} may not import {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "spiders").glob("*.py")), ids=lambda path: path.stem)
def test_spiders_take_only_the_vocabulary_of_extract(path):
    taken = {name for name in imports_of(path) if name.startswith("newscrawl.extract")}
    assert taken <= SPIDERS_EXTRACT


@pytest.mark.parametrize("path", sorted((PACKAGE / "explore").rglob("*.py")), ids=lambda path: path.stem)
def test_the_pages_in_a_browser_hold_no_sql(path):
    texts = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    assert not [text for text in texts if isinstance(text, str) and re.search(r"\b(SELECT|WHERE|JOIN)\b", text)]
    assert ".database." not in path.read_text("utf-8")


def test_no_file_is_longer_than_a_reader_likes():
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in MODULES
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long
