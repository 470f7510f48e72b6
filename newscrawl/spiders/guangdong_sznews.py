from newscrawl.portal import Portal


class GuangdongSznews(Portal):
    """深圳新闻网, the news portal of Shenzhen.

    Caveats
      Lists are `node_N.htm`.
    """

    name, title, region, level = "guangdong_sznews", "深圳新闻网", "广东", "city"
    start_urls = ["https://www.sznews.com/"]
    family = "founder"
