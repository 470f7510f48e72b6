from newscrawl.portal import Portal


class SichuanChengdu(Portal):
    """成都全搜索, the news portal of Chengdu.

    Caveats
      Lists go on at `column-index-N.shtml`.
    """

    name, title, region, level = "sichuan_chengdu", "成都全搜索", "四川", "city"
    start_urls = ["https://www.chengdu.cn/"]
    article_url = r"chengdu\.cn/20\d\d/\d{4}/\d+\.shtml"
