from __future__ import annotations

import errno
import gzip
import importlib
import os
import random
import subprocess
import sys
import zlib

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import WarcWriter, read_record, read_warc
from newscrawl.archive.warc import write
from newscrawl.errors import DataFolderError, WarcError
from tests.archive.pages import START, at, exchange

zstd = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
URL = "http://news.test/a/1.html?id=3"


@pytest.fixture
def writer(tmp_path):
    with WarcWriter(tmp_path / "warc", "hunan_test", info={"robots": "classic", "portal": '{"title": "测试网"}'}) as it:
        yield it


def records(path):
    with path.open("rb") as stream:
        return [
            (
                record.rec_type,
                record.rec_headers,
                record.http_headers,
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(stream)
        ]


def only_file(writer):
    writer.close()
    (path,) = writer.folder.iterdir()
    return path


def test_a_response_comes_back_as_it_was_received(writer):
    ref = writer.write(URL, **exchange("中文"))

    capture = read_record(writer.folder, ref)  # while the file is still open

    assert (capture.url, capture.status, capture.reason, capture.protocol) == (URL, 200, "OK", "HTTP/1.1")
    assert capture.body.decode("gbk") == "<html>中文</html>"
    assert capture.raw == exchange("中文")["body"]
    assert capture.fetched_at == START
    assert capture.ref == ref
    assert capture.header("content-type") == "text/html; charset=gbk"


def test_reading_a_file_gives_every_response_with_the_facts_of_its_warcinfo(writer):
    refs = [writer.write(f"{URL}&n={number}", **exchange(str(number), fetched_at=at(number))) for number in range(3)]

    captures = list(read_warc(only_file(writer)))

    assert [capture.ref for capture in captures] == refs
    assert [capture.fetched_at for capture in captures] == [at(0), at(1), at(2)]
    assert {capture.info["portal"] for capture in captures} == {'{"title": "测试网"}'}


@pytest.mark.parametrize("library", ["zlib", "isal"])
def test_a_record_reads_the_same_whichever_library_packed_it(tmp_path, monkeypatch, library):
    if library == "isal":
        pytest.importorskip("isal", reason="needs the extra fast")
    else:
        monkeypatch.setitem(sys.modules, "isal.igzip", None)
    write._gzip.cache_clear()
    body = "青石镇万亩油菜花开".encode() * 500
    with WarcWriter(tmp_path / "warc", "hunan_test", info={}) as writer:
        ref = writer.write(URL, **exchange(at(0), body=body))
    write._gzip.cache_clear()
    assert read_record(tmp_path / "warc", ref).body == body
    assert ref.length < len(body) / 4


def test_the_file_is_open_by_name_until_it_is_closed(writer):
    ref = writer.write(URL, **exchange())
    assert [path.name for path in writer.folder.iterdir()] == [f"{ref.file}.open"]

    writer.close()

    assert [path.name for path in writer.folder.iterdir()] == [ref.file]
    assert read_record(writer.folder, ref).url == URL


def test_warcio_finds_nothing_to_complain_of(writer):
    writer.write(URL, **exchange())
    writer.write(URL, **exchange(status=304, body=b"", headers=[("ETag", '"1"')]))
    writer.write(URL, **exchange(status=302, body=b"", headers=[("Location", "/"), ("X-Place", "\xe9\xe8")]))
    writer.write_metadata("crawl", {"portal": "hunan_test"})
    path = only_file(writer)

    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
    )

    assert check.returncode == 0, check.stdout + check.stderr
    assert check.stdout.count("digest pass") == 7  # all but the revisit, whose digest is another record's
    assert "no digest" not in check.stdout


