"""Functions on addresses (URLs): canonical form, host, registered domain, id, and a date in the path.

All functions accept addresses as pages contain them, use no network, never raise for a malformed address, and are fast
enough (microseconds, cached) to be called for every link of every page.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

# Names that only tell where the reader came from; short names that a site may use for content (id, p, source) stay.
_TRACKING = frozenset(
    [
        "spm",
        "scm",
        "spm_id_from",
        "from",
        "cre",
        "wfr",
        "for",
        "isappinstalled",
        "nsukey",
        "share_token",
        "share_from",
        "pgv_ref",
        "tt_from",
        "vd_source",
        "bd_vid",
        "hmsr",
        "hmpl",
        "hmcu",
        "hmkw",
        "hmci",
        "gclid",
        "fbclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "_ga",
        "phpsessid",
        "jsessionid",
        "wx_header",
        "pass_ticket",
    ]
)
# What identifies a WeChat article, with the older name of each (RSSHub, lib/utils/wechat-mp.ts); the rest is noise.
_WECHAT = {"__biz": "__biz", "mid": "mid", "appmsgid": "mid", "idx": "idx", "itemidx": "idx", "sn": "sn", "sign": "sn"}
_PLAIN = re.compile(r"https?://([a-z0-9][a-z0-9.-]*[a-z0-9])((?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]*)*)")
_PLAIN_HOST = re.compile(r"https?://([a-z0-9][a-z0-9.-]*[a-z0-9])(?::\d*)?(?=[/?#]|$)")
_NO_PORT = re.compile(r"https?://[a-z0-9][a-z0-9.-]*[a-z0-9](?=[/?#]|$)")
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_DIRECTORY_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|xhtml|php|jsp|aspx?)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AMPERSAND = re.compile(r"^(?:amp;)+")
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_SEPARATED_DATE = re.compile(r"[/_](19\d\d|20\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/_.?#-]|$)")
_COMPACT_DATE = re.compile(r"[/_]t?(19\d\d|20\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_?#-]|$)")
_TWIN = re.compile(
    r"https?://(?:(?:m|3g|amp|h5|mip|mobile|wap)\d?\.|[^/]+/(?:[^?#]*/)?(?:amp|mip|wap)(?:/|\.s?html?|$))",
    re.IGNORECASE,
)
# Reading addresses as browsers do (https://url.spec.whatwg.org/#url-parsing).
LONGEST_ADDRESS = 500  # characters; what is longer carries a session or a text, and is no article
_HREF_PLAIN = re.compile(r"(?!//)[A-Za-z0-9._~/-]*")
_WHOLE_PLAIN = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]+/[A-Za-z0-9._~/=&?-]*")
# No step that needs resolving: none that begins with a dot, no colon a scheme might end with.
_STEPS = re.compile(r"(?!//|[.?#]|$)[^\s:/\[\]]*+(?:/(?!\.)[^\s:/\[\]]*+)*+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SLASHES = re.compile(r"(https?):[/\\]{2,}|[/\\]{2,}", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_PLAIN_BASE = re.compile(r"(https?://[\w.:-]+)(/(?:[^?#/]*/)*)?(?=[^/?#]*(?:[?#]|$))")
_AUTHORITY = re.compile(r"(?:(?:[\w-]+\.)*[\w-]+\.?|\[[0-9a-fA-F:.]+\])(?::([0-9]{1,5}))?")
_EDGES = "".join(map(chr, range(0x21)))  # what a browser strips: C0 controls and the space
_PORT = re.compile(r":([^:\]@]+)$")
_EARLIEST = date(1995, 1, 1)  # the first Chinese news sites went on line


@cache
def _suffixes() -> frozenset[str]:
    """The public suffixes bundled with tldextract, whose own tree of them takes 6 MB; its import takes 80 ms."""
    from tldextract import TLDExtract  # noqa: PLC0415

    listed = TLDExtract(cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True).tlds
    return frozenset(map(_ascii_host, listed))


@lru_cache(maxsize=8192)
def canonical(url: str) -> str:
    """Return the one form that all spellings of an address share: a key for the same page, not what to fetch.

    The scheme is always `http` (http and https twins are one page; fetching uses the scheme found). The host is lower
    case, in IDNA form, without user, trailing dot or the ports 80 and 443. Fragment, session ids and known tracking
    parameters go, the other parameters are sorted by name; index.html and its like stand for their directory; dot
    segments are resolved and percent-encoding normalised. Idempotent. What is no http(s) address is returned stripped.
    """
    url = _LINE_BREAKS.sub("", url).strip()
    plain = _PLAIN.fullmatch(url)
    if plain and ".." not in plain[1]:
        return f"http://{plain[1]}{_DIRECTORY_PAGE.sub('/', plain[2]) or '/'}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = _ascii_host(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return url
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _resolve(_normalise_escapes(_SESSION.sub("", parts.path.replace("\\", "/"))))
    query = _meaningful(parts.query, path)
    return f"http://{place}{_DIRECTORY_PAGE.sub('/', path)}{'?' + query if query else ''}"


def absolute(href: str, base: str, charset: str = "utf-8") -> str:
    """Make an address of a page absolute as a browser does, without its fragment; "" for what leads nowhere by http(s).

    Args:
        href: as printed: with backslashes, line breaks, a scheme in capitals, entities encoded twice.
        base: the address it is relative to.
        charset: the page's; a query in Chinese is sent in it.
    """
    if len(href) <= LONGEST_ADDRESS and _WHOLE_PLAIN.fullmatch(href):
        return href
    if _HREF_PLAIN.fullmatch(href) is None:
        href = _tidied(href, base, charset)
    if not href or len(href) > LONGEST_ADDRESS:
        return ""
    if not href.startswith(("http://", "https://")):
        href = join(base, href)
    return _sound(href)


def join(base: str, address: str) -> str:
    """Make an address of a page whole and leave it as printed otherwise; "" for what cannot be read (`http://[`).

    As `urljoin`, at a tenth of its time for plain addresses, and `//` within a path stays, as browsers leave it.
    """
    if address.startswith(("http://", "https://")) and "[" not in address:
        return address
    origin, folder = _base(base)
    if origin and _STEPS.fullmatch(address):
        return (origin if address[0] == "/" else folder) + address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def redirect_address(location: str, base: str) -> str | None:
    """The absolute address of a Location header; None where it leads nowhere by http(s).

    Args:
        location: the header's bytes as Latin-1; what is not ASCII is sent back as it came, percent-encoded.
        base: the address that answered.
    """
    raw = location.strip().encode("latin-1", "replace")
    address = absolute(quote(raw, safe=bytes(range(0x21, 0x7F))), base)
    return address if is_fetchable(address) else None


def url_id(url: str) -> int:
    """Return the stable signed 64-bit id of the address: BLAKE2b of its canonical form."""
    digest = hashlib.blake2b(canonical(url).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=8192)
def host_of(url: str) -> str:
    """Return the host in lower case and IDNA form, without port; "" for what has none."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    try:
        return _ascii_host(urlsplit(url.strip()).hostname or "")
    except ValueError:
        return ""


