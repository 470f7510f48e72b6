"""A type checker finds mistakes in a user's code: rows have known keys, and finders give their field's type."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

pytest.importorskip("mypy")

ROWS = """\
from pathlib import Path
import newscrawl
from newscrawl.archive import Archive

with Archive.open(Path("archive.db"), read_only=True) as archive:
    for hit in archive.search("大桥", region="湖南"):
        reveal_type(hit["title"])
        print(hit["titel"])  # wrong
    for row in archive.articles(since="2026-03"):
        reveal_type(row["authors"])
        print(row["links"])  # wrong
    for linked in archive.articles(with_links=True):
        reveal_type(linked["links"][0]["url"])
    for member in archive.family("http://a.cn/1"):
        print(member["relatoin"])  # wrong
    for report in archive.report():
        report["pages"].upper()  # wrong
    archive.articles(portl="a")  # wrong
for found in newscrawl.open_archive("data").archive.search("大桥"):
    print(found["snipet"])  # wrong
    reveal_type(found["score"])
"""
FIELDS = """\
from dataclasses import dataclass
from newscrawl.extract.article import Link
from newscrawl.extract.finders import Finder, css, found, meta, of
from newscrawl.extract.page.document import Document
from newscrawl.portal import Portal

def length(document: Document) -> int:
    return len(document.metas)

@dataclass
class Item:
    place: str | None = found("Where", css(".place"), of(lambda document: document.url))
    count: int | None = found("How many", of(length, gives=int))
    names: list[str] = found("Who", meta("author"), many=True)
    links: list[Link] = found("Links", of("links.blocks:link_list", gives=Link), many=True)
    title: str | None = found("No text", of(length, gives=int))  # wrong
    whole: str | None = found("A list", css("p"), many=True)  # wrong
    pages: list[Link] = found("No links", css("a"), many=True)  # wrong

class Mine(Portal):
    overrides = {"title": css("h1"), "body": "div.text"}  # wrong

number: Finder[str] = of(length)  # wrong
"""
REVEALED = ["str | None", "list[str] | None", "str", "float"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The user's folder, in which mypy keeps what it knows of newscrawl."""
    return tmp_path_factory.mktemp("user")


def checked(folder, code):
    """mypy's output for a user's file; it must report the marked lines, and no others."""
    (folder / "user.py").write_text(code, "utf-8")
    options = [
        "--strict",
        "--config-file=",
        "--cache-dir=.cache",
        "--follow-imports=silent",
        "--ignore-missing-imports",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "user.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    wrong = {number for number, line in enumerate(code.splitlines(), 1) if line.endswith("# wrong")}
    said = {int(line) for line in re.findall(r"^user\.py:(\d+): error", run.stdout, re.MULTILINE)}
    assert said == wrong, run.stdout + run.stderr
    return run.stdout.replace("builtins.", "")


def test_a_misspelt_key_is_an_error(folder):
    assert re.findall(r'Revealed type is "(.*)"', checked(folder, ROWS)) == REVEALED


def test_a_field_with_a_finder_of_another_type_is_an_error(folder):
    checked(folder, FIELDS)
