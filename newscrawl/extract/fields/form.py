"""The form of the article: text, pictures with captions, or video."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import has_byline_after, headline_lines
from newscrawl.extract.zones.story import story

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

_LONGEST_CAPTION = 200  # characters of text beside a film; more is a story with a film in it
_MOST_PARAGRAPHS = 3  # of a film's description
_PER_PICTURE = 80  # characters a caption has at most, on average, where pictures tell the story
_FEWEST_PICTURES = 3
_SHORTEST_TEXT = 40  # characters: less beside a lone picture is its caption
_CLOSE = 3  # lines between headline and byline of pictures
_NEAR = 12  # lines between the headline and a player
_MEDIA = frozenset(("video", "embed", "object", "iframe"))
_FILM = re.compile(r"\.(?:mp4|m3u8|flv|swf)(?:\W|$)|(?:^|[^a-z])(?:video|player|vplay)", re.IGNORECASE)
# A player that a script puts in its place: a film's number, or the name of a player that many sites use.
_SCRIPTED = re.compile(
    r"video_?(?:center_?)?id\s*[\"']?\s*[:=]|ckplayer|aliplayer|tcplayer|prismplayer|cyberplayer|jwplayer"
    r"|create\w{0,8}player|new\s+\w{0,12}player\("
)
_MOST_SCRIPT = 200_000  # characters of script that are searched


def form(document: Document) -> str:
    """The form of the story: text, pictures or video."""
    told = story(document)
    length, pictures = (len(told.text), len(told.images)) if told else (0, 0)
    short = length <= _LONGEST_CAPTION and (told is None or len(told.paragraphs) <= _MOST_PARAGRAPHS)
    if short and (has_player(document) or (not pictures and is_played_by_script(document))):
        return "video"
    few = pictures and length < _SHORTEST_TEXT
    return "pictures" if few or (pictures >= _FEWEST_PICTURES and length <= _PER_PICTURE * pictures) else "text"


@analysis
def has_player(document: Document) -> bool:
    """Whether an element near the headline plays a film."""
    page, shown = walk(document), headline_lines(document)
    if not shown:
        return False
    for number, tag in enumerate(page.tags):
        if tag in _MEDIA and -_NEAR <= page.first[number] - shown.stop <= _NEAR:
            element = page.elements[number]
            if tag == "video" or _FILM.search(" ".join((element.get("src") or "", element.get("data") or ""))):
                return True
    return False


@analysis
def is_played_by_script(document: Document) -> bool:
    """Whether a script puts a player into a page that shows headline and byline."""
    shown = headline_lines(document)
    if not shown or not has_byline_after(walk(document), shown.stop):
        return False
    return _SCRIPTED.search(document.script_text[:_MOST_SCRIPT].lower()) is not None


@analysis
def is_told_without_words(document: Document) -> bool:
    """Whether headline and byline stand above a video or pictures: then a page without text is an article."""
    page, shown = walk(document), headline_lines(document)
    if not shown or page.lines[shown.start].linked:
        return False
    if has_player(document) or is_played_by_script(document):
        return True
    told = story(document)
    if told is None or not told.images:
        return False
    only = not told.paragraphs and len(told.images) >= _FEWEST_PICTURES
    return only or has_byline_after(page, shown.stop, within=_CLOSE)
