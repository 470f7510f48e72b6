from newscrawl.portal import Portal


class JiangxiJxntv(Portal):
    """今视网, the site of Jiangxi's television."""

    name, title, region, level = "jiangxi_jxntv", "今视网", "江西", "province"
    start_urls = ["https://www.jxntv.cn/"]
    article_url = r"jxntv\.cn/20\d\d/\d{4}/\d+\.shtml"
