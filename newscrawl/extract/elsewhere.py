"""Addresses that lead to something that is no article, by how they look."""

from __future__ import annotations

import re
from functools import lru_cache

# By host, by a folder, by the file's kind, by a parameter.
_HOSTS = re.compile(
    r"beian|miit\.gov|12377|passport|login|comment|share|sns\.qzone|connect\.|service\.weibo|facebook|twitter|linkedin|plurk|telegram|(?:^|\.)(?:t|line)\.me$"
)
_FOLDERS = frozenset(
    {"user", "users", "author", "authors", "tag", "tags", "comment", "comments", "download", "downloads", "member"}
    | {"members", "keyword", "keywords", "space", "u", "login", "register", "about", "goods", "shop", "mall"}
)
_FILES = frozenset(
    {"apk", "exe", "zip", "rar", "pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "gif", "mp3"}
)
_PARAMETERS = re.compile(r"(?:^|&)(?:uid|userid|tag)=", re.IGNORECASE)


def is_elsewhere(url: str) -> bool:
    """Whether an address leads to something that is no article: a person, a file, a service, a front page."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"http", "https"}:
        return True
    host, _, path = rest.partition("#")[0].partition("/")
    path, _, query = path.lower().partition("?")
    *folders, name = path.split("/")
    stem, _, suffix = name.partition(".")
    return (
        not _FOLDERS.isdisjoint(folders)
        or suffix in _FILES
        or (stem in {"index", "default"} and not query)
        or _is_service(host)
        or (query != "" and (name in _FOLDERS or _PARAMETERS.search(query) is not None))
    )


@lru_cache(maxsize=4096)
def _is_service(host: str) -> bool:
    return _HOSTS.search(host) is not None
