from newscrawl.portal import Portal


class ShaanxiXiancn(Portal):
    """西安新闻网, the news portal of Xi'an.

    Caveats
      Long stories are spread over pages, linked in `#displaypagenum`.
    """

    name, title, region, level = "shaanxi_xiancn", "西安新闻网", "陕西", "city"
    start_urls = ["https://www.xiancn.com/"]
    family = "founder"
