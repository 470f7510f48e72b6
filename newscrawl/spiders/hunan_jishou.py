from newscrawl.portal import Portal


class HunanJishou(Portal):
    """红网吉首, the county-level city of Jishou, on a host of 红网."""

    name, title, region, level = "hunan_jishou", "红网吉首", "湖南", "county"
    start_urls = ["https://jishou.rednet.cn/"]
    article_url = r"/content/(?:20\d\d/\d\d/\d\d|\d{6}/\d\d)/\d+\.html"
