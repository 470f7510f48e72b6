"""What a type checker says of a user's own code: the rows of the archive have known keys."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

pytest.importorskip("mypy")

CODE = """\
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
REVEALED = ["str | None", "list[str] | None", "str", "float"]


def test_a_misspelt_key_is_an_error(tmp_path):
    """Mypy over a user's file: wrong where it says so, and nowhere else."""
    (tmp_path / "user.py").write_text(CODE, "utf-8")
    options = [
        "--strict",
        "--config-file=",
        "--cache-dir=.cache",
        "--follow-imports=silent",
        "--ignore-missing-imports",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "user.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    wrong = {number for number, line in enumerate(CODE.splitlines(), 1) if line.endswith("# wrong")}
    said = {int(line) for line in re.findall(r"^user\.py:(\d+): error", run.stdout, re.MULTILINE)}
    assert said == wrong, run.stdout + run.stderr
    assert re.findall(r'Revealed type is "(.*)"', run.stdout.replace("builtins.", "")) == REVEALED
