from newscrawl.portal import Portal


class ShanxiSxgov(Portal):
    """黄河新闻网, the provincial news portal of Shanxi.

    Caveats
      The form `storys_ID.html` was seen on one channel only.
    """

    name, title, region, level = "shanxi_sxgov", "黄河新闻网", "山西", "province"
    start_urls = ["https://www.sxgov.cn/"]
    article_url = r"/storys_\d+\.html"
