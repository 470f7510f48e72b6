"""广西新闻网."""

from __future__ import annotations

from newscrawl.portal import Portal


class GuangxiGxnews(Portal):
    """广西新闻网, the provincial news portal of Guangxi, on a CMS of its own.

    Caveats
      Articles are `/staticpages/YYYYMMDD/newgx<hex>-ID.shtml`, lists `/staticmores/…-1.shtml`.
      Some stories are marked 多页 and spread over several pages.
    """

    name, title, region, level = "guangxi_gxnews", "广西新闻网", "广西", "province"
    start_urls = ["https://www.gxnews.com.cn/", "https://news.gxnews.com.cn/"]
    verified = None