def test_records_say_what_the_standard_asks(writer):
    ref = writer.write(URL, **exchange(ip="192.0.2.7"))
    info, request, response = records(only_file(writer))

    assert info[0] == "warcinfo"
    assert info[1]["WARC-Filename"] == ref.file
    assert b"software: newscrawl" in info[3]
    assert b"format: WARC File Format 1.1" in info[3]
    assert response[1].protocol == "WARC/1.1"
    assert response[1]["WARC-Date"] == "2026-03-01T08:00:00.123456Z"
    assert response[1]["WARC-IP-Address"] == "192.0.2.7"
    assert response[1]["WARC-Payload-Digest"] == ref.digest
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    assert request[2].protocol == "GET"
    assert request[2].statusline == "/a/1.html?id=3 HTTP/1.1"
    assert request[2].headers == [("Host", "news.test"), ("User-Agent", "test")]


def test_headers_fit_the_dechunked_body_and_keep_their_bytes(writer):
    headers = [("Content-Length", "9"), ("Transfer-Encoding", "chunked"), ("X-Name", "\xd6\xd0"), ("Set-Cookie", "a=1")]
    ref = writer.write(URL, **exchange(headers=headers, body=b"<html>"))

    raw = gzip.decompress((writer.folder / f"{ref.file}.open").read_bytes()[ref.offset : ref.offset + ref.length])

    assert b"\r\nContent-Length: 6\r\nX-Name: \xd6\xd0\r\nSet-Cookie: a=1\r\n\r\n<html>" in raw
    assert read_record(writer.folder, ref).headers == [
        ("Content-Length", "6"),
        ("X-Name", "\xd6\xd0"),
        ("Set-Cookie", "a=1"),
    ]


def test_a_file_that_could_not_begin_leaves_nothing_and_the_next_begins_anew(writer, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DataFolderError, match="the disk is full"):
            writer.write(URL, **exchange())
        assert list(writer.folder.iterdir()) == []
    writer.write(URL, **exchange())
    assert [record[0] for record in records(only_file(writer))] == ["warcinfo", "request", "response"]


def test_another_protocol_is_named_beside_the_record(writer):
    assert read_record(writer.folder, writer.write(URL, **exchange(protocol="h2"))).protocol == "h2"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"<html>", mtime=0)),
        ("x-gzip", gzip.compress(b"<ht", mtime=0) + gzip.compress(b"ml>", mtime=0)),
        ("deflate", zlib.compress(b"<html>")),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(b"<html>", wbits=-15)),
        ("br", brotli.compress(b"<html>")),
        ("zstd", zstd.compress(b"<ht") + zstd.compress(b"ml>")),
        ("zstd", b"<html>"),
        ("br", b"<html>"),
        ("gzip, br", brotli.compress(gzip.compress(b"<html>", mtime=0))),
        ("gzip", b"<html>"),
        ("identity", b"<html>"),
    ],
)
def test_content_encodings_are_undone(writer, encoding, body):
    ref = writer.write(URL, **exchange(headers=[("Content-Encoding", encoding)], body=body))
    assert read_record(writer.folder, ref).body == b"<html>"


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_a_body_that_was_cut_short_gives_what_it_has(writer, encoding, pack):
    whole = random.Random(1).randbytes(300_000)
    ref = writer.write(URL, **exchange(headers=[("Content-Encoding", encoding)], body=pack(whole)[:-9]))
    body = read_record(writer.folder, ref).body
    assert body
    assert whole.startswith(body)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_unfolds_beyond_the_ceiling_is_left_out(writer, encoding):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}[encoding]
    bomb = pack(bytes(1 << 20))
    ref = writer.write(URL, **exchange(headers=[("Content-Encoding", encoding)], body=bomb))
    writer.write(URL, **exchange())
    with pytest.raises(WarcError, match="larger than 65536"):
        read_record(writer.folder, ref, ceiling=1 << 16)
    assert len(read_record(writer.folder, ref, ceiling=1 << 20).body) == 1 << 20
    damage = []
    captures = list(read_warc(only_file(writer), ceiling=1 << 16, on_damage=damage.append))
    assert ([capture.raw for capture in captures], damage) == ([exchange()["body"]], [])


