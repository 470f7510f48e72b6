"""Recognise, by their words, lines that are no part of a story: boilerplate around it, and notices in its place."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.extract.language.lexicon import Cues

LONGEST_NOTICE = 80  # characters of the line that says why there is no story
_LATEST_NOTICE = 24  # characters before the words that say it: a news flash mentions a withdrawal later
_FURNITURE = Cues("related", "share", "crumb", "pager", "player", "comment", "promo", "imprint", "copyright")
_PROMO, _TOLD = Cues("promo"), Cues("told")
_NOTICES, _READERS = Cues("blocked", "withdrawn", "missing", "login"), Cues("readers")
# Scripts of firewalls that answer a first request with a program instead of the page.
_CHALLENGE = re.compile(
    r"\$_ts\s*[=.]|acw_sc__v[23]|__jsl_clearance|_bot_sbu|cf_chl_|cf-browser-verification|Incapsula|TencentCaptcha"
    r"|turing\.captcha|[gG]eetest|AliyunCaptcha|wzws-?waf|wzwsmethod|yunsuo_session|captcha\.gtimg|BotGuard|security_verify"
    r"|challenge-platform|document\.cookie\s*=[^\n]{0,300}location\.(?:reload|href)"
)


@lru_cache(maxsize=4096)  # several analyses ask
def line_kind(text: str) -> str | None:
    """What kind of furniture a line is (`related`, `copyright`, `promo`, `share`, …); None for story text."""
    found = _FURNITURE(text)
    if found is None:
        return None
    # What a long line only ends with (`…，禁止转载`) does not make it a notice, unless it begins as an invitation.
    if found.start() > max(40, len(text) // 2):
        return "promo" if _PROMO(text[:40]) else None
    return None if text.endswith("。") and _TOLD(text[: found.start()]) else found.lastgroup


def meaning(line: str) -> str | None:
    """The reason a short line or a title gives for there being no story, or None."""
    found = _NOTICES(line) if line and len(line) <= LONGEST_NOTICE and not _READERS(line) else None
    if found is None or found.start() > _LATEST_NOTICE:
        return None
    return "soft-404" if found.lastgroup == "missing" else found.lastgroup


def is_challenge(scripts: str) -> bool:
    """Tell whether inline scripts hold a firewall's challenge; the caller makes sure no story stands beside them."""
    return bool(_CHALLENGE.search(scripts))
