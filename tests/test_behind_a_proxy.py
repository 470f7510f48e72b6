"""Behind a proxy, the proxy fetches: it must not be sent to a private network of its own."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import time
from contextlib import closing

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError

from newscrawl.middlewares import AddressGuard, addresses
from newscrawl.middlewares.addresses import PrivateAddressError
from tests.conftest import command
from tests.test_history_crawl import NAMES, PATHS, article, front

INNER = (
    *("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "127.0.0.1.", "localhost", "localhost."),
    *("[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "192.0.0.192", "10.0.0.1", "db.internal"),
)


def test_a_crawl_through_a_proxy_sends_it_to_no_inner_address(site, data):
    """The site is the proxy: it answers for every name, so that whatever it was asked for counts."""
    names = list(NAMES)[:2]
    links = "".join(
        f"<li><a href='http://{host}/canary/{n}.html'>{NAMES['kept']}{n}</a>" for n, host in enumerate(INNER)
    )
    redirects = "".join(f"<li><a href='/to/{n}.html'>{NAMES['moved']}{n}</a>" for n in range(len(INNER)))
    site.page("/", front(names).replace("</ul>", f"{links}{redirects}</ul>"))
    for name in names:
        site.page(PATHS[name], article(name))
    for number, host in enumerate(INNER):
        site.page(f"/to/{number}.html", "", 302, Location=f"http://{host}/canary/{number}.html")
    address = ("-a", "url=http://www.jiangpan.test/", "-a", "domains=*")
    settings = ("-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0")
    ended = command("scrapy", "crawl", "portal", *address, *settings, http_proxy=site.url, no_proxy="")
    assert ended.returncode == 0, ended.stderr
    assert not [path for path in site.requests if "canary" in path]
    assert sum(path.startswith("/to/") for path in site.requests) == len(INNER)
    with closing(sqlite3.connect(data / "frontier.db")) as db:
        refused = db.execute("select count(*) from addresses where outcome = 'private'").fetchone()[0]
    assert refused == len(INNER), "each is named"


@pytest.fixture
def names(monkeypatch):
    """Names that this machine resolves, each to its addresses, or after seconds of waiting."""
    known = {"outer.cn": ["8.8.8.8"], "inner.cn": ["10.0.0.1"], "both.cn": ["8.8.8.8", "127.0.0.1"], "slow.cn": 0.5}

    def lookup(host, *_, **__):
        found = known.get(host)
        if isinstance(found, float):
            time.sleep(found)
        if not isinstance(found, list):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in found]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup)
    monkeypatch.setattr(addresses, "_LOOKUP_SECONDS", 0.1)
    return known


def ask(*hosts: str) -> list[str]:
    """Let one guard see requests behind a proxy, in turn; give what became of each."""

    async def asked() -> list[str]:
        guard, became = AddressGuard([]), []
        for host in hosts:
            try:
                await guard.process_request(Request(f"http://{host}/", meta={"proxy": "http://proxy:3128"}))
                became.append("passed")
            except PrivateAddressError:
                became.append("private")
            except CannotResolveHostError:
                became.append("unresolved")
        return became

    return asyncio.run(asked())


def test_names_are_looked_up_before_a_proxy_is_asked(names):
    assert ask("outer.cn", "inner.cn", "both.cn", "unknown.cn") == ["passed", "private", "private", "passed"]


def test_a_name_that_is_slow_to_resolve_does_not_open_the_way_for_others(names):
    assert ask("outer.cn", "slow.cn", "inner.cn") == ["passed", "unresolved", "private"]


def test_where_there_is_no_dns_the_proxys_alone_counts(names):
    assert ask("slow.cn", "inner.cn") == ["passed", "passed"]
