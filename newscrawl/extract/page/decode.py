"""Bytes to text, without losing any.

The bytes are the chief witness. What is valid UTF-8 is UTF-8; for everything else each charset in question is tried
on a sample of the text, and the likelihood of what comes out (`charset_model`) is weighed together with what the
HTTP header, the page's meta and a byte order mark say. On Chinese sites declarations are wrong too often to be
followed blindly: UTF-8 under `gb2312` is about one page in ten, and servers add `ISO-8859-1` unasked.

Charsets go by the names of Python's codecs; every gb* is read as GB18030, Big5 as Big5-HKSCS, ISO-8859-1 as
Windows-1252, as browsers do (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import cast

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

from newscrawl.extract.page import charset_model

_CHINESE = ("utf-8", "gb18030", "big5hkscs")
_SINGLE_BYTE = frozenset({"cp1252", "cp1250", "cp1251", "cp1254", "iso8859-2", "iso8859-15", "koi8-r", "cp874"})
_DOUBLE_BYTE = frozenset({*_CHINESE, "cp932", "euc_jp", "cp949"})

# Weights of the witnesses, as log-odds: about what one character of text says against a charset (charset_model).
_META, _HEADER, _BOM = 12.0, 6.0, 60.0
_UNDECLARED_WESTERN = -12.0
_SAMPLE = 6_000  # bytes; a page's charset is plain after a few hundred
_MOST_FRAGMENTS = 2_000  # in another charset than the page: each is weighed, which takes some 50 µs
_LITTLE = 1_000  # bytes of a sample: in less, what is said again and again would outweigh what the page declares
_REPEATED = re.compile(rb"([\x80-\xff].{1,5}?)\1+", re.DOTALL)
_FEW = 150  # bytes: fewer of Chinese text may be valid UTF-8 by chance

_ASCII = bytes(range(0x80))
_TEXT_CHUNK = re.compile(rb"[\x80-\xff][^<>]*")  # from the first byte outside ASCII to the next tag
_UTF8_RUN = re.compile(  # three characters or more, nothing but ASCII before them; the look behind is last for speed
    rb"[\xe2-\xef](?<![\x80-\xff][\xe2-\xef])[\x80-\xbf]{2}(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]|\xe2\x80[\x80-\xbf]){2,}"
)
_WIDE_RUN = re.compile(rb"[\x80-\xff][^\x00-\x3f]*")  # up to a byte no charset uses as the second of two
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Characters the GB18030 codec gives as private use: A3A0 is the wide space of old editors; the others have been encoded
# in Unicode since (GB 18030-2005 and -2022, appendix D).
_GB_PRIVATE = {0xE5E5: 0x3000} | dict(
    zip(
        (*range(0xE78D, 0xE797), 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
        (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A), *range(0x9FB4, 0x9FBC)),
        strict=True,
    )
)


@dataclass(frozen=True)
class Decoded:
    """A page's text and the charset that gave it; text that came decoded has no bytes."""

    text: str
    charset: str
    utf8: bytes | None = field(default=None, repr=False)  # the text's bytes in UTF-8, for the parser

    @cached_property
    def mojibake(self) -> float:
        """How much of the text looks wrongly decoded, as a share of the characters outside ASCII, 0 to 1.

        Replacement and private-use characters, UTF-8 read as GBK or Latin-1, 锟斤拷. Text that the server
        itself garbled counts as well. Reading a page does not need it, so it is measured when asked for.
        """
        return _mojibake(self.text, self.utf8) if self.utf8 else 0.0


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page; the bytes themselves outweigh what header and meta declare.

    Args:
        content: the body as received, content encoding (gzip) already undone.
        content_type: the HTTP header of that name.
    """
    marked, mark = read_bom(content)
    content = content[len(mark or b"") :]
    text = _certain_utf8(content)
    if text is not None:
        return Decoded(text, "utf-8", content)
    charset = _wide_charset(marked, content) or _weigh(content, content_type, marked)
    text = _read(content, charset)
    return Decoded(text, charset, text.encode(errors="replace"))


def _certain_utf8(content: bytes) -> str | None:
    """The text, where the bytes are valid UTF-8 and this is no accident."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    wide = len(content) - len(text)
    return text if wide > _FEW or (wide == 0 and "\0" not in text) else None