def registered_domain(url: str) -> str:
    """Return the domain someone registered (`wuhu.gov.cn` of `www.wuhu.gov.cn`) for an address or a bare host.

    A numeric address or a single label is returned as it is; "" for what has no host.
    """
    return _domain(host_of(url) if "/" in url else _ascii_host(url.strip()))


def other_scheme(url: str) -> str | None:
    """Return the https twin of an http address and the reverse; None where a port is given or it is neither."""
    scheme, separator, rest = url.partition("://")
    other = {"http": "https", "https": "http"}.get(scheme.lower())
    place = rest.partition("/")[0]
    return f"{other}{separator}{rest}" if other and ":" not in place else None


def is_fetchable(url: str) -> bool:
    """Return whether an address can be asked for: http or https, with a host, and a port that exists if any."""
    if _NO_PORT.match(url):
        return True
    try:
        parts = urlsplit(url)
        port = _PORT.search(parts.netloc)
        if "[" in parts.netloc:
            IPv6Address(parts.hostname or "")
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (port is None or (port[1].isascii() and port[1].isdecimal() and int(port[1]) < 65536))
        )
    except ValueError:
        return False


def is_twin(url: str) -> bool:
    """Return whether an address has the form of a page made for phones or for AMP (`m.`, `wap.`, `/amp/`)."""
    return _TWIN.match(url) is not None


