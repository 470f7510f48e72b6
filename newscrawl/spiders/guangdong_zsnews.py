from newscrawl.portal import Portal


class GuangdongZsnews(Portal):
    """中山网, the news portal of Zhongshan.

    Caveats
      Lists are `/index/<category>`.
    """

    name, title, region, level = "guangdong_zsnews", "中山网", "广东", "city"
    start_urls = ["https://www.zsnews.cn/"]
