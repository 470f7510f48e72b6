from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import textwrap

import pytest

from newscrawl.archive import WarcRef, WarcWriter, read_record, read_warc, recover
from tests.archive.pages import exchange

URL = "http://news.test/a/"


def torn_file(folder):
    """A file of three pages whose writer died, and the offset of the last response."""
    writer = WarcWriter(folder, "p", info={})
    refs = [writer.write(f"{URL}{number}", **exchange(str(number))) for number in range(3)]
    os.close(writer._descriptor)  # as the kernel does when a process dies: the lock is gone, the name stays
    return folder / f"{refs[-1].file}.open", refs


def urls(path):
    return [capture.url for capture in read_warc(path)]


def test_whatever_byte_the_last_record_is_torn_at_all_before_it_stays(tmp_path):
    path, refs = torn_file(tmp_path)
    whole = path.read_bytes()
    last = refs[-1].offset
    for size in range(last, len(whole)):
        path.write_bytes(whole[:size])
        assert urls(path) == [f"{URL}0", f"{URL}1"]

        (line,) = recover(tmp_path)

        closed = tmp_path / refs[-1].file
        assert closed.stat().st_size == last
        assert line == f"{closed.name}: closed" + (f", {size - last} bytes of a torn record cut" if size > last else "")
        assert urls(closed) == [f"{URL}0", f"{URL}1"]
        closed.unlink()


def test_a_whole_file_is_only_renamed(tmp_path):
    path, refs = torn_file(tmp_path)
    whole = path.read_bytes()
    assert recover(tmp_path) == [f"{refs[0].file}: closed"]
    assert (tmp_path / refs[0].file).read_bytes() == whole
    assert recover(tmp_path) == []


def test_a_file_without_a_whole_record_goes(tmp_path):
    path, _ = torn_file(tmp_path)
    path.write_bytes(path.read_bytes()[:50])
    assert recover(tmp_path) == [f"{path.name}: no whole record, removed"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_being_written_is_left_alone(tmp_path):
    with WarcWriter(tmp_path, "p", info={}) as writer:
        ref = writer.write(f"{URL}1", **exchange())
        assert recover(tmp_path) == []
        writer.write(f"{URL}2", **exchange())
    assert urls(tmp_path / ref.file) == [f"{URL}1", f"{URL}2"]


def test_a_folder_that_is_not_there_needs_nothing(tmp_path):
    assert recover(tmp_path / "warc") == []


@pytest.mark.parametrize("where", [0, 12, 200])
def test_damage_in_the_middle_costs_one_record_and_is_told(tmp_path, caplog, where):
    path, refs = torn_file(tmp_path)
    data = bytearray(path.read_bytes())
    for index in range(5):
        data[refs[1].offset + where + index] ^= 0xFF
    path.write_bytes(data)

    told = []
    assert [capture.url for capture in read_warc(path, on_damage=told.append)] == [f"{URL}0", f"{URL}2"]
    assert len(told) == 1
    assert f"damaged WARC {path}: record at offset {refs[1].offset} skipped" in caplog.text

    recover(tmp_path)
    assert urls(tmp_path / refs[0].file) == [f"{URL}0", f"{URL}2"]


def test_a_member_that_is_no_record_is_stepped_over(tmp_path, caplog):
    path, refs = torn_file(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: refs[1].offset] + gzip.compress(b"hello") + data[refs[1].offset :])
    assert urls(path) == [f"{URL}0", f"{URL}1", f"{URL}2"]
    assert f"record at offset {refs[1].offset} skipped" in caplog.text


def test_what_was_written_before_a_kill_can_be_read_after_it(tmp_path):
    script = textwrap.dedent(
        """
        import dataclasses, json, sys
        from pathlib import Path
        from newscrawl.archive import WarcWriter
        from tests.archive.pages import exchange

        writer = WarcWriter(Path(sys.argv[1]), "p", info={}, roll_over=20_000)
        for number in range(1_000_000):
            ref = writer.write(f"http://news.test/a/{number}", **exchange(str(number)))
            print(json.dumps(dataclasses.asdict(ref)), flush=True)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as writer:
        lines = [writer.stdout.readline() for _ in range(150)]
        writer.kill()
        lines += [line for line in writer.stdout if line.endswith("\n")]
    recover(tmp_path)
    assert not list(tmp_path.glob("*.open"))
    for number, line in enumerate(lines):
        assert read_record(tmp_path, WarcRef(**json.loads(line))).url == f"http://news.test/a/{number}"
    assert sum(len(urls(path)) for path in tmp_path.iterdir()) in {len(lines), len(lines) + 1}


def test_a_full_disk_is_told_in_one_line_and_leaves_a_whole_file(tmp_path):
    script = textwrap.dedent(
        """
        import os, resource, sys
        from pathlib import Path
        from newscrawl.archive import WarcWriter
        from newscrawl.errors import DataFolderError
        from tests.archive.pages import exchange

        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        writer = WarcWriter(Path(sys.argv[1]), "p", info={})
        written = 0
        try:
            while written < 100:
                writer.write(f"http://news.test/a/{written}", **exchange(body=os.urandom(3000), headers=[]))
                written += 1
        except DataFolderError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        writer.write("http://news.test/a/after", **exchange())
        writer.close()
        print(written)
        """
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, cwd=os.curdir
    )
    message, written = ran.stdout.splitlines()
    assert message.startswith("the disk is full: cannot write ")
    assert 2 < int(written) < 7
    (path,) = tmp_path.iterdir()
    assert urls(path) == [f"http://news.test/a/{number}" for number in range(int(written))] + [
        "http://news.test/a/after"
    ]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
