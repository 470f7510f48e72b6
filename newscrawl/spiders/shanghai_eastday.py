from newscrawl.portal import Portal


class ShanghaiEastday(Portal):
    """东方网, the news portal of Shanghai.

    Caveats
      Articles are `u1aID.html`, on channel hosts below a day, on the news host below `/c/`.
    """

    name, title, region, level = "shanghai_eastday", "东方网", "上海", "province"
    start_urls = ["https://www.eastday.com/"]
    article_url = r"/u1a\w+\.html"
