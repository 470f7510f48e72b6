"""`newscrawl new`, `verify` and `links` on replicas of real CMSs, by the commands a user types."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing

import pytest

from newscrawl import settings as project
from newscrawl.urls import canonical
from tests.conftest import command
from tests.replicas.families import OneBased, Trs, Vsb
from tests.replicas.portal import Asked
from tests.replicas.server import Server

QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0")


@pytest.fixture
def replicas(monkeypatch):
    with Server([Trs(2, 4), OneBased(2, 4), Vsb(2, 4)]) as server:
        monkeypatch.setenv("http_proxy", server.proxy)
        yield server


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where new portals go."""
    folder = tmp_path / "portals"
    monkeypatch.setenv("NEWSCRAWL_PORTALS", str(folder))
    monkeypatch.setattr(project, "NEWSCRAWL_PORTALS", [str(folder)])
    yield folder
    for name in [name for name in sys.modules if name.startswith("newscrawl_portals.")]:
        del sys.modules[name]


def mirror(server, folder, host):
    """Save all pages of a replica as `wget --mirror` does."""
    replica = server.replicas[host]
    for address in replica.routes:
        file = folder / (f"{address}index.html" if address.endswith("/") else address)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(replica.answer(Asked("GET", address)).body)


@pytest.mark.parametrize(
    ("host", "family", "pattern"),
    [("trs.test", "trs", ""), ("onebased.test", "", r"/20\d{4}/[0-9a-f]+\.shtml"), ("vsb.test", "vsb", "")],
)
def test_a_new_portal_crawls_its_site(run, replicas, folder, tmp_path, host, family, pattern):
    """From the address, and for one from a saved copy; the file that is written finds every article."""
    site = f"http://{host}/"
    if host == "vsb.test":
        mirror(replicas, tmp_path / "saved", host)
        site = tmp_path / "saved"
    name = f"hunan_{host.partition('.')[0]}"
    result = run("new", site, "--name", name, "--region", "湖南", "--level", "county", *QUICK, data=tmp_path / "data")
    assert result.exit_code == 0, result.output
    assert "清源新闻网" in result.stdout
    text = (folder / f"{name}.py").read_text("utf-8")
    assert f'name, title, region, level = "{name}", "清源新闻网", "湖南", "county"' in text
    assert ('family = "' in text) == bool(family)
    assert family in text
    assert ("article_url" in text) == bool(pattern)
    assert pattern in text
    shown = [line for line in result.stdout.splitlines() if line.startswith("  2026-")]
    assert len(shown) == 5
    page = json.loads((folder / "pages" / f"{name}.json").read_text("utf-8"))
    assert page["title"] in {article.title for article in replicas.replicas[host].articles}
    crawled = command("scrapy", "crawl", name, *QUICK, NEWSCRAWL_DATA=str(tmp_path / "data"))
    assert crawled.returncode == 0, crawled.stderr[-2000:]
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        stored = {canonical(url) for (url,) in db.execute("select url from articles")}
    assert stored == set(replicas.replicas[host].numbers())


def test_what_new_cannot_use_is_said_in_a_line(run, folder, tmp_path):
    (tmp_path / "empty").mkdir()
    for site, said in (
        (tmp_path / "none", "no address (https://…) and no folder"),
        (tmp_path / "empty", "holds no HTML pages"),
    ):
        result = run("new", site)
        assert result.exit_code == 1
        assert said in result.stderr
    (tmp_path / "empty" / "a.html").write_text("<html><body>x</body></html>")
    assert "name it with --url" in run("new", tmp_path / "empty").stderr
    (tmp_path / "hunan_there.py").touch()
    for name, words in (
        ("bad name", "no portal's name"),
        ("hunan_there", "there already"),
        ("hunan_new", "no article"),
    ):
        said = run("new", tmp_path / "empty", "--url", "http://a.test/", "--name", name, "--to", tmp_path).stderr
        assert words in said, "a name is refused before the site is read"
    assert "no article could be read" in run("new", tmp_path / "empty", "--url", "http://a.test/").stderr
    assert not folder.exists()


def test_verify_tells_lists_and_fields_and_what_is_broken(run, replicas, folder, tmp_path):
    run("new", "http://trs.test/", "--name", "hunan_trs", "--region", "湖南", *QUICK)
    result = run("verify", "hunan_trs", *QUICK)
    assert result.exit_code == 0, result.output
    lists = {line.split()[0]: line.split() for line in result.stdout.splitlines() if line.startswith("http://trs")}
    assert lists["http://trs.test/xw/c0/index.html"][4] == "True"  # its next page
    title = next(line.split() for line in result.stdout.splitlines() if line.startswith("title "))
    assert title[1] == title[2] != "0"
    assert f"Write into {folder / 'hunan_trs.py'}: verified = date(" in result.stdout
    replica = replicas.replicas["trs.test"]
    for article in replica.articles:
        del replica.routes[f"trs.test{article.urls[0]}"]
    page = folder / "pages" / "hunan_trs.json"
    told = json.loads(page.read_text("utf-8"))
    page.write_text(json.dumps(told | {"title": "另一条标题"}), "utf-8")
    result = run("verify", "hunan_trs", "--json", *QUICK)
    assert result.exit_code == 1
    assert "named 17 addresses, none of them an article" in result.stderr
    assert f"hunan_trs.html: title is {told['title']!r}, not '另一条标题'" in result.stderr
    rows = list(map(json.loads, result.stdout.splitlines()))
    assert all(row["others"] == f"http-404 {row['asked']}" for row in rows if row.get("asked"))


def test_verify_wants_a_declared_portal(run):
    assert "portal is no declared portal" in run("verify", "portal").stderr
    assert "there is no portal 'nowhere'" in run("verify", "nowhere").stderr


def test_links_of_a_file_and_of_an_address_are_the_same(run, replicas, tmp_path):
    replica = replicas.replicas["trs.test"]
    path = tmp_path / "home.html"
    path.write_bytes(replica.answer(Asked("GET", "trs.test/")).body)
    from_file = run("links", path, "--url", "http://trs.test/").stdout
    assert run("links", "http://trs.test/", *QUICK).stdout == from_file
    rows = list(map(json.loads, from_file.splitlines()))
    kinds = {row["url"]: row["kind"] for row in rows}
    assert kinds["http://trs.test/xw/c0/index.html"] == "list"
    articles = {f"http://trs.test{article.urls[0]}": article.title for article in replica.articles}
    found = {row["url"]: row["text"] for row in rows if row["kind"] == "article"}
    assert found
    assert found.items() <= articles.items()
    assert all(row.keys() >= {"url", "text", "kind", "why"} for row in rows)
    assert run("links", path, "--url", "http://trs.test/", "--domains", "other.test").stdout == ""
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss><channel><item><title>一条很长的新闻标题</title><link>http://a.cn/1.html</link></item></channel></rss>"
    )
    assert json.loads(run("links", feed, "--url", "http://a.cn/feed").stdout)["url"] == "http://a.cn/1.html"
    assert "cannot read" in run("links", tmp_path / "none.html").stderr
    assert "http://nowhere.test/" in run("links", "http://nowhere.test/", *QUICK).stderr
