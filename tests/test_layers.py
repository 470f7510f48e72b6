"""Which package may import which (the rooms of docs/architecture.md), checked on every module's syntax tree."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.rooms import MODULES, PACKAGE, PACKAGES, arrows, circles, imports_of, module_graph, room_of


def rows(table: str) -> dict[str, list[str]]:
    """A table of `name: words`; a line that is indented goes on with the one above."""
    lines = (line.partition(":") for line in re.split(r"\n(?=\S)", table.strip()))
    return {name: words.split() for name, _, words in lines}


# A room may import only these rooms of newscrawl, and itself. Each of them is above it in this table ...
MAY_IMPORT = rows("""
errors:
extras:
outcomes:
settings:
text:
urls:
data_folder: errors
disk: errors
places: text
twins: urls
runtime: errors text
extract: text urls
items: extract
discover: text urls extract
cms: urls extract discover
profiles: errors text extract
declarations: places extract items cms
frontier: outcomes errors extras urls disk twins runtime discover
archive: outcomes errors extras text urls disk places twins items
__init__: archive
explore: errors text urls places extract archive
health: outcomes errors text data_folder runtime items discover frontier archive
run: errors data_folder frontier archive health
sample: errors data_folder archive run
middlewares: outcomes errors urls data_folder runtime extract items archive health
portal: errors urls data_folder places extract items discover cms profiles declarations middlewares
epaper: errors urls extract items discover portal
spiders: errors extract discover sample portal epaper
catalogue: errors urls data_folder places extract items discover cms portal
commands: errors text data_folder runtime archive health run catalogue
replay: errors urls data_folder runtime extract items profiles archive middlewares portal catalogue
pipelines: outcomes errors urls data_folder runtime extract items archive replay
batch: errors extras urls extract items archive profiles replay pipelines
cli: outcomes errors extras text urls data_folder places runtime extract items discover cms profiles declarations
    frontier archive explore health run sample portal epaper catalogue replay batch
__main__: cli
""")
# ... and these rooms none of these.
NEVER = {
    "scrapy": [
        *("archive", "cms", "discover", "errors", "extract", "items", "places", "profiles", "run", "settings", "text"),
        *("twins", "urls"),
    ],
    "sqlite_utils": [room for room in MAY_IMPORT if room != "archive"],
    "warcio": [room for room in MAY_IMPORT if room != "archive"],
    "sqlite3": ["cli", "explore"],
    "datasette": [room for room in MAY_IMPORT if room not in {"explore", "cli"}],
}
# Rooms with a public interface: other rooms import only the package itself, and the modules listed here.
FACES = rows("""
archive: notebook export.parquet warc.shipping
batch: engine tables
catalogue: probing sampling spiderloader titles
cms:
discover: lead anchors
explore: application svg
extract: article finders kind loader version language.dates
    page.analysis page.decode page.document page.guidance page.parse page.script
