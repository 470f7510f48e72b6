from newscrawl.portal import Portal


class HunanHnxjxq(Portal):
    """红网湘江新区, the new district of Xiangjiang in Changsha, on a host of 红网."""

    name, title, region, level = "hunan_hnxjxq", "红网湘江新区", "湖南", "county"
    division = "430100"
    start_urls = ["https://hnxjxq.rednet.cn/"]
    article_url = r"/content/(?:20\d\d/\d\d/\d\d|\d{6}/\d\d)/\d+\.html"
