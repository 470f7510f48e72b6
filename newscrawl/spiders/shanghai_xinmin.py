from newscrawl.portal import Portal


class ShanghaiXinmin(Portal):
    """新民网, the site of the Xinmin Evening News."""

    name, title, region, level = "shanghai_xinmin", "新民网", "上海", "province"
    start_urls = ["https://www.xinmin.cn/"]
    article_url = r"xinmin\.cn/\w+/20\d\d/\d\d/\d\d/\d+\.html"
