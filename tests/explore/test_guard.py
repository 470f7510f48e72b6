"""`newscrawl serve` resists pages of other sites, odd requests and altered archives."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing

import pytest

from newscrawl.archive import WarcRef, read_record
from newscrawl.errors import WarcError
from tests.explore.test_serving import get

SQL = "/archive.json?sql=select+1"
CROSS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (SQL, {}, 200),
        (SQL, {"Sec-Fetch-Site": "same-origin"}, 200),
        (SQL, {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        (SQL, CROSS, 403),
        (SQL, LINK, 403),
        (SQL, {"Origin": "http://evil.test"}, 403),
        (SQL, {"Referer": "http://evil.test/page"}, 403),
        (SQL, {**CROSS, "Sec-Fetch-Site": "same-site"}, 403),
        ("/archive/articles.json?_where=1", LINK, 403),
        ("/", CROSS, 403),
        ("/", LINK, 200),
    ],
)
def test_other_sites_may_link_and_nothing_more(served, path, headers, status):
    assert get(served + path, **headers)[0] == status


def test_a_query_is_bounded_in_memory_and_time(served):
    for query in ("select+hex(zeroblob(400000000))", "select+randomblob(900000000)"):
        assert get(f"{served}/archive.json?sql={query}")[0] == 400
    status, headers, _ = get(f"{served}/archive.json?sql=select+1")
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_more_queries_than_two_at_once_do_not_hold_up_the_pages():
    from newscrawl.explore.guard import Guard  # noqa: PLC0415  needs no extra, but stands in an optional package

    async def slow(scope, receive, send):
        await asyncio.sleep(0.2)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(guard, path, query):
        seen = []

        async def send(message):
            seen.append(message)

        scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
        await guard(scope, None, send)
        return seen[0]["status"]

    async def together():
        guard = Guard(slow)
        return await asyncio.gather(*(ask(guard, "/archive", b"sql=select+1") for _ in range(4)), ask(guard, "/", b""))

    assert asyncio.run(together()) == [200, 200, 503, 503, 200]


@pytest.mark.parametrize("path", ["/archive/articles?_sort=<script>", "/archive/articles.json?_sort=nothing"])
def test_a_column_that_is_none_is_a_mistake_of_the_reader(served, path):
    status, _, text = get(served + path)
    assert status == 400
    assert "<script>" not in text


def test_an_address_of_many_parts_is_not_found_and_nothing_is_written(served):
    assert get(f"{served}/a/b/c/d/e")[0] == 404


def test_cells_that_a_spreadsheet_would_compute_and_acting_characters_are_sent_as_text(archive, tmp_path, ask_of):
    from newscrawl.explore.outgoing import Outgoing  # noqa: PLC0415

    sent = []

    async def send(message):
        sent.append(message)

    async def run():
        outgoing = Outgoing(send, {})
        await outgoing({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/csv")]})
        for body, more in (('=1+1,"a\nb"\r\n', True), ("恶\u202e\x9b31m,@x\r\n", True), ("", False)):
            await outgoing({"type": "http.response.body", "body": body.encode(), "more_body": more})

    asyncio.run(run())
    assert b"".join(message.get("body", b"") for message in sent).decode() == "'=1+1,\"a\nb\"\r\n恶31m,'@x\r\n"


def test_a_row_cannot_name_a_file_outside_of_the_data_folder(archive, tmp_path):
    (tmp_path / "outside.warc.gz").write_bytes(b"secret")
    folder = tmp_path / "warc"
    folder.mkdir()
    for name in ("../outside.warc.gz", str(tmp_path / "outside.warc.gz"), "", "."):
        with pytest.raises(WarcError, match="no name of a file"):
            read_record(folder, WarcRef(name, 0, 6, None))


def test_a_tampered_row_is_told_by_the_page(archive, tmp_path, ask_of):
    copy = tmp_path / "archive.db"
    shutil.copy(archive, copy)
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("update captures set warc = '../../outside.warc.gz'")
        (capture,) = db.execute("select id from captures").fetchone()
    assert "tampered" in ask_of(copy)(f"/raw/{capture}").text
