from newscrawl.portal import Portal


class NeimengguNmgnews(Portal):
    """内蒙古新闻网, the regional news portal of Inner Mongolia.

    Caveats
      The facsimile of the Inner Mongolia Daily lies under `szb.nmgnews.com.cn/nmgrb/`.
    """

    name, title, region, level = "neimenggu_nmgnews", "内蒙古新闻网", "内蒙古", "province"
    start_urls = ["https://www.nmgnews.com.cn/"]
    family = "enorth"
