from newscrawl.portal import Portal


class XizangChinatibetnews(Portal):
    """中国西藏新闻网, the site of the Tibet Daily.

    Caveats
      xzxw.com is its second domain.
    """

    name, title, region, level = "xizang_chinatibetnews", "中国西藏新闻网", "西藏", "province"
    start_urls = ["https://www.chinatibetnews.com/"]
    domains = "chinatibetnews.com,xzxw.com"
    family = "founder"
