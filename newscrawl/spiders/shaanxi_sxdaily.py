from newscrawl.portal import Portal


class ShaanxiSxdaily(Portal):
    """陕西传媒网, the site of the Shaanxi Daily group."""

    name, title, region, level = "shaanxi_sxdaily", "陕西传媒网", "陕西", "province"
    start_urls = ["https://www.sxdaily.com.cn/"]
    article_url = r"/n/20\d\d/\d{4}/c\d+-\d+\.html"
