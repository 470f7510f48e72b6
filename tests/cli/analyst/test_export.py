"""export: every format holds the same rows; a subset is an archive; a failed export leaves nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from newscrawl.archive import TABLES, Archive
from newscrawl.cli.analyst.export import Wish, write_export
from tests.cli import seed

if TYPE_CHECKING:
    from pathlib import Path


def jsonl(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def archive(seeded):
    with Archive.open(seeded / "archive.db", read_only=True) as opened:
        yield opened


def test_json_lines_by_publication(run, tmp_path):
    file = tmp_path / "a.jsonl"
    assert run("export", file).stdout == f"13 articles → {file}\n"
    rows = jsonl(file)
    assert [row["published"] for row in rows[:3]] == [None, "2026-02-20T10:05:00+08:00", "2026-02-20T13:35:00+08:00"]
    copy = next(row for row in rows if row["url"] == seed.url(seed.SHANGHAI, "bridge"))
    assert copy["reprint_of"] == seed.url(seed.HUNAN, "bridge")
    assert copy["body"] == seed.BRIDGE
    assert copy["channel"] == ["首页", "要闻"]
    assert "id" not in copy
    again = tmp_path / "b.jsonl"
    run("export", again)
    assert again.read_bytes() == file.read_bytes()


def test_csv_opens_in_excel_and_computes_nothing(run, tmp_path):
    file = tmp_path / "a.csv"
    assert run("export", file).exit_code == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfurl,portal,")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    assert len(rows) == 13
    assert rows[0]["title"] == "'=干部任前公示"
    assert json.loads(rows[0]["channel"]) == ["首页", "公示"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--words", "清溪大桥"), 5),
        (("--words", "茶叶节 OR 财政", "--region", "湖南"), 2),
        (("--portal", "jiangxi_test", "--since", "2026-02-22"), 3),
        (("--source", "新华社"), 2),
        (("--until", "2026-02-20"), 2),
    ],
)
def test_filters_are_those_of_the_search(run, tmp_path, filters, count):
    assert run("export", tmp_path / "a.jsonl", *filters).stdout.startswith(f"{count} articles")
    assert run("export", tmp_path / "a.sqlite", *filters).stdout.startswith(f"{count} articles")
    assert len(jsonl(tmp_path / "a.jsonl")) == count


def test_a_json_line_has_all_that_belongs_to_its_article(run, tmp_path):
    run("export", tmp_path / "a.jsonl")
    rows = {row["url"]: row for row in jsonl(tmp_path / "a.jsonl")}
    budget, wells = rows[seed.url(seed.SHANGHAI, "budget")], rows[seed.url(seed.HUNAN, "wells")]
    assert [(link["section"], link["url"]) for link in budget["links"]] == [
        (seed.HOT, seed.url(seed.HUNAN, "wells")),
        (seed.RELATED, seed.url(seed.HUNAN, "bridge")),
    ]
    (revision,) = wells["revisions"]
    assert (revision["title"], revision["published_day"]) == ("今年新打机井四十六眼", "2026-02-23")
    assert (revision["seen_at"][:13], revision["replaced_at"][:13]) == ("2026-03-01T00", "2026-03-01T06")
    assert [event["kind"] for event in wells["events"]] == ["suspected", "gone"]
    (reprint,) = rows[seed.url(seed.YUEYANG, "bridge")]["reprints"]
    assert (reprint["original"], reprint["relation"]) == (seed.url(seed.HUNAN, "bridge"), "cut")
    assert reprint["containment"] > 0.9
    assert rows[seed.url(seed.YUEYANG, "notice")]["links"] == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_folder_holds_every_table_and_says_what_is_in_it(run, archive, tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "all"
    for _ in range(2):  # what an export wrote may be replaced
        assert run("export", folder, "--format", form).stdout == f"13 articles → {folder}\n"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {entry.name for entry in folder.iterdir()} == {"datapackage.json", *(f"{name}.{form}" for name in TABLES)}
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert [field["name"] for field in resource["schema"]["fields"]] == list(TABLES[resource["name"]].names)
        assert all(field["description"] for field in resource["schema"]["fields"])
        if form == "csv":
            rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
            counted = archive.counts()[resource["name"]]
            assert len(rows) == counted > 0, resource["name"]
    (folder / "notes.txt").touch()
    assert "notes.txt" in run("export", folder, "--format", form).stderr
    assert (folder / "notes.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("a.jsonl", "--columns", "url,title,links"), ["url", "title", "links"]),
        (("a.jsonl", "--table", "events", "--columns", "kind,article"), ["kind", "article"]),
        (("a.csv", "--columns", "published_day, title"), ["published_day", "title"]),
        (("a.csv", "--table", "links"), list(TABLES["links"].names)),
    ],
)
def test_only_the_table_and_columns_asked_for(run, tmp_path, arguments, names):
    name, *options = arguments
    file = tmp_path / name
    assert run("export", file, *options).exit_code == 0
    content = file.read_text("utf-8-sig")
    found = list(json.loads(content.splitlines()[0])) if file.suffix == ".jsonl" else content.splitlines()[0].split(",")
    assert found == names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.csv", "--columns", "url,links"), "no column 'links'"),
        (("a.jsonl", "--columns", "nonsense"), "there are url, portal"),
        (("a.sqlite", "--columns", "url"), "--columns"),
        (("folder", "--format", "csv", "--table", "links"), "--table"),
        (("a.parquet", "--partition", "month", "--table", "links"), "--partition"),
        (("a.parquet", "--partition", "month", "--columns", "url"), "published"),
    ],
)
def test_what_makes_no_sense_is_told(run, tmp_path, arguments, said):
    result = run("export", tmp_path / arguments[0], *arguments[1:])
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


def test_parquet_has_types(run, tmp_path):
    arrow = pytest.importorskip("pyarrow.parquet")
    assert run("export", tmp_path / "a.parquet").exit_code == 0
    table = arrow.read_table(tmp_path / "a.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["published"], types["published_day"]) == ("timestamp[ms, tz=Asia/Shanghai]", "date32[day]")
    assert types["first_seen"] == types["gone_at"] == "timestamp[us, tz=UTC]"
    assert types["authors"].startswith("list<")
    assert types["complete"] == "int64"
    assert table.schema.field("source").metadata[b"doc"].startswith("来源".encode())
    rows = {row["url"]: row for row in table.to_pylist()}
    exact, vague = rows[seed.url(seed.HUNAN, "bridge")], rows[seed.url(seed.YUEYANG, "bridge")]
    assert exact["published"].isoformat() == "2026-02-20T10:05:00+08:00"
    assert (vague["published"].isoformat(), vague["published_day"]) == ("2026-02-21T00:00:00+08:00", date(2026, 2, 21))
    assert exact["first_seen"] == seed.hours(0)
    assert rows[seed.url(seed.YUEYANG, "notice")]["published"] is None


def test_pandas_reads_every_format_alike(run, tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    for form in ("csv", "parquet", "jsonl"):
        run("export", tmp_path / form, "--format", form)
    csv_ = pandas.read_csv(tmp_path / "csv/articles.csv")
    lines = pandas.read_json(tmp_path / "jsonl/articles.jsonl", lines=True)
    parquet_ = pandas.read_parquet(tmp_path / "parquet/articles.parquet")
    assert list(csv_.url) == list(parquet_.url) == list(lines.url)
    assert list(csv_.columns) == list(parquet_.columns) == list(lines.columns)
    assert (pandas.to_datetime(csv_.published_day) == pandas.to_datetime(parquet_.published_day))[1:].all()
    assert list(parquet_[parquet_.published_precision == "day"].published.dt.hour.dropna().unique()) == [0]
    published = pandas.to_datetime(csv_.published)
    assert published.notna().sum() == csv_.published.notna().sum() == len(csv_) - 1
    assert list(published.dropna()) == list(parquet_.published.dropna())
    links = pandas.read_parquet(tmp_path / "parquet/links.parquet")
    assert len(links.merge(parquet_, left_on="article", right_on="url")) == len(links) == 4


def test_duckdb_reads_every_format_alike(run, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for form in ("csv", "parquet", "jsonl"):
        run("export", tmp_path / form, "--format", form)
    run("export", tmp_path / "nested.jsonl")
    with duckdb.connect() as db:
        answers = set()
        for name in ("csv/links.csv", "parquet/links.parquet", "jsonl/links.jsonl"):
            articles = tmp_path / name.replace("links", "articles")
            query = f"""SELECT count(*), min(a.published_day)::VARCHAR, count(DISTINCT l.url),
                max(l.first_seen) > '2026-03-01'
                FROM '{tmp_path / name}' AS l JOIN '{articles}' AS a ON a.url = l.article"""
            answers.add(db.execute(query).fetchone())
        query = f"SELECT sum(len(links)), min(published_day) FROM '{tmp_path / 'nested.jsonl'}' WHERE len(links) > 0"
        nested = db.execute(query).fetchone()
        typed = tmp_path / "parquet/articles.parquet"
        days = f"SELECT published_day::VARCHAR, authors FROM '{typed}' WHERE len(authors) > 0"
        assert db.execute(days).fetchall()[0] == ("2026-02-20", ["李一帆"])
    assert answers == {(4, "2026-02-20", 2, True)}
    assert (int(nested[0]), str(nested[1])) == (4, "2026-02-20")


def test_parquet_by_month_replaces_what_it_wrote_and_nothing_else(run, tmp_path):
    dataset = pytest.importorskip("pyarrow.dataset")
    folder = tmp_path / "a.parquet"
    assert run("export", folder, "--partition", "month").exit_code == 0
    assert run("export", folder, "--partition", "month", "--until", "2026").exit_code == 0
    assert [part.name for part in folder.iterdir()] == ["month=2026-02"]
    rows = dataset.dataset(folder, partitioning="hive").to_table().to_pylist()
    assert len(rows) == 12
    assert {row["month"] for row in rows} == {"2026-02"}
    (folder / "notes.txt").touch()
    assert "notes.txt" in run("export", folder, "--partition", "month").stderr
    assert "is a folder" in run("export", folder).stderr
    assert sorted(part.name for part in folder.iterdir()) == ["month=2026-02", "notes.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_without_pyarrow_one_line_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = run("export", tmp_path / "a.parquet")
    assert result.exit_code == 1
    assert result.stderr == "newscrawl: Parquet needs pyarrow; install it with: make analysis\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("filters", [{}, {"words": "清溪 OR 财政 OR 城东 OR 公示"}], ids=["whole", "chosen"])
def test_a_subset_of_everything_is_equal(archive, tmp_path, filters):
    target = tmp_path / "a.sqlite"
    assert write_export(archive, target, Wish.of(target), filters) == 13
    with Archive.open(target, read_only=True) as copy:
        assert list(copy.articles(with_links=True)) == list(archive.articles(with_links=True))
        assert copy.counts() == archive.counts()
        assert {hit["url"] for hit in copy.search("清溪")} == {hit["url"] for hit in archive.search("清溪")}
        for url in (seed.url(seed.HUNAN, "wells"), seed.url(seed.YUEYANG, "market")):
            assert copy.history(url) == archive.history(url)
            assert copy.captures(url) == archive.captures(url)
        assert copy.family(seed.url(seed.HUNAN, "bridge")) == archive.family(seed.url(seed.HUNAN, "bridge"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


def test_a_subset_is_a_whole_archive(archive, tmp_path):
    target = tmp_path / "a.sqlite"
    assert write_export(archive, target, Wish.of(target), {"region": "江西"}) == 4
    with Archive.open(target) as copy:
        assert {row["portal"] for row in copy.summary()} == {"jiangxi_test"}
        assert copy.database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [crawl.portal for crawl in copy.crawls()] == ["jiangxi_test"]
        assert len(list(copy.search("清溪"))) == 4
        # The first of the bridge's family stayed behind: the earliest of those that came is the first now.
        family = copy.family(seed.url(seed.JIANGXI, "bridge2"))
        assert [(row["url"], row["relation"]) for row in family] == [
            (seed.url(seed.JIANGXI, "bridge"), "first"),
            (seed.url(seed.JIANGXI, "bridge2"), "cut"),
        ]
        settled = list(copy.database.query("SELECT * FROM reprints ORDER BY 1, 2"))
        copy.rebuild_reprints()
        assert list(copy.database.query("SELECT * FROM reprints ORDER BY 1, 2")) == settled
        copy.store(seed.page(seed.HUNAN, "new", 200, title="新的一篇", body=seed.MARKET, published="2026-03-02"))
        assert len(list(copy.search("新的一篇"))) == 1


@pytest.mark.parametrize("filters", [{}, {"region": "江西"}], ids=["whole", "chosen"])
def test_a_crawl_may_write_while_a_subset_is_made(seeded, tmp_path, filters):
    shutil.copy(seeded / "archive.db", tmp_path)
    new = seed.page(seed.JIANGXI, "late", 200, title="迟到的一篇", body=seed.MARKET, published="2026-03-02")

    def crawl(_):
        with Archive.open(tmp_path / "archive.db") as writing:
            writing.database.execute("PRAGMA busy_timeout = 100")
            assert writing.store(new).what in {"new", "unchanged"}

    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        count = archive.copy(tmp_path / "a.sqlite", crawl, **filters)
    with Archive.open(tmp_path / "a.sqlite", read_only=True) as copy:
        assert copy.counts()["articles"] == count == (4 if filters else 13)
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        assert archive.counts()["articles"] == 14


def test_the_same_subset_each_time(archive, tmp_path):
    dumps = []
    for name in ("a", "b"):
        target = tmp_path / f"{name}.sqlite"
        write_export(archive, target, Wish.of(target), {"region": "湖南"})
        with closing(sqlite3.connect(target)) as db, db:
            dumps.append(
                [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("articles", "links")]
            )
        db.close()
    assert dumps[0] == dumps[1]


def test_an_export_that_fails_leaves_what_stood_there(archive, tmp_path, monkeypatch):
    file = tmp_path / "a.jsonl"
    file.write_text("before", "utf-8")
    rows = archive.exported()

    def torn(*_, **__):
        yield next(rows)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "nested", torn)
    with pytest.raises(Exception, match="No space left on device"):
        write_export(archive, file, Wish.of(file), {})
    assert file.read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
    rows.close()


@pytest.mark.parametrize("name", ["a.xlsx", "a"])
def test_an_unknown_ending_is_refused(run, tmp_path, name):
    result = run("export", tmp_path / name)
    assert result.exit_code == 2
    assert ".sqlite" in result.stderr


def test_the_archive_itself_is_never_replaced(run, seeded, tmp_path):
    (tmp_path / "link.sqlite").symlink_to(seeded / "archive.db")
    assert "the archive itself" in run("export", tmp_path / "link.sqlite").stderr
    (tmp_path / "open.sqlite-wal").touch()
    assert "another program" in run("export", tmp_path / "open.sqlite").stderr


def test_words_that_ask_for_nothing_are_one_line(run, tmp_path):
    result = run("export", tmp_path / "a.jsonl", "--words", "。")
    assert result.exit_code == 1
    assert "nothing to search for" in result.stderr
    assert not list(tmp_path.iterdir())
