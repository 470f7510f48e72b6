"""A WACZ file of a selection: unchanged records, an index that finds them, and correct hashes."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import Archive, WarcWriter, fingerprint, read_warc
from newscrawl.archive.export.wacz import key_of
from newscrawl.cli import main
from newscrawl.items import Article, Page, PortalFacts
from tests.cli.seed import BRIDGE, TEA, hours

PORTAL = PortalFacts("hunan_test", "潇湘网", "湖南", "province")
CHOSEN, OTHER = "http://www.xiangjiang.test/a/1.html?b=2&a=1", "http://www.xiangjiang.test/a/2.html"
VALIDATOR = Path(__file__).parents[3] / ".venv-wacz" / "bin" / "wacz"


def html(title: str, body: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>".encode(
        "gb18030"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder: an article seen, confirmed by a 304 and gone, another one, and one whose WARC file is lost."""
    folder = tmp_path_factory.mktemp("data")
    visits = [
        (CHOSEN, 200, html("清溪大桥建成通车", BRIDGE), BRIDGE),
        (OTHER, 200, html("清溪茶叶节开幕", TEA), TEA),
        (CHOSEN, 304, b"", None),
        (CHOSEN, 404, b"<html>no such page</html>", None),
    ]
    with Archive.open(folder / "archive.db") as archive, WarcWriter(folder / "warc", "hunan", info={}) as writer:
        for number, (url, status, body, text) in enumerate(visits):
            at = hours(24 * number)
            headers = [("Content-Type", "text/html; charset=gb2312")]
            since = {"unchanged_since": archive.last_page(url)} if status == 304 else {}
            ref = writer.write(url, status=status, headers=headers, body=body, fetched_at=at, **since)
            archive.store(page(url, status, ref, at, text))
        lost = WarcWriter(folder / "lost", "lost", info={})
        ref = lost.write(f"{OTHER}?lost", status=200, headers=headers, body=b"<html></html>", fetched_at=at)
        archive.store(page(f"{OTHER}?lost", 200, ref, at, BRIDGE[::-1]))
        lost.close()
    return folder


def page(url, status, ref, at, text):
    article = text and Article(url=url, title=text[:12], body=text, published="2026-02-20T10:05+08:00")
    outcome = "article" if text else "unchanged" if status == 304 else "http-404"
    return Page(
        url, status, PORTAL, None, at, ref, article=article, outcome=outcome, fingerprint=fingerprint(text or "")
    )


def export(folder, file, *options):
    return CliRunner().invoke(main, ["--data", str(folder), "export", str(file), *options])


@pytest.fixture(scope="module")
def packed(folder, tmp_path_factory):
    file = tmp_path_factory.mktemp("wacz") / "evidence.wacz"
    done = export(folder, file, "--words", "过江")
    assert (done.exit_code, done.output) == (0, f"1 articles → {file}\n")
    return file


def test_words_that_another_program_has_written_are_found(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as plain, plain:
        plain.execute("UPDATE articles SET title = '清溪采茶戏开演' WHERE url = ?", (OTHER,))
    file = tmp_path / "opera.wacz"
    done = export(tmp_path / "data", file, "--words", "采茶戏")
    assert (done.exit_code, done.output) == (0, f"1 articles → {file}\n")


def test_every_file_has_the_hash_that_the_description_says(packed):
    with zipfile.ZipFile(packed) as archive:
        package = json.loads(archive.read("datapackage.json"))
        digest = json.loads(archive.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"
        told = {resource["path"]: (resource["hash"], resource["bytes"]) for resource in package["resources"]}
        for path in set(archive.namelist()) - {"datapackage.json", "datapackage-digest.json"}:
            content = archive.read(path)
            assert told.pop(path) == (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))
        assert told == {}
        assert archive.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        assert archive.getinfo("indexes/index.cdx.gz").compress_type == zipfile.ZIP_STORED
        (block,) = archive.read("indexes/index.idx").decode().splitlines()[1:]
        facts = json.loads(block.split(" ", 2)[2])
        assert facts["digest"] == f"sha256:{hashlib.sha256(archive.read('indexes/index.cdx.gz')).hexdigest()}"


def test_the_index_finds_each_record_of_the_chosen_article_and_no_other(packed):
    with zipfile.ZipFile(packed) as archive:
        lines = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
        records = archive.read("archive/data.warc.gz")
        pages = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()[1:]]
    assert [(page["url"], page["ts"][:13]) for page in pages] == [(CHOSEN, "2026-03-01T00")]
    assert [line.split(" ")[:2] for line in lines] == [
        ["test,xiangjiang)/a/1.html?a=1&b=2", f"{hours(24 * day):%Y%m%d%H%M%S}"] for day in (0, 2, 3)
    ]
    facts = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert [(fact["mime"], fact["status"]) for fact in facts] == [
        ("text/html", "200"), ("warc/revisit", "304"), ("text/html", "404"),
    ]  # fmt: skip
    for fact in facts:
        member = records[int(fact["offset"]) :][: int(fact["length"])]
        (record,) = ArchiveIterator(BytesIO(member))
        assert record.rec_headers["WARC-Target-URI"] == fact["url"] == CHOSEN
        assert record.rec_headers["WARC-Payload-Digest"] == fact["digest"]


def test_the_records_are_those_of_the_data_folder_with_their_requests(packed, folder, tmp_path):
    with zipfile.ZipFile(packed) as archive:
        archive.extract("archive/data.warc.gz", tmp_path)
    file = tmp_path / "archive" / "data.warc.gz"
    with file.open("rb") as content:
        kinds = [record.rec_type for record in ArchiveIterator(content, check_digests="raise")]
    assert kinds == ["warcinfo", "request", "response", "request", "revisit", "request", "response"]
    before = [capture for path in sorted((folder / "warc").iterdir()) for capture in read_warc(path)]
    wanted = [(one.fetched_at, one.status, one.raw) for one in before if one.url == CHOSEN]
    assert [(one.fetched_at, one.status, one.raw) for one in read_warc(file)] == wanted
    assert wanted[0][0] + timedelta(days=3) == wanted[2][0]


def test_what_is_lost_is_told_and_the_rest_is_there(folder, tmp_path):
    done = export(folder, tmp_path / "all.wacz")
    assert done.exit_code == 0
    assert done.stderr.count("left out") == 1
    assert "lost-" in done.stderr
    with zipfile.ZipFile(tmp_path / "all.wacz") as archive:
        assert len(gzip.decompress(archive.read("indexes/index.cdx.gz")).splitlines()) == 4


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www2.Hunan.test:8443/A.html", "test,hunan:8443)/a.html"),
        ("http://hunan.test:80", "test,hunan)/"),
        ("http://hunan.test/?id=2&a", "test,hunan)/?a&id=2"),
        ("http://wwwx.test/", "test,wwwx)/"),
    ],
)
def test_keys_are_those_of_replay_tools(url, key):
    assert key_of(url) == key


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs `make test-wacz`, which installs py-wacz beside")
def test_the_reference_implementation_takes_it(packed):
    checked = subprocess.run([VALIDATOR, "validate", "-f", packed], capture_output=True, text=True, check=False)
    assert (checked.returncode, "is valid" in checked.stdout) == (0, True), checked.stdout + checked.stderr