frontier: report checking
health: backup checking monitors notices progress record verdict
middlewares: browser
places:
profiles: comparing files learning
replay: loading recorded replay several
runtime: frames scrapy_internals stopping
""")
# Only these import further modules of a room, for the reasons given.
BEHIND_THE_FACE = {
    "newscrawl.cms": "discover",  # systems of CMSs find leads by the means of `discover`
    "newscrawl.profiles": "extract",  # they are learnt from the zones of many pages, as extraction finds them
    "newscrawl.cli.developer.explain": "extract",  # it shows how a page was read; in `extract` it would be a rule
}
# Inside a room, a module imports only from modules before it. Modules between two commas may import each other.
FLOORS = {
    "archive": "text,sql,warc,search,reprints,write,read,db,export,store,notebook",
    "discover": "lead,shapes,not_news,link_kind,scope,anchors,answer,data,paging,links,papers canonical,reading",
    "extract": "page,language,finders version,article,zones,links,fields,kind,loader",
    "frontier": "policy,messages,db,addresses,collisions,store,report checking,engine",
    "cli": "tables folder pairs,filters,analyst,archivist,developer",
}
# Where the name of a module is put together: a command's, a finder's, a portal's.
NAMED_AT_RUN_TIME = {"newscrawl.catalogue.spiderloader", "newscrawl.archive.warc.content_encoding"}
# Spiders may import only these modules of `extract`: the vocabulary of overrides.
SPIDERS_EXTRACT = {"newscrawl.extract.finders", "newscrawl.extract.language.dates"}
MOST_MODULES = 15  # of a folder, beside __init__ and __main__; a portal is a file of `spiders`
MOST_LINES = 400
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|JOIN|PRAGMA)\b")


def test_a_module_imports_only_what_its_room_may():
    faults = []
    for module in MODULES:
        room = room_of(module)
        allowed = {room, "__init__", *MAY_IMPORT[room]}
        for name in imports_of(module):
            top = name.partition(".")[0]
            if (top == "newscrawl" and room_of(name) not in allowed) or room in NEVER.get(top, ()):
                faults.append(f"{module} imports {name}")
            if name == "?" and module not in NAMED_AT_RUN_TIME:
                faults.append(f"{module} imports what no test can see")
    assert not faults


def test_the_rooms_stand_one_upon_another():
    order = list(MAY_IMPORT)
    upwards = [(room, other) for room in order for other in MAY_IMPORT[room] if other not in order[: order.index(room)]]
    assert not upwards


def behind(module: str) -> set[tuple[str, str]]:
    """The imports from rooms with a public interface: the room, and the module in it, "" for the interface itself."""
    names = [name.removeprefix("newscrawl.") for name in imports_of(module) if name.startswith("newscrawl.")]
    split = [(room, inner) for room, _, inner in (name.partition(".") for name in names)]
    return {(room, inner) for room, inner in split if room in FACES and room != room_of(module)}


def test_a_room_with_a_face_is_imported_by_its_face():
    faults = []
    for module in MODULES:
        allowed = {room for place, room in BEHIND_THE_FACE.items() if f"{module}.".startswith(f"{place}.")}
        for room, inner in behind(module):
            if inner and inner not in FACES[room] and room not in allowed:
                faults.append(f"{module} imports {room}.{inner}")
    assert not faults


def test_no_face_shows_what_nobody_takes():
    taken = {f"newscrawl.{room}.{inner}" for module in MODULES for room, inner in behind(module)} | SPIDERS_EXTRACT
    assert not [
        f"{room}.{name}" for room, names in FACES.items() for name in names if f"newscrawl.{room}.{name}" not in taken
    ]


@pytest.mark.parametrize("package", FLOORS)
def test_inside_a_room_nothing_is_imported_from_above(package):
    floor = {name: height for height, names in enumerate(FLOORS[package].split(",")) for name in names.split()}
    for module in MODULES:
        room = room_of(module, f"newscrawl.{package}")
        if not module.startswith(f"newscrawl.{package}.") or room == "__init__":
            continue
        for name in imports_of(module):
            if name.startswith(f"newscrawl.{package}."):
                assert floor[room_of(name, f"newscrawl.{package}")] <= floor[room], f"{module} may not import {name}"


def test_imports_lead_round_in_no_circle():
    found = {package: circles(arrows(package)) for package in PACKAGES}
    assert not {package: groups for package, groups in found.items() if groups}
    assert not circles(module_graph())


def test_spiders_take_only_the_vocabulary_of_extract():
    spiders = [module for module in MODULES if room_of(module) == "spiders"]
    taken = {name for module in spiders for name in imports_of(module) if name.startswith("newscrawl.extract")}
    assert taken <= SPIDERS_EXTRACT


@pytest.mark.parametrize("room", ["cli", "explore"])
def test_commands_and_pages_hold_no_sql(room):
    faults = []
    for module in (module for module in MODULES if room_of(module) == room):
        source = MODULES[module].read_text("utf-8")
        texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
        faults += [text for text in texts if isinstance(text, str) and SQL.search(text)]
        faults += [module] if room == "explore" and ".database." in source else []
    assert not faults


def test_no_folder_and_no_file_is_larger_than_a_reader_likes():
    folders = Counter(path.parent for path in MODULES.values() if not path.stem.startswith("__"))
    del folders[PACKAGE / "spiders"]
    assert not {str(folder): count for folder, count in folders.items() if count > MOST_MODULES}
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert not {module: count for module, count in lines.items() if count > MOST_LINES}
