from newscrawl.portal import Portal


class GuangxiGxnews(Portal):
    """广西新闻网, the regional news portal of Guangxi.

    Caveats
      Lists are `/staticmores/…-1.shtml`.
      Some stories are marked 多页 and spread over several pages.
    """

    name, title, region, level = "guangxi_gxnews", "广西新闻网", "广西", "province"
    start_urls = ["https://www.gxnews.com.cn/", "https://news.gxnews.com.cn/"]
    article_url = r"/staticpages/20\d{6}/newgx\w+-\d+\.shtml"
