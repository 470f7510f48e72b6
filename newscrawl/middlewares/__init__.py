"""Downloader middlewares: WARC recording, decoding, robots.txt, private addresses, cookies, browser rendering."""

from __future__ import annotations

from newscrawl.middlewares.addresses import AddressGuard, GlobalResolver, PrivateAddressError, is_global
from newscrawl.middlewares.cookies import CookieGate
from newscrawl.middlewares.decoding import Decode, Decompress, is_html, read_page
from newscrawl.middlewares.robots import Robots, RobotsUnreachableError
from newscrawl.middlewares.warc import RecordWarc

__all__ = [
    "AddressGuard",
    "CookieGate",
    "Decode",
    "Decompress",
    "GlobalResolver",
    "PrivateAddressError",
    "RecordWarc",
    "Robots",
    "RobotsUnreachableError",
    "is_global",
    "is_html",
    "read_page",
]
