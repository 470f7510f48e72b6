"""The address a page claims for itself."""

from __future__ import annotations

import pytest

from newscrawl.discover import canonical_of
from newscrawl.extract.page.document import Document

URL = "http://m.a.test/xw/202405/t20240511_48211.html?spm=1"
DESKTOP = "http://www.a.test/xw/202405/t20240511_48211.html"


@pytest.mark.parametrize(
    ("head", "claim"),
    [
        (f"<link rel=canonical href='{DESKTOP}'>", DESKTOP),
        (f"<meta property='og:url' content='{DESKTOP}'>", DESKTOP),
        (
            "<link rel=canonical href='/xw/202405/t20240511_48211.html'>",
            "http://m.a.test/xw/202405/t20240511_48211.html",
        ),
        (f"<link rel=canonical href=''><meta property='og:url' content='{DESKTOP}'>", DESKTOP),
        ("<link rel=canonical href='http://www.b.test/xw/202405/t20240511_48211.html'>", None),
        ("<link rel=canonical href='http://www.a.test/'>", None),
        ("<link rel=canonical href='http://www.a.test/xw/index.html'>", None),
        ("<link rel=canonical href='http://www.a.test/about.html'>", None),
        ("<link rel=canonical href='javascript:x'>", None),
        ("", None),
    ],
)
def test_claims(head, claim):
    assert canonical_of(Document(f"<html><head>{head}</head><body>x</body></html>", URL)) == claim
