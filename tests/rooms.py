"""The import graph of newscrawl by rooms, read from its syntax trees; `python -m tests.rooms` prints it."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "newscrawl"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
PACKAGES = sorted(module for module, path in MODULES.items() if path.name == "__init__.py")


@cache
def imports_of(module: str) -> set[str]:
    """Dotted names that a module imports: modules where it can be told, under TYPE_CHECKING and by name as well."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{module}: relative import"
            whole = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in MODULES else node.module for name in whole.values()}
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            names |= {_named(argument) for argument in node.args[:1]}
    return names - {module}


def _named(argument: ast.expr) -> str:
    """The argument of `import_module`: a name, the package that an f-string begins with, or "?"."""
    if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        return str(argument.values[0].value).rpartition(".")[0]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else "?"


def room_of(module: str, inside: str = "newscrawl") -> str:
    """The part of a package that a module belongs to: a sub-package, a module, or the package's own face."""
    return module.removeprefix(inside).lstrip(".").partition(".")[0] or "__init__"


def arrows(inside: str = "newscrawl") -> dict[str, set[str]]:
    """For each room of a package, the rooms of the same package that it imports from."""
    graph: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        if module.startswith(f"{inside}.") and (room := room_of(module, inside)) != "__init__":
            taken = {name for name in imports_of(module) if name.startswith(f"{inside}.")}
            graph[room] |= {room_of(name, inside) for name in taken} - {room, "__init__"}
    return graph


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The import cycles: groups of two or more rooms that import each other."""
    reached = {start: _reached(graph, start) for start in graph}
    found = {frozenset({start, *(other for other in reached[start] if start in reached[other])}) for start in graph}
    return [set(group) for group in found if len(group) > 1]


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        fresh = graph.get(ahead.pop(), set()) & graph.keys() - seen
        seen |= fresh
        ahead.extend(fresh)
    return seen


def module_graph() -> dict[str, set[str]]:
    """For every module those of newscrawl it imports."""
    return {module: imports_of(module) & MODULES.keys() for module in MODULES}


def main() -> None:
    """Print the rooms: modules, lines, imports from other rooms, and import cycles."""
    for package in PACKAGES:
        graph = arrows(package)
        if len(graph) < 2:
            continue
        count = sum(map(len, graph.values()))
        print(f"{package}: {len(graph)} rooms, {count} arrows, circles: {list(map(sorted, circles(graph))) or 'none'}")
        if package.count(".") < 1:
            for room in sorted(graph):
                files = [path for name, path in MODULES.items() if room_of(name, package) == room]
                lines = sum(len(path.read_text("utf-8").splitlines()) for path in files)
                print(f"  {room:14}{len(files):4} files{lines:7} lines  → {' '.join(sorted(graph[room]))}")
    print(f"modules in circles: {list(map(sorted, circles(module_graph()))) or 'none'}")


if __name__ == "__main__":
    main()
