"""Where a story's pictures may stand."""

from __future__ import annotations

from newscrawl.extract.zones.story import image_urls
from tests.extract.pages import TITLE, page


def test_the_storys_first_picture_may_stand_over_its_authors_line():
    opening = "<p><img src='/p/first.jpg'></p><p>文丨张小山</p>"
    byline = "<p>2024-05-20 16:25 来源：示例日报</p>"
    inside = f"<h1>{TITLE}</h1>{byline}{opening}"
    assert image_urls(page(headline="", opening=inside)) == ["http://news.example.cn/p/first.jpg"]
