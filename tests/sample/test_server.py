"""The sample portal's server, asked as an origin server and as a proxy."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from newscrawl.sample import HOME, expected, pages, serve
from newscrawl.sample.addresses import MISSING, MOVED, MOVED_TO, PRIVATE, SOFT_404, TRACKED, TRACKED_AT_HOME

EPAPER = "http://epaper.lantai.test/wenhua/index.shtml"


@pytest.fixture(scope="module")
def sample():
    with serve() as running:
        yield running


def ask(sample, target, method="GET", **headers):
    """Ask for a target as it stands: a full address is a request to a proxy, a path one to an origin server."""
    connection = http.client.HTTPConnection("127.0.0.1", sample.server_address[1], timeout=10)
    try:
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("url", [HOME, EPAPER, MOVED_TO, f"{HOME}minsheng/index_1.shtml", f"{HOME}minsheng/"])
def test_a_page_is_served_through_the_proxy(sample, url):
    status, headers, body = ask(sample, url)
    assert (status, body) == (200, pages(1)[url].body)
    assert headers["Content-Type"] == pages(1)[url].headers["Content-Type"]
    assert int(headers["Content-Length"]) == len(body)


@pytest.mark.parametrize("url", [HOME, EPAPER, MOVED_TO])
def test_a_page_is_served_as_by_its_origin(sample, url):
    assert ask(sample, urlsplit(url).path)[2] == pages(1)[url].body
    assert ask(sample, urlsplit(url).path, Host=urlsplit(url).hostname)[2] == pages(1)[url].body


def test_a_named_host_answers_for_itself_alone(sample):
    assert ask(sample, urlsplit(EPAPER).path, Host="www.lantai.test")[0] == 404


def test_other_hosts_are_refused(sample):
    assert ask(sample, "http://www.zeling.test/")[0] == 502
    assert ask(sample, "http://lantai.test.example/")[0] == 502


def test_a_query_does_not_matter(sample):
    assert ask(sample, TRACKED_AT_HOME)[2] == ask(sample, TRACKED)[2]


def test_what_is_no_article(sample):
    assert ask(sample, MISSING)[0] == 404
    status, headers, body = ask(sample, MOVED)
    assert (status, headers["Location"], body) == (301, MOVED_TO, b"")
    status, _, body = ask(sample, SOFT_404)
    assert status == 200
    assert "页面不存在" in body.decode()
    assert ask(sample, PRIVATE)[0] == 200


@pytest.mark.parametrize("host", ["www.lantai.test", "epaper.lantai.test"])
def test_robots_close_the_private_pages_alone(sample, host):
    status, _, body = ask(sample, f"http://{host}/robots.txt")
    assert status == 200
    assert body.decode().split() == ["User-agent:", "*", "Disallow:", "/private/"]


def test_a_copy_that_is_still_good_is_not_sent_again(sample):
    _, headers, _ = ask(sample, MOVED_TO)
    tag, date = headers["ETag"], headers["Last-Modified"]
    assert parsedate_to_datetime(date).year == 2023
    assert ask(sample, MOVED_TO, If_None_Match=tag)[::2] == (304, b"")
    assert ask(sample, MOVED_TO, If_None_Match=f'"other", W/{tag}')[0] == 304
    assert ask(sample, MOVED_TO, If_None_Match='"other"', If_Modified_Since=date)[0] == 200
    assert ask(sample, MOVED_TO, If_Modified_Since=date)[0] == 304
    assert ask(sample, MOVED_TO, If_Modified_Since="Sun, 05 Mar 2023 10:00:00 GMT")[0] == 200
    assert ask(sample, MOVED_TO, If_Modified_Since="yesterday")[0] == 200
    assert ask(sample, MISSING, If_None_Match=tag)[0] == 404


def test_a_connection_is_kept_over_a_304_and_a_head(sample):
    connection = http.client.HTTPConnection("127.0.0.1", sample.server_address[1], timeout=10)
    tag = pages(1)[MOVED_TO].headers["ETag"]
    statuses = []
    for method, headers in (("HEAD", {}), ("GET", {"If-None-Match": tag}), ("GET", {})):
        connection.request(method, MOVED_TO, headers=headers)
        response = connection.getresponse()
        statuses.append((response.status, len(response.read()) > 0))
    connection.close()
    assert statuses == [(200, False), (304, False), (200, True)]


def test_a_counter_moves_at_every_fetch(sample):
    url = next(url for url in expected(1) if pages(1)[url].counted)
    seen = [int(re.search("点击：([0-9]+)次", ask(sample, url)[2].decode())[1]) for _ in range(3)]
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]


def test_the_second_edition_has_withdrawn_one_and_added_one():
    (withdrawn,) = set(expected(1)) - set(expected(2))
    (added,) = set(expected(2)) - set(expected(1))
    with serve(edition=2) as second:
        assert ask(second, withdrawn)[0] == 404
        assert ask(second, added)[0] == 200
        unchanged = pages(1)[HOME].headers["ETag"]
        assert ask(second, HOME, If_None_Match=unchanged)[0] == 200


def test_every_request_is_recorded_and_logged(tmp_path):
    log = tmp_path / "requests.jsonl"
    with serve(log=log) as sample:
        ask(sample, MOVED_TO, User_Agent="reader/1")
        ask(sample, "/ywdt/index.shtml?from=here", method="HEAD")
        ask(sample, MISSING)
        requests = list(sample.requests)
    assert [(r["method"], r["url"], r["status"]) for r in requests] == [
        ("GET", MOVED_TO, 200),
        ("HEAD", f"{HOME}ywdt/index.shtml?from=here", 200),
        ("GET", MISSING, 404),
    ]
    assert requests[0]["agent"] == "reader/1"
    assert [json.loads(line) for line in log.read_text("utf-8").splitlines()] == requests


def test_a_client_that_is_killed_makes_no_noise(capfd):
    with serve(delay=0.1) as sample:
        with socket.create_connection(sample.server_address) as client:
            client.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )  # close by reset, not by FIN
            client.sendall(f"GET {HOME} HTTP/1.1\r\n\r\n".encode())
            time.sleep(0.05)
        time.sleep(0.15)
        assert ask(sample, HOME)[0] == 200
        assert [request["status"] for request in sample.requests] == [200, 200]
    assert capfd.readouterr().err == ""


def test_the_port_is_free_again_when_the_block_ends():
    with serve() as sample:
        port = sample.server_address[1]
        assert sample.proxy == f"http://127.0.0.1:{port}"
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/")
    with serve(port=port) as again:
        assert ask(again, HOME)[0] == 200


def test_the_command_serves_in_the_foreground(tmp_path):
    log = tmp_path / "requests.jsonl"
    command = [sys.executable, "-m", "newscrawl.sample", "--edition", "2", "--log", str(log), "--delay", "0.01"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            said = process.stdout.readline()
            port = int(re.fullmatch(r"serving the sample portal on http://127\.0\.0\.1:(\d+)\n", said)[1])
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", HOME)
            assert connection.getresponse().read() == pages(2)[HOME].body
            connection.close()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
    assert json.loads(log.read_text("utf-8"))["url"] == HOME


def test_the_command_says_which_port_is_taken(sample):
    port = str(sample.server_address[1])
    command = [sys.executable, "-m", "newscrawl.sample", "--port", port]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert result.returncode == 1
    assert f"cannot serve on port {port}" in result.stderr
    assert "Traceback" not in result.stderr
