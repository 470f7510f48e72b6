"""Learn about a site from some of its pages: name, CMS family, sections, and URL pattern of its articles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.cms import family_of
from newscrawl.discover.anchors import anchors
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.places import BY_CODE, NAMES, REGIONS
from newscrawl.urls import canonical, host_of, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newscrawl.cms import Family

FEWEST = 2  # articles that must match a URL pattern
SHARE = 0.15  # share of the articles that must match a URL pattern
FAMILY_SHARE = 0.8  # if this share of the articles matches the CMS family's pattern, no other pattern is needed
_TITLE_PARTS = re.compile(r"\s*[-_|｜—–,，:：·]+\s*|\s{2,}")
_NO_TITLE = re.compile(r"(?:网站)?首\s*页|主页|官方网站|欢迎您?")
_SITE_WORD = re.compile(r"网|报|新闻|政府|在线|发布|融媒|电视|广播")


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was received."""

    url: str
    content: bytes
    content_type: str = ""


@dataclass(slots=True)
class Probe:
    """What is known of a site.

    Attributes:
        home: the address to start from.
        title: its name.
        region: its province; 全国 if unknown.
        level: city or county if its name shows it, else other.
        family: the CMS family, None if unknown.
        article_url: the URL pattern of its articles, "" if the family's pattern is enough or there is none.
        domains: the hosts to stay on, "" if the home page's domain is enough.
        sections: names and addresses of its lists.
        articles: those that were read, with their pages.
    """

    home: str
    title: str = ""
    region: str = "全国"
    level: str = "other"
    family: Family | None = None
    article_url: str = ""
    domains: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)
    articles: list[tuple[Article, Saved]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The portal's name: its province and what its domain is called."""
        parts = urlsplit(self.home)
        domain = registered_domain(self.home)
        host = host_of(self.home).removeprefix("www.")
        label = domain.partition(".")[0] if host == domain else host.partition(".")[0]
        label = re.sub(r"\W+", "_", f"site_{parts.hostname}" if label.isdigit() else label).strip("_").replace("-", "_")
        return f"{NAMES[self.region]}_{label}"


def probe(home: str, pages: Iterable[Saved], lists: Sequence[str] = ()) -> Probe:
    """Read a site's pages.

    Args:
        home: the address to start from.
        pages: its front page, lists and articles, in any order.
        lists: addresses of pages that are lists, where that is known.
    """
    found = Probe(home)
    families: Counter[str] = Counter()
    by_name: dict[str, Family] = {}
    known_lists = set(map(canonical, lists))
    front: Document | None = None
    for page in pages:
        document = Document(page.content, page.url, content_type=page.content_type)
        if family := family_of(document):
            families[family.name] += 1
            by_name[family.name] = family
        if canonical(page.url) == canonical(home):
            front = document
        result = read(document) if canonical(page.url) not in known_lists else None
        if isinstance(result, Article) and result.title and result.body:
            found.articles.append((result, page))
        elif canonical(page.url) != canonical(home):
            known_lists.add(canonical(page.url))
    if front is not None:
        _read_home(found, front, known_lists)
    if families:
        found.family = by_name[families.most_common(1)[0][0]]
    urls = [article.url for article, _ in found.articles]
    known_form = found.family.article_url if found.family else None
    if known_form is None or sum(bool(known_form.search(url)) for url in urls) < FAMILY_SHARE * len(urls):
        found.article_url = form_of(urls, known_lists)
    found.domains = _domains(home, urls)
    return found


def form_of(articles: Sequence[str], lists: Iterable[str] = ()) -> str:
    """Return a regular expression for the addresses of articles, "" if none matches articles but not lists."""
    forms = Counter(form for url in articles if (form := _form(url)))
    enough = max(FEWEST, SHARE * len(articles))
    others = list(lists)
    kept = [
        form
        for form, count in forms.most_common(3)
        if count >= enough and '"' not in form and not any(re.search(form, url) for url in others)
    ]
    return "|".join(kept)


def _form(url: str) -> str:
    """Return the pattern of one address: its segments from the first with a number on, numbers generalised."""
    parts = urlsplit(url)
    segments = parts.path.split("/")[1:]
    first = next((place for place, segment in enumerate(segments) if _is_numbered(segment)), None)
    if first is not None:
        name = "/" + "/".join(map(_open, segments[first:]))
        return name if "." in segments[-1] or not segments[-1] else f"{name}$"
    if re.search(r"=\w*\d", parts.query):
        return "/" + _plain(segments[-1]) + r"\?" + _open(parts.query)
    return ""


def _is_numbered(segment: str) -> bool:
    return bool(re.search(r"\d{4,}", segment)) or segment.isdigit() or len(re.sub(r"[^0-9]", "", segment)) >= 4


def _open(segment: str) -> str:
    r"""Return the pattern of a segment, numbers and ids generalised: `t20260629_123.html` → `t20\d{6}_\d+\.html`."""
    stem, dot, extension = segment.rpartition(".")
    if not dot or not re.fullmatch(r"[a-z]{2,5}", extension):
        stem, dot, extension = segment, "", ""
    if re.fullmatch(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{16,}", stem):
        body = "[0-9a-f]+"
    elif re.fullmatch(r"(?=.*[A-Za-z].*\d.*[A-Za-z]|.*\d.*[A-Za-z].*\d)[A-Za-z0-9]{8,}", stem):
        body = r"\w+"
    else:
        day = re.fullmatch(r"[\d-]+", stem) is not None
        pieces = re.split(r"(\d+)", stem)
        body = "".join(_number(piece, day=day) if piece.isdigit() else _plain(piece) for piece in pieces)
    return body + (rf"\.{extension}" if dot else "")


def _plain(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")


def _number(digits: str, *, day: bool) -> str:
    """Return the pattern of a number: a day or month that fills a folder's name keeps its length, a year its 20."""
    if digits.startswith("20") and len(digits) in (4, 6, 8):
        return rf"20\d{{{len(digits) - 2}}}"
    return r"\d\d" if day and len(digits) == 2 else r"\d+"


def _read_home(found: Probe, document: Document, lists: set[str]) -> None:
    """Read the site's name, province and level from its front page, and its sections from the links to lists."""
    found.title = _title(document)
    code = next(iter(document.metas.get("siteidcode", ())), "")
    named = next((region for region in sorted(REGIONS - {"全国", "样例"}) if region in found.title), None)
    found.region = BY_CODE.get(code[:2]) or named or "全国"
    found.level = "county" if re.search(r"县|[^地社]区", found.title) else "city" if "市" in found.title else "other"
    texts: dict[str, str] = {}
    for anchor in anchors(document):
        if canonical(anchor.url) in lists and canonical(anchor.url) != canonical(found.home):
            texts.setdefault(anchor.url, anchor.text)
    found.sections = [(text, url) for url, text in texts.items()]


def _title(document: Document) -> str:
    """The site's name as its front page gives it; its host where it gives none."""
    for name in ("sitename", "og:site_name", "application-name"):
        if value := next(iter(document.metas.get(name, ())), "").strip():
            return str(value)
    texts = [text for text in document.root.xpath("//title//text()") if text.strip()]
    parts = [_NO_TITLE.sub("", part).strip() for part in _TITLE_PARTS.split(" ".join(texts).strip())]
    parts = [part for part in parts if part]
    return next((part for part in parts if _SITE_WORD.search(part)), parts[0] if parts else host_of(document.url))


def _domains(home: str, articles: Sequence[str]) -> str:
    """Return the common domain if the home page is on one subdomain and articles are on others."""
    own = host_of(home)
    stands_for_all = own.removeprefix("www.") == registered_domain(home)
    sisters = {
        url
        for url in articles
        if registered_domain(url) == registered_domain(home) and not f".{host_of(url)}".endswith(f".{own}")
    }
    return registered_domain(home) if sisters and not stands_for_all else ""
