from newscrawl.portal import Portal


class JiangsuJstv(Portal):
    """荔枝网, the site of Jiangsu's television."""

    name, title, region, level = "jiangsu_jstv", "荔枝网", "江苏", "province"
    start_urls = ["https://www.jstv.com/"]
    article_url = r"/a/20\d{6}/\w+\.shtml"
