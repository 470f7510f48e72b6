from newscrawl.portal import Portal


class FujianXmnn(Portal):
    """厦门网, the news portal of Xiamen.

    Caveats
      The facsimiles of its four newspapers are left out here; fujian_xmrb is one.
    """

    name, title, region, level = "fujian_xmnn", "厦门网", "福建", "city"
    start_urls = ["https://www.xmnn.cn/"]
    excluded_hosts = ["epaper.xmnn.cn"]
