"""Notices reach a command, a webhook and a mail server on this machine; the same notice is not sent twice."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from scrapy.settings import Settings

from newscrawl.archive import Archive
from newscrawl.health.monitors import Alarm
from newscrawl.health.notices import is_wanted, notify
from tests.conftest import command
from tests.health.test_monitors import BREAKS, day

ALARM = Alarm("source", "3% of articles have it, 97% had", "2026-09-15T20:00:00.000000Z")


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    """An SMTP server for the commands that smtplib sends."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            self.server.got.append(line.decode())
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    self.server.got.append(line.decode())
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@contextmanager
def server(kind, handler):
    with kind(("127.0.0.1", 0), handler) as running:
        running.got, running.status = [], 200
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield running
        running.shutdown()


def test_all_three_ways(tmp_path):
    out = tmp_path / "out.json"
    script = f"import sys; open({str(out)!r}, 'w').write(sys.stdin.read())"
    with server(HTTPServer, Hook) as hook, server(socketserver.ThreadingTCPServer, Mail) as mail:
        settings = Settings(
            {
                "NEWSCRAWL_NOTIFY_COMMAND": f'{sys.executable} -c "{script}"',
                "NEWSCRAWL_NOTIFY_WEBHOOK": f"http://127.0.0.1:{hook.server_address[1]}/hook",
                "NEWSCRAWL_NOTIFY_MAIL": "one@example.test,two@example.test",
                "MAIL_HOST": "127.0.0.1",
                "MAIL_PORT": mail.server_address[1],
            }
        )
        memory = tmp_path / ".notified"
        assert notify(settings, {}, memory) == []
        assert not hook.got, "nothing was ever wrong"
        assert notify(settings, {"hunan_test": [ALARM]}, memory) == []
        assert notify(settings, {"hunan_test": [ALARM]}, memory) == []
        assert json.loads(out.read_text())["alarms"]["hunan_test"][0]["what"] == "source"
        assert len(hook.got) == 1
        assert "hunan_test: source: 3% of articles" in hook.got[0]["text"]
        said = "".join(mail.got)
        assert "Subject: newscrawl: 1 alarms of 1 portals" in said
        assert "rcpt to:<two@example.test>" in said.lower()
        assert notify(settings, {}, memory) == []
        assert hook.got[1]["text"].startswith("newscrawl: all is well again")


def test_what_could_not_be_told_is_said_and_told_next_time(tmp_path):
    with server(HTTPServer, Hook) as hook:
        settings = Settings({"NEWSCRAWL_NOTIFY_WEBHOOK": f"http://127.0.0.1:{hook.server_address[1]}/"})
        hook.status = 500
        (failure,) = notify(settings, {"hunan_test": [ALARM]}, tmp_path / "told")
        assert failure.startswith("NEWSCRAWL_NOTIFY_WEBHOOK could not tell of it: HTTP Error 500")
        hook.status = 200
        assert notify(settings, {"hunan_test": [ALARM]}, tmp_path / "told") == []
    assert len(hook.got) == 2


@pytest.mark.parametrize("name", ["COMMAND", "WEBHOOK", "MAIL"])
def test_a_way_that_does_not_work_is_one_line(tmp_path, name):
    wrong = {"COMMAND": "false", "WEBHOOK": "file:///etc/hosts", "MAIL": "a@example.test"}[name]
    settings = Settings({f"NEWSCRAWL_NOTIFY_{name}": wrong, "MAIL_HOST": "127.0.0.1", "MAIL_PORT": 9})
    (failure,) = notify(settings, {"hunan_test": [ALARM]}, tmp_path / "told")
    assert "\n" not in failure
    assert f"NEWSCRAWL_NOTIFY_{name}" in failure


def test_nobody_is_told_by_default():
    assert not is_wanted(Settings())


@pytest.fixture
def watched(data):
    """An archive with two weeks of a portal whose sources went missing yesterday, and of one that is well."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with Archive.open(data / "archive.db") as archive:
        for portal in ("hunan_test", "hunan_well"):
            for number in range(15):
                row = day(number, **(BREAKS["source"] if number == 14 and portal == "hunan_test" else {}))
                row.portal, row.started_at = portal, (yesterday - timedelta(days=14 - number)).isoformat()
                archive.put_crawl(row)
    return data


def test_health_shows_what_broke_and_since_when(watched, tmp_path):
    out = tmp_path / "told.json"
    result = command("newscrawl", "health", "--notify", NEWSCRAWL_NOTIFY_COMMAND=f"tee {out}")
    assert result.returncode == 1, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "hunan_test!" in result.stdout
    assert " 0! " in result.stdout
    assert "source: 0% of articles have it" in result.stdout
    assert list(json.loads(out.read_text())["alarms"]) == ["hunan_test"]
    rows = [json.loads(line) for line in command("newscrawl", "health", "--json").stdout.splitlines()]
    assert [[alarm["what"] for alarm in row["alarms"]] for row in rows] == [["source"], []]
    assert rows[0]["fields"]["source"] == 0
    assert command("newscrawl", "health", "hunan_well").returncode == 0
