"""`newscrawl frontier`: counts, due addresses, failing hosts, and the two changes that a user can make."""

from __future__ import annotations

import json

import pytest

from newscrawl.frontier.messages import Lead
from newscrawl.frontier.store import Frontier
from newscrawl.urls import url_id
from tests.cli import seed

HOME, NEWS, BROKEN = "http://a.test/", "http://a.test/news/", "http://b.test/1.html"


@pytest.fixture
def folder(tmp_path):
    """A frontier with a fetched list, a pending address, and a failed one."""
    clock = [1_770_000_000.0]
    frontier = Frontier.open(tmp_path / "frontier.db", clock=lambda: clock[0])
    frontier.enqueue("one", [Lead.of(HOME, "start"), Lead.of(BROKEN)])
    frontier.enqueue("two", [Lead.of("http://c.test/", "start")])
    frontier.begin_run("one")
    for lease in frontier.lease("one", 5):
        if lease.url == HOME:
            frontier.settle(lease.id, "list", [Lead.of(NEWS)])
        else:
            frontier.fail(lease.id, "http-503")
    while "failed" not in json.dumps(states(frontier)):
        clock[0] += 40 * 86400
        frontier.begin_run("one")
        for lease in frontier.lease("one", 5):
            if lease.url == BROKEN:
                frontier.fail(lease.id, "http-503")
    frontier.close()
    return tmp_path


def states(frontier):
    return dict(frontier.db.execute("SELECT url, state FROM addresses").fetchall())


def test_counts_by_portal_and_state(run, folder):
    shown = json.loads(run("frontier", "--json", data=folder).stdout)
    one, two = shown["portals"]
    assert (one["portal"], one["failed"], one["pending"] + one["done"]) == ("one", 1, 2)
    assert (two["portal"], two["pending"], two["due_now"]) == ("two", 1, 1)
    assert two["oldest"].startswith("2026-02-02")
    assert shown["failing"][0]["host"] == "b.test"
    assert shown["failing"][0]["failures"] > 1
    text = run("frontier", data=folder).stdout
    assert "Addresses by portal and state\nportal  pending  leased  done  gone  failed  due_now" in text
    assert "Hosts that fail" in text


def test_failed_addresses_are_tried_again(run, folder):
    assert "no portal 'three', but one, two" in run("frontier", "--retry-failed", "three", data=folder).stderr
    assert run("frontier", "--retry-failed", "two", data=folder).stdout == "0 addresses are pending again\n"
    assert run("frontier", "--retry-failed", data=folder).stdout == "1 addresses are pending again\n"
    frontier = Frontier.open(folder / "frontier.db")
    assert states(frontier)[BROKEN] == "pending"
    frontier.close()


def test_an_address_is_forgotten(run, folder):
    assert run("frontier", "--forget", BROKEN, data=folder).exit_code == 0
    frontier = Frontier.open(folder / "frontier.db")
    assert not frontier.read("SELECT 1 FROM addresses WHERE id = ?", url_id(BROKEN))
    frontier.close()
    result = run("frontier", "--forget", BROKEN, data=folder)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"newscrawl: the frontier does not know {BROKEN}")


def test_no_frontier_is_one_line_and_makes_none(run, tmp_path):
    result = run("frontier", data=tmp_path)
    assert result.exit_code == 1
    assert "newscrawl crawl" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_frontier_moves_to_a_database_and_back_and_is_shown_there(run, folder, postgres, tmp_path, monkeypatch):
    place = postgres.place()
    before = json.loads(run("frontier", "--json", data=folder).stdout)
    moved = run("frontier", "move", place, data=folder)
    assert moved.stdout == f"4 addresses copied from {folder / 'frontier.db'} to {place}\n", moved.stderr
    again = run("frontier", "move", place, data=folder)
    assert (again.exit_code, "has addresses already" in again.stderr) == (1, True)
    monkeypatch.setenv("NEWSCRAWL_FRONTIER", place)
    assert json.loads(run("frontier", "--json", data=tmp_path).stdout) == before
    assert run("frontier", "move", tmp_path / "back.db", data=tmp_path).exit_code == 0
    back = Frontier.open(tmp_path / "back.db")
    assert states(back)[BROKEN] == "failed"
    back.close()
    lacking = run("frontier", "move", tmp_path / "nowhere.db", tmp_path / "new.db", data=tmp_path)
    assert lacking.stderr.startswith(f"newscrawl: no frontier at {tmp_path / 'nowhere.db'}")
    assert not (tmp_path / "new.db").exists()


def test_programs_get_utc_as_from_the_report(run, folder, tmp_path):
    seed.make(tmp_path / "archive.db")
    shown = json.loads(run("frontier", "--json", data=folder).stdout)
    assert shown["portals"][1]["oldest"] == "2026-02-02T02:40:00.000000Z"
    assert "2026-02-02 10:40" in run("frontier", data=folder).stdout
    for line in run("report", "--json", data=tmp_path).stdout.splitlines():
        moment = json.loads(line)["last_crawl"]
        assert moment is None or moment.endswith("Z")
