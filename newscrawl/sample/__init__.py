"""The bundled sample portal 岚台新闻网: a small, wholly fictional county portal, and the little server that serves it.

`pages(edition)` gives every page as the server sends it, `expected(edition)` what a reader sees in each article, and
`serve()` runs the portal on loopback, as origin server and as HTTP proxy for its stable addresses.
"""

from __future__ import annotations

from newscrawl.sample.addresses import HOME, HOSTS
from newscrawl.sample.pages import SamplePage, pages
from newscrawl.sample.server import SampleServer, serve
from newscrawl.sample.stories import Story, stories
from newscrawl.sample.truth import Expected, ExpectedLink, expected

__all__ = [
    "HOME",
    "HOSTS",
    "Expected",
    "ExpectedLink",
    "SamplePage",
    "SampleServer",
    "Story",
    "expected",
    "pages",
    "serve",
    "stories",
]
