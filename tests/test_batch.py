"""Batches over WARC files give the same as an archive, can be continued, and survive files that fail."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from newscrawl.archive import READINGS
from newscrawl.archive.sql.rows import stamp
from newscrawl.batch.engine import left, part_of
from newscrawl.extract.version import rules_version
from newscrawl.profiles.files import Profiles
from newscrawl.urls import url_id
from tests.conftest import ROOT, command

pytest.importorskip("ray", reason="Ray is not installed (the extra batch: make batch)")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra batch)")

# Beside the columns of the archive's articles.
_HOSTS = "select host from articles group by host having count(*) >= 10"
NOT_COLUMNS = {"portal_title", "links", "part", "fetched_at", "warc", "offset"}


@pytest.fixture(scope="module")
def batch(recorded, tmp_path_factory):
    """The articles of its WARC files, in a folder, with the source they come from."""
    folder = tmp_path_factory.mktemp("batch")
    shutil.copytree(recorded / "warc", folder / "source")
    result = extract(folder / "source", folder / "out")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-2].startswith("2 of 2 files, ")
    return folder


def extract(source, out):
    return command("newscrawl", "batch", "extract", source, out, "--jobs", 2)


def rows(path, query):
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(query)]


def read(path):
    return parquet.read_table(path).to_pylist()


def told(row, name):
    """Give a value as the archive has it."""
    value = row[name].isoformat() if name == "published" and row[name] else row[name]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _compare(data, out):
    """Compare every row of the archive with the batch's row of the same page, in every column."""
    found = {(row["warc"], row["offset"]): row for part in sorted(out.glob("*.parquet")) for row in read(part)}
    articles = rows(
        data / "archive.db",
        "select articles.*, warc, offset from articles join captures on captures.id = articles.capture"
        " where articles.id not in (select article from parts)",
    )
    assert len(articles) > 20
    for article in articles:
        row = found[article["warc"], article["offset"]]
        for name in [name for name in READINGS.names if name not in NOT_COLUMNS]:
            assert told(row, name) == article[name], (article["url"], name)
    revisions = rows(
        data / "archive.db",
        "select revisions.*, warc, offset from revisions join captures on captures.id = revisions.capture"
        " where revisions.article not in (select article from parts)",
    )
    assert revisions
    for revision in revisions:
        row = found[revision["warc"], revision["offset"]]
        for name in ("title", "body", "published", "published_precision", "source", "content_hash"):
            assert told(row, name) == revision[name], (row["url"], name)
    parts = rows(
        data / "archive.db",
        "select parts.*, warc, offset from parts join captures on captures.id = parts.capture",
    )
    assert parts
    for part in parts:
        row = found[part["warc"], part["offset"]]
        assert (row["part"], row["body"]) == (part["number"], part["body"])
        assert row["images"] == json.loads(part["images"] or "[]")
    captures = rows(data / "archive.db", "select warc, offset, url, portal from captures where version is not null")
    assert {place: (row["portal"], row["part"] or row["url"]) for place, row in found.items()} == {
        (row["warc"], row["offset"]): (row["portal"], found[row["warc"], row["offset"]]["part"] or row["url"])
        for row in captures
    }


def test_a_batch_reads_what_the_archive_has_of_the_same_pages(recorded, batch):
    _compare(recorded, batch / "out")


def test_links_are_those_of_the_archive(recorded, batch):
    """Each once a block and address, in the words of its first sight: with the first and the last time it was there."""
    links = rows(
        recorded / "archive.db",
        "select l.*, u.url as target from links l join articles a on a.id = l.article join urls u on u.id = l.url",
    )
    captures = rows(recorded / "archive.db", "select warc, offset, article from captures")
    article_of = {(row["warc"], row["offset"]): row["article"] for row in captures}
    sights = {}
    readings = (row for part in (batch / "out").glob("*.parquet") for row in read(part))
    for row in sorted(readings, key=lambda row: row["fetched_at"]):
        for link in json.loads(row["links"]):
            article = article_of[row["warc"], row["offset"]]
            sights.setdefault((article, link["section"], url_id(link["url"])), []).append((row, link))
    assert len(links) > 20
    for link in links:
        seen = sights[link["article"], link["section"], link["url"]]
        words = {(one["kind"], one["position"], one["title"], one["snippet"]) for _, one in seen[:1]}
        assert (link["kind"], link["position"], link["title"], link["snippet"]) in words
        assert link["first_seen"] == stamp(seen[0][0]["fetched_at"])
        assert link["last_seen"] == stamp(seen[-1][0]["fetched_at"])


@pytest.fixture(scope="module")
def profiled(recorded, batch, tmp_path_factory):
    """The profiles of the batch, and a copy of the data folder that has read its pages by its own."""
    folder = tmp_path_factory.mktemp("profiled")
    result = command("newscrawl", "batch", "profiles", batch / "out", batch / "source", batch / "profiles")
    assert result.returncode == 0, result.stderr
    hosts = [row["host"] for row in rows(recorded / "archive.db", _HOSTS)]
    assert result.stdout.startswith(f"{len(hosts)} profiles written")
    shutil.copytree(recorded, folder / "data")
    shutil.rmtree(folder / "data" / "profiles", ignore_errors=True)
    for words in (*(("profile", host) for host in hosts), ("replay",)):
        assert command("newscrawl", *words, NEWSCRAWL_DATA=str(folder / "data")).returncode == 0
    return folder / "data", hosts


