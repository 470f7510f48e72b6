from newscrawl.portal import Portal


class FujianFjsen(Portal):
    """东南网, the provincial news portal of Fujian.

    Caveats
      `content_ID_0.htm` beside `content_ID.htm`: the suffix is a page number, not another article.
      Lists are `node_N.htm`.
    """

    name, title, region, level = "fujian_fjsen", "东南网", "福建", "province"
    start_urls = ["https://www.fjsen.com/", "https://news.fjsen.com/"]
    family = "founder"
