"""The dateline: the place a story was sent from, which opens it: 新华社乌鲁木齐5月9日电, 本报云溪5月6日讯."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.language.byline import is_outlet
from newscrawl.extract.zones.nearby import nearby

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

_FIRST = 3  # lines of a story in which it stands: a lead may come before
_SENT = re.compile(
    r"[（(【]?(?:本报|本网|[\u3400-\u9fff·]{1,10}?[社网網报報台])\s?"
    r"(?![记記]者)([\u3400-\u9fff·／/]{2,12}?)\s?(?:\d{1,2}\s?月)?\d{1,2}\s?日\s?(?:专)?[电電讯訊]"
)


def dateline(document: Document) -> str | None:
    """The place as printed, without outlet and date; None where the story opens otherwise."""
    for line in nearby(document).opening[:_FIRST]:
        sent = _SENT.match(line.text)
        if sent and not is_outlet(sent[1]):
            return sent[1]
    return None
