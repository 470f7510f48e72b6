"""A small site on loopback that counts its requests, and a crawl of it in its own process."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.forked import Forked
from tests.frontier.crawl import main


def newspaper(articles, links=()):
    """A start page, lists of ten articles, and articles that link to the next one."""
    pages = {"/": [f"/list/{n}" for n in range(articles // 10)]}
    for n in range(articles // 10):
        pages[f"/list/{n}"] = [f"/a/{10 * n + i}" for i in range(10)]
    return pages | {f"/a/{n}": [f"/a/{(n + 1) % articles}", "/list/0", *links] for n in range(articles)}


class Site:
    """Pages by path: a list of links is a page, a callable answers `(status, headers, links)`. All else is a 404."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = Counter()
        self.headers = {}
        self.order = []
        self.times = []  # of the requests, robots.txt left out
        self.port = 0
        self.robots = b""

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def answer(self, path, headers):
        page = self.pages.get(path, lambda _headers: (404, {}, []))
        return page(headers) if callable(page) else (200, {}, page)


@contextmanager
def serving(pages):
    site = Site(pages)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            site.asked[self.path] += 1
            site.times += [] if self.path == "/robots.txt" else [time.monotonic()]
            site.order.append((self.headers["Host"].split(":")[0], self.path))
            site.headers[self.path] = dict(self.headers)
            status, headers, links = site.answer(self.path, self.headers)
            body = (
                site.robots
                if self.path == "/robots.txt"
                else "".join(f'<a href="{link}">x</a>' for link in links).encode()
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(0 if status == 304 else len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a killed crawl hangs up
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def start_crawl(data, url, *, portal="p", **settings):
    """Start a crawl of `url` in a process of its own."""
    return Forked(main, str(data), url, portal, json.dumps(settings))


def crawl(data, url, *, portal="p", timeout=60, **settings):
    """Crawl `url` to the end; give the crawl's statistics."""
    process = start_crawl(data, url, portal=portal, **settings)
    out, err = process.communicate(timeout)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1]) | {"log": err}
