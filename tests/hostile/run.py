"""Run one crawl against one attack, beside the honest neighbour, and measure the result from outside."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.archive import WarcRef, read_record
from newscrawl.errors import NewscrawlError
from tests.conftest import ROOT, command
from tests.hostile import neighbour
from tests.hostile.exchange import Exchange, Server

if TYPE_CHECKING:
    from tests.hostile.attack import Attack

LONGEST = 180  # seconds after which an attack has won
MOST_MEMORY = 400  # MB
# Short waits, so that each attack reaches its limit soon; nobody on loopback is to be spared.
SETTINGS = {
    "TWISTED_DNS_RESOLVER": "tests.hostile.resolver.LocalResolver",
    "NEWSCRAWL_ALLOW_PRIVATE": "honest.test",
    "DOWNLOAD_DELAY": "0",
    "DOWNLOAD_TIMEOUT": "5",
    "FRONTIER_WAIT": "7",
}
NOT_COMPARED = {"sqlite_sequence", "_sqlite_migrations", "crawls"}


@dataclass
class Report:
    """How a crawl came through an attack."""

    attack: str
    seconds: float = 0
    memory: float = 0
    status: int | None = None
    neighbour: int = 0
    stored: int = 0
    faults: list[str] = field(default_factory=list)
    verdict: str = ""

    def line(self) -> str:
        outcome = "ok  " if not self.faults else "FAIL"
        told = "; ".join(self.faults) or self.verdict
        return (
            f"{outcome} {self.attack:22} {self.seconds:5.1f} s {self.memory:5.0f} MB "
            f"{self.neighbour:2d}/{neighbour.ARTICLES} exit {self.status}  {told}"
        )


def serve(attacks: list[Attack]) -> Server:
    """A server for the neighbour and the attackers: the first label of an attacker's host names the attack."""
    by_host = {f"{attack.name}.evil.test": attack for attack in attacks}

    def respond(exchange: Exchange) -> None:
        if "/canary" in exchange.path:
            exchange.server.requests["canary"] += 1
            exchange.answer(neighbour.story(999))
        elif exchange.host == neighbour.HOST:
            neighbour.respond(exchange, [url for attack in attacks for url in _bait(attack, exchange.server)])
        else:
            attack = by_host.get(exchange.host) or (attacks[0] if len(attacks) == 1 else None)
            if attack and (exchange.path != "/robots.txt" or attack.name.startswith("robots-")):
                exchange.server.requests[attack.name] += 1
            attack.respond(exchange) if attack else exchange.answer("no", 404)

    return Server(respond, attacks[0].greet if len(attacks) == 1 else None)


def _bait(attack: Attack, server: Server) -> list[str]:
    port, scheme = (server.tls_port, "https") if attack.secure else (server.port, "http")
    host = f"{attack.name}.evil.test"
    return [bait.format(port=port) if "://" in bait else f"{scheme}://{host}:{port}{bait}" for bait in attack.bait]