def date_in(url: str) -> date | None:
    """Return the day the path spells out (`/2020/07/04/`, `/2020-07/04/`, `/202007/t20200704_1.html`), or None.

    Only a whole, possible day between 1995 and tomorrow counts: a month alone or a long number is no date.
    """
    latest = datetime.now(UTC).date() + timedelta(days=1)
    start = url.find("/", url.find("://") + 3)
    path = url[start:].partition("?")[0] if start >= 0 else ""
    for pattern in (_SEPARATED_DATE, _COMPACT_DATE):
        for match in pattern.finditer(path):
            try:
                day = date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
            if _EARLIEST <= day <= latest:
                return day
    return None


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return host


@lru_cache(maxsize=8192)
def _domain(host: str) -> str:
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    for place in range(len(labels)):
        rest, above = (".".join(labels[start:]) for start in (place, place + 1))
        if f"!{rest}" in _suffixes():  # an exception from a rule with *
            return rest
        if rest in _suffixes() or f"*.{above}" in _suffixes():
            return ".".join(labels[max(0, place - 1) :])
    return ".".join(labels[-2:])  # an unknown suffix is its last label (publicsuffix.org, rule "*")


def _resolve(path: str) -> str:
    """Remove dot segments (RFC 3986, 5.2.4); the result begins with a slash."""
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _meaningful(query: str, path: str) -> str:
    """Drop tracking parameters and sort the rest by name; values keep their order."""
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        name, equals, value = _normalise_escapes(_AMPERSAND.sub("", part)).partition("=")
        lower = name.lower()
        if (name or equals) and lower not in _TRACKING and not lower.startswith("utm_"):
            pairs.append((name, equals + value))
    if path == "/s":
        known = {_WECHAT[name]: value for name, value in pairs if name in _WECHAT}
        if len(known) == 4:
            pairs = list(known.items())
    return "&".join(name + value for name, value in sorted(pairs, key=lambda pair: pair[0]))


def _normalise_escapes(text: str) -> str:
    return _ESCAPE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


def _tidied(href: str, base: str, charset: str) -> str:
    """An address with all that a browser mends mended, but for what it is relative to; "" for another scheme."""
    href = _LINE_BREAKS.sub("", href).strip(_EDGES + "\u3000\xa0").partition("#")[0]
    place, mark, query = href.partition("?")
    place = place.replace("\\", "/")
    if slashes := _SLASHES.match(place):  # http:\\host, HTTP://host, ///host
        place = f"{f'{slashes[1].lower()}:' if slashes[1] else ''}//{place[slashes.end() :]}"
    elif scheme := _SCHEME.match(place):
        if scheme[1].lower() not in {"http", "https"}:
            return ""
        same = base.lower().startswith(f"{scheme[1].lower()}:")
        place = place[scheme.end() :] if same else f"{scheme[1].lower()}://{place[scheme.end() :].lstrip('/')}"
    if mark:
        query = query.replace("&amp;", "&")
        if not query.isascii():
            query = _NOT_ASCII.sub(lambda run: quote(run[0].encode(_for_queries(charset), "xmlcharrefreplace")), query)
    return f"{place}{mark}{query}".replace(" ", "%20")


@lru_cache(maxsize=64)
def _for_queries(charset: str) -> str:
    """The charset a browser sends a query in: the page's own, UTF-8 instead of UTF-16; GBK for all of its family."""
    name = charset.lower().replace("_", "-")
    if name in {"gb2312", "gbk", "gb18030", "cp936"}:
        return "gb18030"
    return name if name in {"big5", "big5-hkscs", "cp950", "euc-kr", "euc-jp", "shift-jis"} else "utf-8"


@lru_cache(maxsize=1024)
def _base(base: str) -> tuple[str, str]:
    """The origin of a base address and the folder its names are relative to; "" where it is no plain http address."""
    match = _PLAIN_BASE.match(base)
    return (match[1], f"{match[1]}{match[2] or '/'}") if match and "/." not in base else ("", "")


@lru_cache(maxsize=8192)
def _sound(url: str) -> str:
    """The address without user and password; "" where its host is a slip of the pen (`http://http://…`)."""
    scheme, _, rest = url.partition("://")
    authority = rest.partition("/")[0].partition("?")[0]
    user, at, place = authority.rpartition("@")
    match = _AUTHORITY.fullmatch(place)
    if scheme not in {"http", "https"} or len(url) > LONGEST_ADDRESS or not match or int(match[1] or 0) > 65535:
        return ""
    return f"{scheme}://{rest[len(user + at) :]}"
