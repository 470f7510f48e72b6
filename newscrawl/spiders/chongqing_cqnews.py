from newscrawl.portal import Portal


class ChongqingCqnews(Portal):
    """华龙网, the news portal of Chongqing.

    Caveats
      Since about 2020 article addresses carry no date: `content_<19 digits>.html`.
    """

    name, title, region, level = "chongqing_cqnews", "华龙网", "重庆", "province"
    start_urls = ["https://www.cqnews.net/"]
    article_url = r"/content_\d{15,}\.html|/html/20\d\d-\d\d/\d\d/content_\d+\.html"
