"""The few marks of a story's text, and what they become: HTML in the manner of a CMS, plain text, addresses.

## heading      - item of a list      | cell | cell |      ![caption](picture.png)      anything else: a paragraph
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

PICTURE = re.compile(r"!\[(?P<caption>.*)\]\((?P<file>.+)\)")
BLANK = "/images/blank.gif"  # what a lazy page shows until its script has run

WRAP: Final = {
    "trs": '<p style="text-indent: 2em;">{}</p>',
    "enorth": "<p>　　{}</p>",
    "collect": "<p>{}</p>",
    "founder": "<P>　　{}</P>",
    "wechat": '<section style="margin: 0 8px;"><p><span>{}</span></p></section>',
}


class Block(NamedTuple):
    """One line of a story: its kind (heading, item, row, picture or text), its text, and the picture's file."""

    kind: str
    text: str
    file: str = ""


def blocks(body: str) -> list[Block]:
    """Read a story's lines, blank ones left out."""
    return [_block(line) for line in body.splitlines() if line.strip()]


def _block(line: str) -> Block:
    if picture := PICTURE.fullmatch(line):
        return Block("picture", picture["caption"], picture["file"])
    for mark, kind in (("## ", "heading"), ("- ", "item")):
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    if line.startswith("| "):
        return Block("row", " ".join(cell.strip() for cell in line.strip("| ").split("|")))
    return Block("text", line)


def plain(body: str) -> str:
    """A story's text as a reader sees it: one paragraph, caption, item or table row a line."""
    return "\n".join(block.text for block in blocks(body))


def pictures(body: str) -> list[str]:
    """Files of the pictures, in order."""
    return [block.file for block in blocks(body) if block.kind == "picture"]


def to_html(body: str, cms: str, *, lazy: bool = False) -> str:
    """A story's text as the HTML an editor of this CMS leaves behind."""
    pieces: list[str] = []
    for kind, group in groupby(blocks(body), key=lambda block: block.kind):
        lines = list(group)
        if kind == "item":
            pieces += ["<ul>", *(f"<li>{escape(line.text)}</li>" for line in lines), "</ul>"]
        elif kind == "row":
            pieces += ['<table border="1"><tbody>', *(_row(line.text) for line in lines), "</tbody></table>"]
        elif kind == "picture":
            pieces += [_picture(line, cms, lazy=lazy) for line in lines]
        else:
            mark = "<strong>{}</strong>" if kind == "heading" else "{}"
            pieces += [WRAP[cms].format(mark.format(escape(line.text, quote=False))) for line in lines]
    return "\n".join(pieces)


def _row(text: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in text.split(" ")) + "</tr>"


def _picture(block: Block, cms: str, *, lazy: bool) -> str:
    source = f'src="{BLANK}" data-src="./{block.file}"' if lazy else f'src="./{block.file}"'
    image = f'<p align="center"><img {source} width="640" height="360" alt=""></p>'
    return f"{image}\n{WRAP[cms].format(escape(block.text))}"
