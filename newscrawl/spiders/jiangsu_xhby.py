from newscrawl.portal import Portal


class JiangsuXhby(Portal):
    """新华报业网, the site of the Xinhua Daily group of Jiangsu.

    Caveats
      No form of address is known.
    """

    name, title, region, level = "jiangsu_xhby", "新华报业网", "江苏", "province"
    start_urls = ["https://www.xhby.net/"]