def test_an_answer_304_is_a_revisit_that_names_the_page_it_confirms(writer):
    writer.write(URL, **exchange())
    since = ("2026-03-01T08:00:00.123456Z", "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A")
    answer = exchange(status=304, reason="Not Modified", headers=[("ETag", '"x"')], body=b"")
    ref = writer.write(URL, **answer, unchanged_since=since)
    with only_file(writer).open("rb") as stream:
        record = list(ArchiveIterator(stream))[-1]
        headers = record.rec_headers
        assert record.rec_type == "revisit"
        assert headers["WARC-Profile"].endswith("/server-not-modified")
        assert headers["WARC-Refers-To-Target-URI"] == URL
        assert (headers["WARC-Refers-To-Date"], headers["WARC-Payload-Digest"]) == since
    capture = list(read_warc(only_file(writer)))[-1]
    assert capture == read_record(writer.folder, ref) or capture.ref == ref
    assert (capture.record_type, capture.status, capture.header("ETag"), capture.raw) == ("revisit", 304, '"x"', b"")


def test_metadata_comes_back(writer):
    writer.write(URL, **exchange())
    writer.write_metadata("crawl", {"portal": "hunan_test", "counts": {"pages": 3}, "title": "网"})
    last = list(read_warc(only_file(writer)))[-1]
    assert (last.record_type, last.name) == ("metadata", "crawl")
    assert last.payload == {"portal": "hunan_test", "counts": {"pages": 3}, "title": "网"}


def test_a_new_file_begins_at_the_size_asked_for(tmp_path):
    with WarcWriter(tmp_path, "p", info={}, roll_over=1500) as writer:
        refs = [writer.write(f"{URL}&n={number}", **exchange()) for number in range(6)]
    names = {ref.file for ref in refs}
    assert len(names) > 1
    assert names == {path.name for path in tmp_path.iterdir()}
    assert all(read_record(tmp_path, ref).ref == ref for ref in refs)


def test_a_new_file_begins_with_each_day(tmp_path):
    with WarcWriter(tmp_path, "p", info={}) as writer:
        refs = [writer.write(URL, **exchange(fetched_at=at(hours))) for hours in (0, 2, 20, 21)]
    assert refs[0].file == refs[1].file != refs[2].file == refs[3].file


def test_a_portal_named_by_an_address_makes_a_plain_file_name(tmp_path):
    with WarcWriter(tmp_path, "a/../b:80", info={}) as writer:
        ref = writer.write(URL, **exchange())
    assert (tmp_path / ref.file).exists()


def test_two_writers_never_share_a_file(tmp_path):
    with WarcWriter(tmp_path, "p", info={}) as one, WarcWriter(tmp_path, "p", info={}) as other:
        refs = [writer.write(URL, **exchange()) for writer in (one, other, one)]
    assert refs[0].file == refs[2].file != refs[1].file


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "warc").write_text("a file")
    with pytest.raises(DataFolderError, match=r"cannot make .*warc"):
        WarcWriter(tmp_path / "warc", "p", info={})


def test_a_reference_to_nothing_is_an_error_that_names_it(writer):
    ref = writer.write(URL, **exchange())
    writer.close()
    with pytest.raises(WarcError, match=r"cannot read .*gone"):
        read_record(writer.folder, type(ref)("gone.warc.gz", 0, 1))
    with pytest.raises(WarcError, match=f"no record at offset 7 of .*{ref.file}"):
        read_record(writer.folder, type(ref)(ref.file, 7, 1))


def test_what_was_asked_beside_the_pages_says_so(writer):
    for url, aside in ((URL, "gate"), (URL, None), ("http://news.test/robots.txt", None), (URL, "robots")):
        writer.write(url, **exchange("中文"), aside=aside)
    captures = list(read_warc(only_file(writer)))
    assert [(capture.aside, capture.is_page) for capture in captures] == [
        ("gate", False),
        (None, True),
        (None, False),
        ("robots", False),
    ]
