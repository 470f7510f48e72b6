"""Relative addresses made absolute: `urljoin`, with a short way for the plain addresses nearly all links have."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

# Steps that need no resolving: none empty, none beginning with a dot, no colon a scheme might end with.
_PLAIN = re.compile(
    r"(?:(/)|(?:\./)?)((?:[^\s./?#;:\\\[\]][^\s/?#;:\\\[\]]*/)*(?:[^\s./?#;:\\\[\]][^\s/?#;:\\\[\]]*)?(?:\?[^\s#;]+)?)"
)


def join(base: str, address: str) -> str:
    """An address in full, against the page's; raises ValueError where it cannot be read (`http://[`)."""
    if address.startswith(("http://", "https://")):
        return address if "[" not in address else urljoin(base, address)
    plain = _PLAIN.fullmatch(address)
    if plain is None or not plain[2] or plain[2][0] == "?":
        return urljoin(base, address)
    origin, folder = _split(base)
    return (origin if plain[1] else folder) + plain[2]


@lru_cache(maxsize=64)
def _split(base: str) -> tuple[str, str]:
    """The base's origin with its slash, and its folder."""
    return urljoin(base, "/"), urljoin(base, ".")
