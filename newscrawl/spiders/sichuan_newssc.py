from newscrawl.portal import Portal


class SichuanNewssc(Portal):
    """四川新闻网, the provincial news portal of Sichuan."""

    name, title, region, level = "sichuan_newssc", "四川新闻网", "四川", "province"
    start_urls = ["https://www.newssc.org/"]
    article_url = r"/system/20\d{6}/\d+\.html?"
