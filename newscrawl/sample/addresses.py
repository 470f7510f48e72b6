"""The portal's stable addresses, and those among them that are no articles or come in two forms."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import urlsplit

HOSTS: Final = ("www.lantai.test", "epaper.lantai.test")  # .test is reserved and never resolves (RFC 2606)
HOME: Final = f"http://{HOSTS[0]}/"

MISSING: Final = f"{HOME}ywdt/202301/t20230118_1179900.shtml"  # 404, linked from the home page
SOFT_404: Final = f"{HOME}ywdt/202301/t20230112_1179855.shtml"  # 200 with 页面不存在, linked from every list page
MOVED: Final = f"{HOME}2023/0227/1123.html"  # 301, linked from the home page
MOVED_TO: Final = f"{HOME}ywdt/202302/t20230227_1180231.shtml"
PRIVATE: Final = f"{HOME}private/draft.html"  # closed by robots.txt, linked from the foot of every page
TRACKED: Final = f"{HOME}ywdt/202302/t20230224_1180198.shtml"  # one article, linked with two tracking queries
TRACKED_AT_HOME: Final = f"{TRACKED}?spm=zm1005-001.0.0.1.Lt9aQe"
TRACKED_IN_LIST: Final = f"{TRACKED}?from=bianjituijian"

RELATIVE_CMS: Final = {"trs", "founder"}  # the CMSs that write addresses relative to the page


def href(here: str, target: str, cms: str) -> str:
    """How a page of this CMS at `here` writes another page's address: relative, from the root, or in full."""
    from_parts, to_parts = urlsplit(here), urlsplit(target)
    if from_parts.netloc != to_parts.netloc:
        return target
    if cms not in RELATIVE_CMS:
        return to_parts.path
    relative = posixpath.relpath(to_parts.path, posixpath.dirname(from_parts.path))
    return relative if relative.startswith("..") else f"./{relative}"