def _wide_charset(marked: str | None, content: bytes) -> str | None:
    """UTF-16 or UTF-32, by the mark or by a NUL in every other of the first bytes."""
    if marked not in (None, "utf-8"):
        return marked
    head = content[:256]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if marked is None and len(head) > 8 and max(odd, even) * 8 > len(head) and abs(odd - even) * 2 > odd + even:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _weigh(content: bytes, content_type: str | None, marked: str | None) -> str:
    """The likeliest charset, by the text it gives and by the declarations."""
    weights = dict.fromkeys(_CHINESE, 0.0) | {"cp1252": _UNDECLARED_WESTERN}
    for declared, weight in (
        (html_body_declared_encoding(content), _META),
        (http_content_type_encoding(content_type), _HEADER),
        (marked, _BOM),
    ):
        if declared in _SINGLE_BYTE or declared in _DOUBLE_BYTE:
            weights[declared] = max(weights.get(declared, 0.0), 0.0) + weight
    sample = _sample(content)
    return max(weights, key=lambda charset: weights[charset] + _likelihood(sample, charset))


def _sample(content: bytes) -> bytes:
    """The stretches of the page outside ASCII, taken evenly over its length."""
    chunks = _TEXT_CHUNK.findall(content) or [content]
    total = sum(map(len, chunks))
    step = -(-total // _SAMPLE)
    if len(chunks) < 3 * step:  # a few large ones: cut from each
        share = _SAMPLE // len(chunks)
        chunks, step = [chunk[:share] for chunk in chunks], 1
    sample = b"\n".join(chunks[::step])
    return _REPEATED.sub(rb"\1", sample) if len(sample) < _LITTLE else sample


def _likelihood(sample: bytes, charset: str) -> float:
    text = codecs.getincrementaldecoder(charset)("replace").decode(sample)  # a character cut off at the end is no error
    return charset_model.log_likelihood(text, latin=charset in _SINGLE_BYTE)


def _read(content: bytes, charset: str) -> str:
    """Decode with a charset; fragments in another one, and characters its codec lacks, are read as what they are."""
    if charset == "utf-8":
        return _read_utf8(content)
    if charset == "gb18030":
        return _read_gb(content)
    if charset == "big5hkscs":
        return content.decode(charset, "newscrawl-big5")
    return to_unicode(content, charset)


def _read_utf8(content: bytes) -> str:
    """Decode UTF-8 with some wrong bytes: runs of GBK are decoded as GBK, a truncated last character is dropped."""
    mended = 0

    def mend(match: re.Match[bytes]) -> bytes:
        nonlocal mended
        run = match[0]
        if mended == _MOST_FRAGMENTS or _is_utf8(run):
            return run
        mended += 1
        return run.decode("gb18030", "replace").encode() if len(run) > 3 and _is_rather_gb(run) else run

    return codecs.getincrementaldecoder("utf-8")("replace").decode(_WIDE_RUN.sub(mend, content))


def _read_gb(content: bytes) -> str:
    """Decode GB18030, with runs of UTF-8 in between (an included fragment, a template's footer)."""
    parts: list[str] = []
    end = 0
    for match in islice(_UTF8_RUN.finditer(content), _MOST_FRAGMENTS):
        if not _is_rather_gb(match[0]):
            parts += to_unicode(content[end : match.start()], "gb18030"), match[0].decode(errors="replace")
            end = match.end()
    text = "".join([*parts, to_unicode(content[end:], "gb18030")])
    return text.translate(_GB_PRIVATE) if _PRIVATE.search(text) else text


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_gb(run: bytes) -> bool:
    return _likelihood(run, "gb18030") > _likelihood(run, "utf-8")


def _mend_big5(error: UnicodeError) -> tuple[str, int]:
    """Error handler: characters Windows has in Big5 and Hong Kong's standard has not, such as the euro sign."""
    fault = cast("UnicodeDecodeError", error)
    pair = fault.object[fault.start : fault.start + 2]
    try:
        return pair.decode("cp950"), fault.start + len(pair)
    except UnicodeDecodeError:
        return "\ufffd", fault.end


codecs.register_error("newscrawl-big5", _mend_big5)


def _mojibake(text: str, utf8: bytes) -> float:
    wide = utf8.translate(None, _ASCII)  # several times faster than looking at each character
    if len(wide) > _SAMPLE:
        step = len(wide) // 4
        wide = b"".join(wide[start : start + _SAMPLE // 4] for start in range(0, 4 * step, step))
    return charset_model.mojibake(text, wide.decode(errors="ignore"))
