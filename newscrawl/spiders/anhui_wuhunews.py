from newscrawl.portal import Portal


class AnhuiWuhunews(Portal):
    """芜湖新闻网, the news portal of Wuhu.

    Caveats
      Lists go on at `?pp=10`, an offset that some columns ignore.
    """

    name, title, region, level = "anhui_wuhunews", "芜湖新闻网", "安徽", "city"
    start_urls = ["https://www.wuhunews.cn/"]
    article_url = r"wuhunews\.cn/\w+/20\d\d-\d\d-\d\d/\d+\.html"