def test_profiles_are_those_that_the_archive_teaches(profiled, batch):
    data, hosts = profiled
    assert hosts
    for host in hosts:
        learnt = Profiles(batch / "profiles").get(host)
        assert learnt is not None
        assert learnt == Profiles(data / "profiles").get(host)


def test_pages_are_read_by_the_profiles_and_again_when_they_come(profiled, batch, tmp_path):
    """A folder that was read without profiles is read again by them, and the rows are those of the archive."""
    data, _ = profiled
    shutil.copytree(batch / "out", tmp_path / "out")
    by_profile = ("newscrawl", "batch", "extract", batch / "source", tmp_path / "out", "--profiles", batch / "profiles")
    again = command(*by_profile)
    assert again.returncode == 0, again.stderr
    assert "2 of 2 files were read by other rules, and are read again" in again.stdout
    assert "other rules" not in command(*by_profile).stdout
    _compare(data, tmp_path / "out")


def test_reprints_are_those_that_the_archive_exports(recorded, batch):
    result = command("newscrawl", "batch", "reprints", batch / "out", batch / "reprints.parquet")
    assert result.returncode == 0, result.stderr
    exported = command(
        "newscrawl", "export", "--table", "reprints", batch / "exported.parquet", NEWSCRAWL_DATA=str(recorded)
    )
    assert exported.returncode == 0, exported.stderr
    wanted = read(batch / "exported.parquet")
    assert len(wanted) > 2
    assert read(batch / "reprints.parquet") == wanted


def test_the_query_of_the_documentation_counts_as_stats_does(recorded, batch):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed (the extra analysis)")
    told = (ROOT / "docs" / "scaling.md").read_text("utf-8").partition("```sql")[2].partition("```")[0]
    with duckdb.connect() as connection:
        found = connection.execute(told.replace("readings/", f"{batch / 'out'}/")).fetchall()
    result = command("newscrawl", "stats", "--by", "region", "--json", NEWSCRAWL_DATA=str(recorded))
    wanted = [json.loads(line) for line in result.stdout.splitlines()]
    assert found == [(row["region"], row["articles"]) for row in wanted]
    assert found


def test_it_goes_on_with_what_is_left_and_one_file_is_made_of_all(batch, tmp_path):
    parts = {path.name: path.stat().st_mtime_ns for path in (batch / "out").glob("*.parquet")}
    source = tmp_path / "source"
    shutil.copytree(batch / "source", source)
    (source / "other-20250101000000-1-00001.warc.gz").write_bytes(b"\x1f\x8b no gzip" * 100)
    shutil.copytree(batch / "out", tmp_path / "all.parquet.parts")
    result = extract(source, tmp_path / "all.parquet")
    assert result.returncode == 1
    assert "other-20250101000000-1-00001.warc.gz: 1 damaged records were passed over" in result.stderr
    assert len(read(tmp_path / "all.parquet")) == sum(len(read(batch / "out" / name)) for name in parts)
    assert not (tmp_path / "all.parquet.parts").exists()
    again = extract(source, tmp_path / "all.parquet")
    assert "is there already" in again.stderr
    assert {path.name: path.stat().st_mtime_ns for path in (batch / "out").glob("*.parquet")} == parts


@pytest.mark.parametrize(
    ("changed", "is_left"),
    [
        ({}, False),
        ({"size": 6}, True),
        ({"columns": ["url"]}, True),
        ({"rules": {" a.test": "of last year"}}, True),
        (None, True),
    ],
)
def test_a_part_counts_that_is_whole_and_of_the_same_columns_and_rules(tmp_path, changed, is_left):
    part, told = part_of(tmp_path, "a.warc.gz")
    part.touch()
    if changed is not None:
        known = {"size": 5, "columns": list(READINGS.names), "counts": {"article": 1}}
        known["rules"] = {" a.test": rules_version()}
        told.write_text(json.dumps(known | changed), "utf-8")
    names, done = left({"a.warc.gz": 5}, tmp_path, lambda _: None)
    assert (names, done.read) == ((["a.warc.gz"], {}) if is_left else ([], {"a.warc.gz": {"article": 1}}))


KILLER = """
import os, sys
from pathlib import Path
from newscrawl.batch import engine
source, parts = sys.argv[1:]
names = ["gone.warc.gz", *sorted(path.name for path in Path(source).iterdir())]

def killed(source, name, parts, profiles):
    if name == names[1]:
        os._exit(9)
    return engine.read_file(source, name, parts, profiles)

Path(parts).mkdir()
calls = {name: (source, name, parts, None) for name in names}
found = {name: reason for name, _, reason in engine.each(killed, calls, 2, None)}
print([name for name in found if found[name] is None] == names[2:], {name: found[name] for name in names[:2]})
"""


def test_a_file_that_kills_its_reader_is_named_and_costs_no_other(batch, tmp_path):
    arguments = [sys.executable, "-c", KILLER, batch / "source", tmp_path / "parts"]
    result = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    said = result.stdout.splitlines()[-1]
    assert said.startswith("True {"), result.stderr
    assert "killed its process (WorkerCrashedError)" in said
    assert "No such file" in said