def crawl(server: Server, data: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Begin a crawl of the neighbour that follows links to the attacker."""
    pairs = [part for name, value in {**SETTINGS, **settings}.items() for part in ("-s", f"{name}={value}")]
    address = f"http://{neighbour.HOST}:{server.port}/"
    with (data / "log.txt").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"url={address}", "-a", "domains=*", *pairs],
            cwd=ROOT,
            env={**os.environ, "NEWSCRAWL_DATA": str(data)},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )


def against(attack: Attack, folder: Path) -> Report:
    """Crawl against an attack in a fresh data folder, and judge all that can be seen from outside."""
    data, report = folder / attack.name, Report(attack.name)
    data.mkdir()
    with serve([attack]) as server:
        began = time.monotonic()
        process = crawl(server, data, attack.settings)
        report.memory, report.status = _watched(process, began + LONGEST)
        report.seconds = time.monotonic() - began
        canaries = server.requests["canary"]
        if not server.requests[attack.name] and not attack.greet:
            report.faults.append("was never met")
    if report.status is None:
        report.faults.append(f"did not end within {LONGEST} s")
    if report.memory > MOST_MEMORY:
        report.faults.append("memory")
    if canaries:
        report.faults.append(f"{canaries} inner addresses were asked")
    judge(attack, data, report)
    return report


def judge(attack: Attack, data: Path, report: Report) -> None:
    """Look at what the crawl left: the neighbour's articles, the archive's soundness, the fault's name, a replay."""
    hosts = dict(rows(data / "archive.db", "select host, count(*) from articles group by host"))
    report.neighbour = hosts.get(neighbour.HOST, 0)
    report.stored = sum(count for host, count in hosts.items() if host.endswith("evil.test"))
    report.verdict = (
        next(iter(rows(data / "archive.db", "select verdict from crawls order by rowid desc")), ("",))[0] or ""
    )
    if report.neighbour != neighbour.ARTICLES:
        report.faults.append("the neighbour is not complete")
    if report.stored < attack.stored:
        report.faults.append(f"{report.stored} of {attack.stored} articles beside the fault")
    if not re.search(attack.named, told(data)):
        report.faults.append(f"not named ({attack.named})")
    report.faults += unsound(data)
    report.faults += replay_differs(data)


def told(data: Path) -> str:
    """All that a user can read of a crawl: log, frontier, verdict."""
    words = [(data / "log.txt").read_text("utf-8", "replace")]
    words += [str(row) for row in rows(data / "frontier.db", "select distinct outcome, ended from addresses")]
    words += [str(row) for row in rows(data / "archive.db", "select verdict, drops from crawls")]
    words += [str(row) for row in rows(data / "archive.db", "select distinct outcome from captures")]
    return "\n".join(words)


def unsound(data: Path) -> list[str]:
    """The faults of a crawl's files."""
    faults = []
    log = (data / "log.txt").read_bytes()
    if b"Traceback" in log:
        faults.append(
            "traceback: " + log.decode("utf-8", "replace").partition("Traceback")[2].strip().splitlines()[-1][:80]
        )
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]", log):
        faults.append("control characters in the log")
    faults += [
        f"{name} is not whole"
        for name in ("archive.db", "frontier.db")
        if rows(data / name, "pragma integrity_check") != [("ok",)]
    ]
    if rows(data / "frontier.db", "select 1 from addresses where state = 'leased'"):
        faults.append("addresses are still leased")
    if any((data / "warc").glob("*.open")):
        faults.append("a WARC file is still open")
    for name, offset, length, digest in rows(data / "archive.db", "select warc, offset, length, digest from captures"):
        try:
            read_record(data / "warc", WarcRef(name, offset, length, digest))
        except NewscrawlError as error:
            faults.append(str(error))
    return faults


def replay_differs(data: Path) -> list[str]:
    """In which tables an archive made anew from the WARC files differs."""
    again = data / "again"
    again.mkdir()
    shutil.copytree(data / "warc", again / "warc")
    result = command("newscrawl", "replay", timeout=LONGEST, NEWSCRAWL_DATA=str(again))
    if result.returncode:
        return [f"replay: status {result.returncode}: {result.stderr.strip().splitlines()[-1:]}"]
    before, after = contents(data / "archive.db"), contents(again / "archive.db")
    different = [name for name in before if before[name] != after.get(name)]
    return [f"replay differs in {', '.join(different)}"] if different else []


def contents(path: Path) -> dict[str, list[str]]:
    """All rows of all tables that come from pages."""
    names = [name for (name,) in rows(path, "select name from sqlite_master where type = 'table'")]
    kept = [name for name in names if name not in NOT_COMPARED and not name.startswith("articles_fts")]
    return {name: sorted(map(repr, rows(path, f'select * from "{name}"'))) for name in kept}


def rows(path: Path, query: str) -> list[tuple]:
    """The rows of a query; none where there is no such file."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()


def _watched(process: subprocess.Popen[bytes], deadline: float) -> tuple[float, int | None]:
    """Wait for a process: its peak memory in MB, and its exit status; None where it had to be killed."""
    peak, killed = 0, False
    while process.poll() is None:
        # the kernel's own high-water mark; that of `wait4` counts the process it was forked from, too
        with suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
            peak = max(peak, *(int(kib) for kib in re.findall(r"VmHWM:\s*(\d+)", status)), 0)
        if time.monotonic() > deadline:
            killed = True
            process.kill()
        time.sleep(0.05)
    return peak / 1024, None if killed else process.returncode
