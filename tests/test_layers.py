"""Who may import whom: the rooms of docs/architecture.md, checked on the syntax tree of every module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newscrawl"

# Of newscrawl, a module may import only these (its own package is always allowed) ...
MAY_IMPORT = {
    room: set(others.split())
    for room, _, others in (
        row.partition(":")
        for row in re.split(
            r"\n(?=\S)",
            """\
__init__: archive
errors:
extras:
text:
urls:
catalogue: cms data_folder discover errors extract items places portal urls
places: text
settings:
disk: errors
runtime: errors text
data_folder: errors
replay: archive catalogue data_folder errors extract items middlewares portal profiles urls
archive: disk errors extras items places text twins urls
batch: archive errors extras pipelines replay
run: archive data_folder errors frontier health
extract: items text urls
demo: archive data_folder errors run sample
discover: extract urls
items: extract
twins: urls
frontier: discover disk errors extras runtime twins urls
cms: discover extract urls
profiles: errors extract text
portal: cms data_folder declarations discover errors extract items middlewares places profiles urls
epaper: discover errors extract items portal urls
spiders: discover epaper errors extract portal sample
sample:
pipelines: archive data_folder errors extract items replay runtime urls
middlewares: archive data_folder errors extract health items runtime urls
health: archive data_folder discover errors frontier items runtime text
commands: archive catalogue data_folder errors health run runtime text
__main__: cli
explore: archive errors extract places text urls
cli: archive batch catalogue cms data_folder declarations demo discover epaper errors explore extract extras
    frontier health items places portal profiles replay run runtime text urls
declarations: cms extract items places""",
        )
    )
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
