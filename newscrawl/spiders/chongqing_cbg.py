from newscrawl.portal import Portal


class ChongqingCbg(Portal):
    """视界网, the site of Chongqing's broadcasting."""

    name, title, region, level = "chongqing_cbg", "视界网", "重庆", "province"
    start_urls = ["https://www.cbg.cn/"]
    article_url = r"/20\d\d/\d{4}/\d+\.shtml"
