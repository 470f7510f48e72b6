"""Real saved pages, crawled through a proxy that serves them at their own addresses: where NEWSCRAWL_CORPUS is set."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.urls import canonical
from tests.conftest import command

SHARED = os.environ.get("NEWSCRAWL_CORPUS")
pytestmark = pytest.mark.skipif(not SHARED, reason="NEWSCRAWL_CORPUS names no folder of saved pages")
# An index page made up by the proxy: the front page of a host, or its channel's second page.
INDEX = re.compile(r"^http://[^/]+/(channel/index_2\.html)?$")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The replay proxy on a free port, and the log of what it was asked."""
    log = tmp_path_factory.mktemp("proxy") / "requests.jsonl"
    script = Path(str(SHARED)) / "replay" / "replay.py"
    with subprocess.Popen(
        [sys.executable, script, "--port", "0", "--log", log], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline()
            # Asked for port 0 the proxy prints 0: take the port it got from the system's table.
            port = _listening_port(process.pid) if line.strip().endswith(":0") else int(line.rpartition(":")[2])
            yield f"http://127.0.0.1:{port}", log
        finally:
            process.terminate()


def _listening_port(pid: int) -> int:
    targets = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    inodes = {target[8:-1] for target in targets if target.startswith("socket:")}
    for line in Path(f"/proc/{pid}/net/tcp").read_text("ascii").splitlines()[1:]:
        columns = line.split()
        if columns[3] == "0A" and columns[9] in inodes:
            return int(columns[1].rpartition(":")[2], 16)
    raise AssertionError("the replay proxy does not listen")


@pytest.fixture(scope="module")
def crawled(proxy, tmp_path_factory):
    address, log = proxy
    folder = tmp_path_factory.mktemp("corpus") / "data"
    result = command(
        *("scrapy", "crawl", "portal", "-a", "url=http://hub.replay.test/", "-a", "domains=*"),
        *("-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0"),
        timeout=170,
        http_proxy=address,
        NEWSCRAWL_DATA=str(folder),
    )
    assert result.returncode == 0, result.stderr[-3000:]
    asked = [json.loads(line)["url"] for line in log.read_text("utf-8").splitlines()]
    return folder, asked


def articles(folder) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        return db.execute("select url, title, body from articles").fetchall()


def test_the_saved_pages_become_articles(crawled):
    folder, _ = crawled
    manifest = json.loads((Path(str(SHARED)) / "corpus" / "manifest.json").read_text("utf-8"))
    wanted = {canonical(entry["url"]) for entry in manifest}
    stored = {canonical(url) for url, title, body in articles(folder) if title and body}
    assert len(wanted & stored) >= 60


def test_none_is_wrongly_decoded_and_none_is_an_index(crawled):
    for url, title, body in articles(crawled[0]):
        assert "\ufffd" not in title + body, url
        assert not re.search(r"锟斤拷|烫烫烫|Ã.Â|â€", title + body), url
        assert not INDEX.match(url), url


def test_what_robots_txt_forbids_is_never_asked_for(crawled):
    assert not any("/private/" in url for url in crawled[1])


def test_thousands_of_dead_links_cost_little(crawled):
    folder, asked = crawled
    with closing(sqlite3.connect(folder / "frontier.db")) as db, db:
        (known,) = db.execute("select count(*) from addresses").fetchone()
    assert len(asked) < 4000
    assert known > 3000
