from newscrawl.portal import Portal


class ShanxiSxrb(Portal):
    """山西新闻网, the site of the Shanxi Daily group.

    Caveats
      daynews.com.cn is its second domain.
    """

    name, title, region, level = "shanxi_sxrb", "山西新闻网", "山西", "province"
    start_urls = ["https://www.sxrb.com/"]
    domains = "sxrb.com,daynews.com.cn"
    article_url = r"/sxxww/\w+/\w+/\d+\.shtml"
