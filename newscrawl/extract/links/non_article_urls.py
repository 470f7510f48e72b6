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
    | {"members", "keyword", "keywords", "space", "u", "login", "register", "about", "goods", "shop", "mall", "search"}
)
_FILES = frozenset(
    {"apk", "exe", "zip", "rar", "pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "gif", "mp3"}
)
_FRONT = frozenset({"index", "default"})
_SHORTEST = len("https://")
_PARAMETERS = re.compile(r"(?:^|&)(?:uid|userid|tag|query|keywords?|searchword|wd)=", re.IGNORECASE)


def is_no_article(url: str) -> bool:
    """Whether an address leads to something that is no article: a person, a file, a service, a search, a front page."""
    query = ""
    if "#" in url or "?" in url:
        url, _, query = url.partition("#")[0].partition("?")
    folder, _, name = url.rpartition("/")
    if len(folder) < _SHORTEST:  # http://host, or no address of a page
        folder, name = url, ""
    name = name.lower()
    stem, _, suffix = name.partition(".")
    return (
        suffix in _FILES
        or (not query and stem in _FRONT)
        or _is_service(folder)
        or (query != "" and (name in _FOLDERS or _PARAMETERS.search(query) is not None))
    )


@lru_cache(maxsize=1024)  # the links of a list share their folders
def _is_service(folder: str) -> bool:
    """Whether all that stands in a folder (`https://host/a/b`) is no article."""
    scheme, _, rest = folder.partition("://")
    host, _, path = rest.partition("/")
    return scheme not in {"http", "https"} or not _FOLDERS.isdisjoint(path.lower().split("/")) or _serves(host)


@lru_cache(maxsize=1024)
def _serves(host: str) -> bool:
    """Whether a host is a service's: shares, logins, registers of sites."""
    return _HOSTS.search(host) is not None
