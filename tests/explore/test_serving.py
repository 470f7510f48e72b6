"""`newscrawl serve` as a command, and the guard before its pages."""

from __future__ import annotations

import base64
import socket
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from click.testing import CliRunner

from newscrawl.archive import Archive
from newscrawl.cli import main
from newscrawl.explore.guard import Guard
from tests.explore import seeded
from tests.explore.conftest import start, stop

TOKEN = "a-token-of-some-length"


def run(*arguments: str, **environment: str):
    return CliRunner(env={"NEWSCRAWL_TOKEN": None, **environment}).invoke(main, ["serve", *arguments])


def get(url: str, **headers: str):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


@pytest.mark.parametrize(
    "arguments", [["--public"], ["--host", "0.0.0.0"], ["--host", "192.0.2.1"], ["--host", "example.test"]]
)
def test_it_is_not_opened_to_others_without_a_login(data, arguments):
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert answer.output == "newscrawl: others could read the archive: set NEWSCRAWL_TOKEN, or say --unsafe-no-login\n"


def test_a_token_that_can_be_guessed_is_refused(data):
    answer = run(NEWSCRAWL_TOKEN="secret")
    assert (answer.exit_code, answer.output.count("\n")) == (1, 1)
    assert "16 characters" in answer.output


def test_without_the_extra_it_says_what_to_install(data, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "uvicorn", None)
    answer = run()
    assert answer.exit_code == 1
    assert answer.output == "newscrawl: serve needs uvicorn; install it with: make analysis\n"


def test_without_an_archive_it_says_how_to_make_one(data):
    pytest.importorskip("datasette", reason="needs `make analysis`")
    answer = run()
    assert answer.exit_code == 1
    assert answer.output.startswith("newscrawl: no archive at ")
    assert answer.output.count("\n") == 1


def test_a_port_in_use_is_told_in_a_line(archive, monkeypatch):
    pytest.importorskip("datasette", reason="needs `make analysis`")
    monkeypatch.setenv("NEWSCRAWL_DATA", str(archive.parent))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = run("--port", str(taken.getsockname()[1]))
    assert answer.exit_code == 1
    assert "try another --port" in answer.output
    assert answer.output.count("\n") == 1


def test_every_answer_keeps_the_browser_from_loading_elsewhere(served):
    for path in (
        "/",
        "/archive",
        "/-/newscrawl/newscrawl.css",
        "/-/static/app.css",
        "/nothing",
        "/archive/urls?_search=x",
    ):
        _, headers, _ = get(served + path)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "http" not in policy
        assert "*" not in policy
        assert ("unsafe" in policy) == path.startswith(("/archive", "/-/"))
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_another_sites_name_for_this_machine_is_refused(served):
    port = served.rpartition(":")[2]
    assert get(served, Host=f"rebound.test:{port}")[0] == 421
    assert get(served, Host=f"localhost:{port}")[0] == 200


def test_with_a_token_nothing_is_shown_without_it(archive):
    pytest.importorskip("datasette", reason="needs `make analysis`")
    process, url = start(archive, "--public", NEWSCRAWL_TOKEN=TOKEN)
    try:
        for path in ("", "archive.json", "search.json?q=x", "-/static/app.css", "-/newscrawl/newscrawl.css"):
            status, headers, text = get(url + path)
            assert (status, "newscrawl" in headers["WWW-Authenticate"]) == (401, True), path
            assert "昆明" not in text
        for password, status in ((TOKEN, 200), (TOKEN + "x", 401), ("", 401)):
            basic = base64.b64encode(f"anyone:{password}".encode()).decode()
            assert get(url, Authorization=f"Basic {basic}")[0] == status
            assert get(url, Authorization=f"Bearer {password}")[0] == status
        assert get(url, Authorization="Basic !")[0] == 401
        assert get(url, Authorization=f"Digest {TOKEN}")[0] == 401
    finally:
        assert stop(process) == 0


def test_the_guard_passes_on_what_is_no_request():
    seen = []

    async def inner(scope, receive, send):
        seen.append(scope["type"])

    with pytest.raises(StopIteration):
        Guard(inner, token=TOKEN)({"type": "lifespan"}, None, None).send(None)
    assert seen == ["lifespan"]


def test_it_answers_while_a_crawl_writes_and_shows_what_was_written(tmp_path, ask_of):
    path = tmp_path / "archive.db"
    with Archive.open(path) as crawl:
        crawl.store(
            seeded.page(seeded.HUNAN, "http://news.test/1.html", seeded.BEGIN, "先写的文章", "正文甲乙丙丁。" * 9)
        )
        ask = ask_of(path)
        crawl.database.conn.execute("BEGIN IMMEDIATE")
        crawl.database.conn.execute("UPDATE articles SET title = '写到一半'")
        try:
            assert ask("/search.json?q=先写").json()["total"] == 1
            assert "先写的文章" in ask("/").text
            assert ask("/archive/articles.json?_shape=array").json()[0]["title"] == "先写的文章"
        finally:
            crawl.database.conn.execute("ROLLBACK")
        when = seeded.BEGIN + timedelta(days=1)
        crawl.store(seeded.page(seeded.HUNAN, "http://news.test/2.html", when, "后写的文章", "正文戊己庚辛。" * 9))
        assert ask("/search.json?q=后写").json()["total"] == 1
    before = path.stat().st_mtime_ns
    assert ask("/archive.json?sql=" + "DELETE+FROM+articles").status_code == 400
    assert path.stat().st_mtime_ns == before
