"""西部网."""

from __future__ import annotations

from newscrawl.portal import Portal


class ShaanxiCnwest(Portal):
    """西部网, the provincial news portal of Shaanxi.

    Caveats
      Articles of the 头条 host are `content_ID.html`, those of the news host `/a/Y/M/D/ID.html`.
    """

    name, title, region, level = "shaanxi_cnwest", "西部网", "陕西", "province"
    start_urls = ["https://www.cnwest.com/", "https://news.cnwest.com/"]
    verified = None
