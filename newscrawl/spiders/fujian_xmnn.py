from newscrawl.portal import Portal


class FujianXmnn(Portal):
    """厦门网, the news portal of Xiamen.

    Caveats
      The facsimiles of its four newspapers lie on epaper.xmnn.cn, in a form of their own, and are left out.
    """

    name, title, region, level = "fujian_xmnn", "厦门网", "福建", "city"
    start_urls = ["https://www.xmnn.cn/"]
    excluded_hosts = ["epaper.xmnn.cn"]
