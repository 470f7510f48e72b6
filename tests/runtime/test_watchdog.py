"""A crawl that stands still ends by itself; a crawl told to stop ends soon, whatever it is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import LOCAL, ROOT, command
from tests.test_history_crawl import NAMES, PATHS, article, front

# A page that libxml2 or `re` never comes back from, as far as the crawl can tell.
PORTAL = '''
import time
from newscrawl.portal import Portal

class HunanHeld(Portal):
    """某县新闻网."""

    name, title, region, level = "hunan_held", "某县新闻网", "湖南", "county"
    start_urls = ["{url}/"]

    def leads(self, page, answer, kind="unknown"):
        if page.url.endswith("{evil}"):
            time.sleep(60)
        return super().leads(page, answer, kind)
'''


@pytest.fixture
def stored(site):
    """A site with three articles, told to the test by their names."""
    names = list(NAMES)[:3]
    site.page("/", front(names))
    for name in names:
        site.page(PATHS[name], article(name))
    return names


def test_a_page_that_holds_up_two_crawls_is_named_and_set_aside(site, stored, data, tmp_path):
    evil = PATHS[stored[0]]
    (tmp_path / "hunan_held.py").write_text(PORTAL.format(url=site.url, evil=evil), "utf-8")
    environment = {"NEWSCRAWL_PORTALS": str(tmp_path)}
    short = ("-s", "NEWSCRAWL_PAGE_SECONDS=4", "-s", "FRONTIER_WAIT=0", *LOCAL)
    for _ in range(2):
        ended = command("newscrawl", "crawl", "hunan_held", *short, timeout=40, **environment)
        assert ended.returncode == 1, ended.stderr
        assert f"hunan_held: stalled: was held up while it read {site.url}{evil}" in ended.stderr
        assert "in leads" in ended.stderr, "and what it was doing"
    assert command("newscrawl", "crawl", "hunan_held", *short, **environment).returncode == 0
    log = (data / "log" / "hunan_held.log").read_text("utf-8")
    assert f"{evil}: set aside: twice a crawl died while it was read" in log
    assert all(site.requests[PATHS[name]] for name in stored), "the others were read"


def test_a_crawl_in_which_nothing_is_answered_ends_and_names_the_address(site, stored, data):
    site.delays[PATHS[stored[0]]] = 60
    settings = ("-s", "NEWSCRAWL_STALL_SECONDS=2", "-s", "DOWNLOAD_TIMEOUT=50", *LOCAL)
    ended = command("scrapy", "crawl", "portal", "-a", f"url={site.url}/", *settings, timeout=40)
    assert ended.returncode == 1, ended.stderr
    assert "newscrawl: stalled: " in ended.stderr
    assert f"nothing moved for 2 s: {site.url}{PATHS[stored[0]]}" in ended.stderr


def test_told_to_stop_a_crawl_whose_server_is_silent_ends_all_the_same(site, stored, tmp_path):
    silent = PATHS[stored[0]]
    site.delays[silent] = 300
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                program,
                "crawl",
                "portal",
                "-a",
                f"url={site.url}/",
                *LOCAL,
                "-s",
                "DOWNLOAD_TIMEOUT=250",
            ],
            cwd=ROOT,
            env={**os.environ, "NEWSCRAWL_DATA": str(tmp_path / program)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for program in ("newscrawl", "scrapy")
    ]
    while site.requests[silent] < 2 and all(process.poll() is None for process in processes):
        time.sleep(0.05)
    for process in processes:
        process.send_signal(signal.SIGTERM)
    assert {process.wait(120) for process in processes} <= {8, 128 + signal.SIGTERM}
    assert not list(tmp_path.glob("*/warc/*.open"))
