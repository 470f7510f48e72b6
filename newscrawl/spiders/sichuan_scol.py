from newscrawl.portal import Portal


class SichuanScol(Portal):
    """四川在线, the site of the Sichuan Daily group.

    Caveats
      Stories of 川观 are `cbgc.scol.com.cn/news/ID`.
    """

    name, title, region, level = "sichuan_scol", "四川在线", "四川", "province"
    start_urls = ["https://www.scol.com.cn/"]
    article_url = r"/20\d{4}/\d+\.html|cbgc\.scol\.com\.cn/news/\d+"
