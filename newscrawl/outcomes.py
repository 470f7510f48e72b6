"""The outcomes of a fetch, and what each means for the page, its host and the next visit.

Both databases store the names, so a name must never change. A response with a status not listed here has the outcome
`http-` and the status; a download that failed with an error not listed here has the error's name.
"""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from typing import Self


class Means(Flag):
    """Classes of outcomes that the code treats alike."""

    NOTHING = 0
    MISSING = auto()  # there is no such page
    REFUSED = auto()  # the site refused us, which says nothing about the page
    LATER = auto()  # no story yet: a later visit may find one
    BLAMELESS = auto()  # a fault of ours, or of the page alone: no failure of the host
    UNASKED = auto()  # no request was sent
    UNCONNECTED = auto()  # no connection was made


class Outcome(StrEnum):
    """A named outcome.

    Attributes:
        says: its meaning, in a sentence.
        means: its classes.
        gone: the evidence, in words, that an article once at the address is gone; None if it is no evidence.
    """

    says: str
    means: Means
    gone: str | None

    def __new__(cls, name: str, says: str, means: Means = Means.NOTHING, gone: str | None = None) -> Self:
        """Make a member from its name and meanings."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.says, member.means, member.gone = says, means, gone
        return member

    # outcomes of pages, set by the pipelines
    ARTICLE = "article", "A headline with a story."
    ALIAS = "alias", "An article that the site has at another address as well."
    UNCHANGED = "unchanged", "The answer shows what the one before it did."
    REDIRECT = "redirect", "The page only sends the reader to another address."
    NOT_HTML = "not-html", "The body is no web page: JSON, a feed, a picture, a download."
    LIST = (
        "list",
        "A list of links: a home page, a channel, an index, a search, the pages of a newspaper.",
        Means.NOTHING,
        "a list of links in its place",
    )
    PART = "part", "A further page of a story, from which no article was made."
    NOTHING = "nothing", "An answer from which nothing was made and that leads nowhere."
    TOO_COMPLEX = "too-complex", "More work to read than a page is worth."
    EMPTY = "empty", "The page shows nothing and loads nothing.", Means.LATER
    SCRIPT = "script", "The text is loaded by a script; the HTML holds an empty frame.", Means.LATER
    NO_STORY = "no-story", "No headline with a story, for no reason that has a name.", Means.LATER
    NO_TITLE = "no-title", "A story without a headline.", Means.LATER
    MOJIBAKE = "mojibake", "Too many characters that no charset gives.", Means.LATER
    SOFT_404 = (
        "soft-404",
        "The page says that there is no such page, with status 200.",
        Means.MISSING,
        "the page says that there is no such page",
    )
    WITHDRAWN = (
        "withdrawn",
        "The page says that its publisher or the platform took the text down.",
        Means.MISSING,
        "the page says that it was taken down",
    )
    BLOCKED = "blocked", "A captcha, a firewall or a script challenge stands in front of the page.", Means.REFUSED
    LOGIN = (
        "login",
        "The text is shown only to readers who are logged in.",
        Means.REFUSED | Means.BLAMELESS,
    )
    HTTP_401 = "http-401", "Login wanted.", Means.REFUSED | Means.BLAMELESS
    HTTP_403 = "http-403", "Forbidden.", Means.REFUSED
    HTTP_404 = "http-404", "Not found.", Means.MISSING
    HTTP_407 = "http-407", "The proxy wants a login.", Means.REFUSED
    HTTP_410 = "http-410", "Gone.", Means.MISSING
    HTTP_412 = "http-412", "What Chinese firewalls answer to robots.", Means.REFUSED
    HTTP_429 = "http-429", "Asked too often.", Means.REFUSED
    # outcomes of requests that were never sent
    ROBOTS = "robots", "robots.txt forbids the address.", Means.UNASKED
    PRIVATE = "private", "A host in a private network.", Means.UNASKED
    IGNORED = "ignored", "A middleware would not let the request out.", Means.UNASKED
    # outcomes of failed downloads
    DNS = "dns", "The host has no address.", Means.UNCONNECTED
    CONNECTION_REFUSED = "refused", "The host takes no connection.", Means.UNCONNECTED
    CONNECTION = "connection", "No connection came about, or it broke.", Means.UNCONNECTED
    TIMEOUT = "timeout", "No answer in time."
    DATA_LOSS = "data-loss", "The answer broke off."
    TOO_LARGE = "too-large", "The answer is longer than a page may be."
    UNSUPPORTED = "unsupported", "A scheme that is not fetched."
    REDIRECT_LOOP = "redirect-loop", "Sent round in a circle.", Means.BLAMELESS
    # outcomes of our own faults
    STORAGE = "storage", "It could not be written.", Means.BLAMELESS
    SPIDER_ERROR = "spider-error", "The portal's code failed.", Means.BLAMELESS
    PIPELINE_ERROR = "pipeline-error", "A pipeline failed.", Means.BLAMELESS
    DROPPED = "dropped", "A pipeline of somebody else's dropped it."
    CRASH = "crash", "The crawl died while the page was read."


def http(status: int) -> str:
    """Return the outcome of a response by its status."""
    return f"http-{status}"


def meaning(means: Means) -> frozenset[Outcome]:
    """Return the outcomes with a meaning."""
    return frozenset(outcome for outcome in Outcome if means in outcome.means)


READ = frozenset({Outcome.ARTICLE, Outcome.UNCHANGED})  # there is an article
MISSING = meaning(Means.MISSING)
REFUSED = meaning(Means.REFUSED)
LATER = meaning(Means.LATER)
BLAMELESS = meaning(Means.BLAMELESS)
UNASKED = meaning(Means.UNASKED)
UNCONNECTED = meaning(Means.UNCONNECTED)
GONE: dict[str, str] = {outcome: outcome.gone for outcome in Outcome if outcome.gone}  # with the evidence
