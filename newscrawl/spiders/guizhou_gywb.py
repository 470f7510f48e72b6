from newscrawl.portal import Portal


class GuizhouGywb(Portal):
    """贵阳网, the news portal of Guiyang.

    Caveats
      Both the enorth and the Founder form of address occur.
    """

    name, title, region, level = "guizhou_gywb", "贵阳网", "贵州", "city"
    start_urls = ["https://www.gywb.cn/"]
    article_url = r"/system/20\d\d/\d\d/\d\d/\d+\.shtml|/content/20\d\d-\d\d/\d\d/content_\d+\.htm"
