from newscrawl.portal import Portal


class HubeiCjn(Portal):
    """长江网, the news portal of Wuhan."""

    name, title, region, level = "hubei_cjn", "长江网", "湖北", "city"
    division = "420100"
    start_urls = ["https://www.cjn.cn/"]
    article_url = r"/20\d{4}/t\d+\.htm"
