"""Workers that keep no archive, and loaders that bring their files into one: the rows are those of a crawl."""

from __future__ import annotations

import shutil

import pytest

from newscrawl.archive.warc.shipping import Shipping, place_of
from newscrawl.errors import DataFolderError
from newscrawl.sample.server import serve
from tests import forked
from tests.conftest import command
from tests.replay.test_replay import contents
from tests.servers.s3 import S3


def rows_of(folder):
    """Give an archive's rows, but for the numbers that rows have in the order in which they came."""
    return {table: rows for table, rows in contents(folder / "archive.db").items() if table != "searched"}


def worker(folder, target, edition=1, **environment):
    """Crawl the sample portal without an archive."""
    names = {"NEWSCRAWL_DATA": str(folder), "NEWSCRAWL_WARC": str(target), **environment}
    with serve(edition=edition) as sample:
        crawl = forked.scrapy("crawl", "sample", "-a", f"server={sample.proxy}", **names)
        said = crawl.communicate(120)[1]
    return crawl.returncode, said


def load(folder, source, *options, **environment):
    return command("newscrawl", "load", source, *options, NEWSCRAWL_DATA=str(folder), **environment)


def test_a_folder_takes_whole_files_only(tmp_path):
    worker_folder, target = tmp_path / "warc", tmp_path / "target"
    worker_folder.mkdir()
    (worker_folder / "a-1.warc.gz").write_bytes(b"whole")
    (worker_folder / "a-2.warc.gz.open").write_bytes(b"to")
    shipping = Shipping(worker_folder, str(target))
    shipping.ship()
    shipping.ship()
    assert place_of(str(target)).sizes() == {"a-1.warc.gz": 5}
    assert [path.name for path in worker_folder.iterdir()] == ["a-2.warc.gz.open"]
    with pytest.raises(DataFolderError, match="is no folder"):
        place_of(str(tmp_path / "nowhere")).sizes()
    (tmp_path / "file").touch()
    (worker_folder / "a-3.warc.gz").touch()
    with pytest.raises(DataFolderError, match="cannot write to"):
        Shipping(worker_folder, str(tmp_path / "file")).ship()
    assert (worker_folder / "a-3.warc.gz").exists(), "what did not arrive is kept"


def test_files_go_to_an_object_store_and_come_from_there(tmp_path):
    pytest.importorskip("obstore", reason="obstore is not installed (the extra objects)")
    with S3() as store:
        target = "s3://bucket/warc"
        store.is_closed = True
        status, said = worker(tmp_path / "worker", target, **store.environment)
        assert status != 0
        assert "cannot use s3://bucket/warc" in said
        [kept] = (tmp_path / "worker" / "warc").glob("*.warc.gz")
        store.is_closed = False
        assert worker(tmp_path / "worker", target, **store.environment)[0] == 0
        assert f"bucket/warc/{kept.name}" in store.objects, "what could not be sent is sent by the next run"
        assert list((tmp_path / "worker" / "warc").iterdir()) == []
        result = load(tmp_path / "data", target, **store.environment)
        assert result.returncode == 0, result.stderr
        lacking = load(tmp_path / "data", "nowhere://x")
        assert lacking.stderr.startswith("newscrawl: nowhere://x is no place for WARC files")
        assert not (tmp_path / "worker" / "archive.db").exists()
    rows = rows_of(tmp_path / "data")
    assert len(rows["articles"]) > 20
    assert any('"recorded": ' in row for row in rows["crawls"]), "the crawl's own row, as it wrote it into the file"


def test_what_did_not_arrive_whole_in_an_object_store_is_kept(tmp_path, monkeypatch):
    pytest.importorskip("obstore", reason="obstore is not installed (the extra objects)")
    (tmp_path / "a-1.warc.gz").write_bytes(b"whole")
    with S3() as store:
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        store.is_cutting = True
        with pytest.raises(DataFolderError, match=r"^a-1\.warc\.gz did not arrive whole"):
            Shipping(tmp_path, "s3://bucket/warc").ship()
        assert (tmp_path / "a-1.warc.gz").exists()
        store.is_cutting = False
        Shipping(tmp_path, "s3://bucket/warc").ship()
    assert store.objects == {"bucket/warc/a-1.warc.gz": b"whole"}
    assert list(tmp_path.iterdir()) == []


def test_in_any_order_by_several_at_once_and_a_damaged_file_is_named(tmp_path, recorded):
    source = tmp_path / "source"
    source.mkdir()
    first, second = sorted((recorded / "warc").glob("*.warc.gz"))
    shutil.copy(second, source)
    assert load(tmp_path / "loaded", source).returncode == 0
    for number in range(3):  # the same pages once more, under other names, and a file that is not finished
        shutil.copy(first, source / first.name.replace("-00001", f"-0000{number + 2}"))
    shutil.copy(first, source)
    (source / "sample-20260101000000-1-00001.warc.gz.open").write_bytes(b"torn")
    (source / "sample-20250101000000-1-00001.warc.gz").write_bytes(b"\x1f\x8b no gzip" * 100)
    loaders = [forked.newscrawl("load", source, NEWSCRAWL_DATA=str(tmp_path / "loaded")) for _ in range(2)]
    said = [loader.communicate(120) for loader in loaders]
    assert sorted(loader.returncode for loader in loaders) == [0, 1], said
    complaints = "".join(errors for _, errors in said)
    assert "damaged WARC records were passed over" in complaints
    assert "sample-20250101000000-1-00001" in complaints
    assert sum(int(out.split()[-3]) for out, _ in said if "files loaded" in out) == 5, said
    wanted = rows_of(recorded)
    found = rows_of(tmp_path / "loaded")
    del wanted["captures"], found["captures"]  # which of the equal files they lie in is a matter of chance
    assert found == wanted
    again = load(tmp_path / "loaded", source)
    assert (again.returncode, again.stdout) == (0, "nothing new to load\n")
    assert list((tmp_path / "loaded").glob(".loading-*")) == []


def test_a_replay_by_several_processes_gives_the_same_rows(tmp_path, recorded):
    shutil.copytree(recorded / "warc", tmp_path / "warc")
    result = command("newscrawl", "replay", "--jobs", 2, NEWSCRAWL_DATA=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert rows_of(tmp_path) == rows_of(recorded)
    assert not list(tmp_path.glob(".replay*"))
