"""Gzip members of a file are read one by one; damaged parts are skipped."""

from __future__ import annotations

import gzip
import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.warc import gzip_members as module
from newscrawl.archive.warc.gzip_members import DamagedMemberError, Gap, Member, inflate, members

RECORD = b"WARC/1.1\r\n" + random.Random(7).randbytes(2000)
ZIPPED = gzip.compress(RECORD, mtime=0)
PIECE = module._PIECE


@pytest.fixture
def opened(tmp_path):
    """Open a file of some bytes for reading."""
    descriptors = []

    def opened(content: bytes) -> int:
        path = tmp_path / str(len(descriptors))
        path.write_bytes(content)
        descriptors.append(os.open(path, os.O_RDONLY))
        return descriptors[-1]

    yield opened
    for descriptor in descriptors:
        os.close(descriptor)


def test_a_member_is_read_where_it_lies(opened):
    file = opened(b"before" + ZIPPED + ZIPPED)
    assert inflate(file, 6, len(RECORD)) == Member(6, len(ZIPPED), RECORD)
    assert inflate(file, 6 + len(ZIPPED), len(RECORD)) == Member(6 + len(ZIPPED), len(ZIPPED), RECORD)


def test_a_member_may_hold_just_as_much_as_allowed(opened):
    file = opened(ZIPPED)
    assert inflate(file, 0, len(RECORD)).data == RECORD
    with pytest.raises(DamagedMemberError, match=f"^larger than {len(RECORD) - 1} bytes$"):
        inflate(file, 0, len(RECORD) - 1)


def test_a_bomb_is_not_unpacked(opened):
    with pytest.raises(DamagedMemberError, match=r"^larger than 1000 bytes$"):
        inflate(opened(gzip.compress(b" " * 10_000_000)), 0, 1000)


def test_a_member_larger_than_a_piece(opened):
    long = random.Random(1).randbytes(3 * PIECE + 17)
    zipped = gzip.compress(long, mtime=0)
    assert inflate(opened(zipped), 0, len(long)) == Member(0, len(zipped), long)
    many = b"a" * 40 * PIECE  # unpacks to many times a piece
    assert inflate(opened(gzip.compress(many)), 0, len(many)).data == many


def test_what_is_no_whole_member_is_named(opened):
    with pytest.raises(DamagedMemberError, match=r"^torn$"):
        inflate(opened(ZIPPED[:-1]), 0, 10_000)
    with pytest.raises(DamagedMemberError, match=r"^damaged \(.+\)$"):
        inflate(opened(ZIPPED[:-8] + bytes(8)), 0, 10_000)  # its CRC
    with pytest.raises(DamagedMemberError, match=r"^torn$"):
        inflate(opened(ZIPPED), len(ZIPPED), 10_000)


@pytest.mark.parametrize(
    "stretch", [b"x", b"\x1f\x8b\x08", b"x" * 100 + module.MAGIC, gzip.compress(b"no record", mtime=0)[:-1]]
)
def test_a_damaged_stretch_is_passed_over(opened, stretch):
    found = list(members(opened(ZIPPED + stretch + ZIPPED + ZIPPED), 10_000))
    assert [(type(one), one.offset, one.length) for one in found] == [
        (Member, 0, len(ZIPPED)),
        (Gap, len(ZIPPED), len(stretch)),
        (Member, len(ZIPPED) + len(stretch), len(ZIPPED)),
        (Member, 2 * len(ZIPPED) + len(stretch), len(ZIPPED)),
    ]


def test_after_damage_only_a_record_is_trusted(opened):
    other = gzip.compress(b"WARC, but no record")
    found = list(members(opened(b"x" + other + ZIPPED), 10_000))
    assert [(type(one), one.offset) for one in found] == [(Gap, 0), (Member, 1 + len(other))]


def test_a_torn_end_is_one_gap_with_its_reason(opened):
    found = list(members(opened(ZIPPED + ZIPPED[:-5]), 10_000))
    assert found == [Member(0, len(ZIPPED), RECORD), Gap(len(ZIPPED), len(ZIPPED) - 5, "torn")]
    assert list(members(opened(b""), 10_000)) == []


@pytest.mark.parametrize("size", [PIECE - 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 3])
def test_a_member_that_begins_where_two_pieces_meet_is_found(opened, size):
    found = list(members(opened(b"x" * size + ZIPPED), 10_000))
    assert [(type(one), one.offset, one.length) for one in found] == [(Gap, 0, size), (Member, size, len(ZIPPED))]


def test_every_third_byte_a_false_beginning(opened):
    noise = module.MAGIC * 50
    found = list(members(opened(noise + ZIPPED + noise), 10_000))
    assert [(type(one), one.offset) for one in found] == [(Gap, 0), (Member, len(noise)), (Gap, len(noise + ZIPPED))]
    assert found[-1].length == len(noise)


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=300), max_size=6))
def test_members_come_back_as_they_were_written(tmp_path_factory, contents):
    path = tmp_path_factory.mktemp("members") / "file"
    path.write_bytes(b"".join(map(gzip.compress, contents)))
    with path.open("rb") as file:
        found = list(members(file.fileno(), 300))
    assert [one.data for one in found] == contents
    assert sum(one.length for one in found) == path.stat().st_size
