"""WeChat's posts of pictures or of a short text, which only a script holds: put where the reader sees them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml.html import fragment_fromstring

from newscrawl.extract.page.script import unescaped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STRING = r"""\s*[=:]\s*(?:JsDecode\()?(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)')"""
_TITLE, _TEXT = re.compile(f"msg_title{_STRING}"), re.compile(f"content_noencode{_STRING}")
_PICTURES, _ADDRESS = "picture_page_info_list", re.compile(f"cdn_url{_STRING}")
_LONGEST_TITLE = 40  # characters of a first sentence that stands for a missing title


def post(root: HtmlElement) -> None:
    """Fill in headline and content of a post whose own elements for them are empty."""
    content, headline = (root.find(f".//*[@id='{name}']") for name in ("js_content", "activity-name"))
    if content is None or headline is None or len(content) or (content.text or "").strip():
        return
    script = "\n".join(text for element in root.iter("script") if (text := element.text) and "msg_title" in text)
    text = _first(_TEXT, script)
    pictures = [_value(match) for match in _ADDRESS.finditer(script.partition(_PICTURES)[2])]
    for line in filter(None, map(str.strip, text.split("\n"))):
        paragraph = content.makeelement("p")
        paragraph.text = line
        content.append(paragraph)
    content.extend(fragment_fromstring("<img>") for _ in pictures)
    for element, address in zip(content.iter("img"), pictures, strict=True):
        element.set("src", address)
    if not (headline.text or "").strip():
        headline.text = _first(_TITLE, script) or re.split("[。！？\n]", text)[0][:_LONGEST_TITLE]


def _first(pattern: re.Pattern[str], script: str) -> str:
    return _value(match) if (match := pattern.search(script)) else ""


def _value(match: re.Match[str]) -> str:
    r"""What a string in a script stands for: `\x26amp;` is `&`."""
    return unescape(unescaped(match[1] or match[2] or ""))
