"""What an element's class and id say of the region it holds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language.patterns import searched

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.extract.page.lines import Walk
    from newscrawl.extract.zones.story import Story

# Words that speak of a region's role on any site; a word's ends are hyphens, underscores and changes of case.
_OUTSIDE = searched(
    r"foot(?:er)?(?![a-z])|copy_?right|comment|pinglun|cmnt|tie-|relat|recommend|tuijian|xiangguan|(?<![a-z])rec(?![a-z])"
    r"|side_?bar|aside|(?<![a-z])nav(?![a-z])|navig|menu|crumb|(?<![a-z])share|sharing|jiathis|bdshare|bshare|toolbar|toolbox"
    r"|login|passport|(?<![a-z])ads?(?![a-z])|adver|guanggao|banner|qr_?code|erweima|ewm|(?<![a-z])hot_?(?:news|list|word|rank|search)"
    r"|rank|paihang|keyword|(?<![a-z])tags?(?![a-z])|(?<![a-z])seo(?![a-z])|disclaim|shengming|statement|(?<![a-z])app_?(?:down|tip)"
    r"|(?<![a-z])wm-ipp|pagination|pager(?![a-z])|friend_?link|guess|(?<![a-z])more_?(?:news|list|link)|subscribe|weixin_?code"
    r"|profile_?card|author[-_]?(?:info|card|intro|bio|box|meta|desc)|popup|(?<![a-z])dialog|modal(?![a-z])|topbar|top_?nav",
    ignore_case=True,
)  # fmt: skip
# Marks of CMS families, used by many sites each (TRS, UCAP, VSB, Founder, enorth, WeChat, schema.org).
_FAMILY = searched(
    r"(?<![\w])(?:TRS_Editor|TRS_UEDITOR|trs_editor_view|trs_paper_default|UCAP-CONTENT|v_news_content|vsb_content\w*|js_content"
    r"|ozoom|zoom|article-?body|art_?body|artibody|endText|bs_content|div_content|rwb_zw|rm_txt_con|detailContent|p-detail"
    r"|content_area|text_area|Cnt-Main-Article-QQ|news_?content|article[-_]?content|post_body|post_text|news_?txt|news_?text"
    r"|main-?text|entry-content|zhengwen|contentText|ArticleCnt)\b",
    ignore_case=True,
)
_STORY = searched(
    r"article|content|story|detail|(?<![a-z])(?:text|txt|zw|body|con|cont|post|news|art)(?![a-z])", ignore_case=True
)
_LEAD = searched(
    r"(?<![a-z])(?:lead|lede|summary|abstract|intro|daodu|zhaiyao|digest|brief|tiyao|daoyu)(?![a-z])", ignore_case=True
)
# Regions that seldom hold lists of articles, by words of class and id; the lists of navigation and comments may.
_LINKS_OUT = searched(
    r"foot(?:er)?(?![a-z])|copy_?right|login|passport|friend[-_]?link|yqlj|(?<![a-z])tags?(?![a-z])|key_?word"
    r"|(?<![a-z])ads(?![a-z])|adver|guanggao|site-?map|(?<![a-z])pag(?:er|ination|es)(?![a-z])|cmnt|cmt(?![a-z])|(?<![a-z])tie-",
    ignore_case=True,
)
_LINKS_DOUBTFUL = searched(
    r"(?<![a-z])nav(?![a-z])|navig|navbar|menu|crumb|comment|pinglun|share|reply", ignore_case=True
)
_OUT_TAGS, _DOUBTFUL_TAGS = frozenset({"footer"}), frozenset({"nav", "header"})


class Region(NamedTuple):
    """What the names of an element say.

    Attributes:
        outside: what is in it is not the story.
        mark: how strongly they say that it holds the story: 2 for a CMS family's mark, 1 for a usual word, 0.
        lead: it holds the story's lead.
    """

    outside: bool
    mark: int
    lead: bool


_NAMELESS = Region(outside=False, mark=0, lead=False)


def region(element: HtmlElement) -> Region:
    """Judge an element by its class, id and itemprop."""
    names, id_, itemprop = element.get("class"), element.get("id"), element.get("itemprop")
    if id_ or itemprop:
        names = f"{names or ''} {id_ or ''} {itemprop or ''}"
    return _judge(names) if names else _NAMELESS


@lru_cache(maxsize=8192)  # the pages of a site share their names
def _judge(names: str) -> Region:
    family = _FAMILY.search(names) is not None
    mark = 2 if family else int(_STORY.search(names) is not None)
    return Region(not family and _OUTSIDE.search(names) is not None, mark, _LEAD.search(names) is not None)


class LinkRegions:
    """Which elements stand in a region of navigation, comments, footer and the like."""

    def __init__(self, page: Walk, found: Story | None) -> None:
        self._page = page
        self._known: dict[int, str] = {0: ""}
        number = found.number if found else 0
        while number:  # what holds the story is no such region
            self._known[number] = ""
            number = page.parents[number]

    def of(self, number: int) -> str:
        """What an element and those around it say of the links in it: `out`, `doubtful` or nothing."""
        known, elements, tags, parents = self._known, self._page.elements, self._page.tags, self._page.parents
        path = []
        while (answer := known.get(number)) is None:
            path.append(number)
            number = parents[number]
        for inner in reversed(path):
            element, tag = elements[inner], tags[inner]
            classes, name = element.get("class"), element.get("id")
            if answer != "out" and (classes or name or tag in _OUT_TAGS or tag in _DOUBTFUL_TAGS):
                answer = _judge_links(tag, (classes or "")[:200], (name or "")[:200]) or answer
            known[inner] = answer
        return answer


@lru_cache(maxsize=4096)
def _judge_links(tag: str, classes: str, name: str) -> str:
    """What an element's own tag and names say of the links in it."""
    names = f"{classes} {name}"
    if tag in _OUT_TAGS or _LINKS_OUT.search(names):
        return "out"
    return "doubtful" if tag in _DOUBTFUL_TAGS or _LINKS_DOUBTFUL.search(names) else ""
