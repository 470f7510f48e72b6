from newscrawl.portal import Portal


class ShanghaiKankanews(Portal):
    """看看新闻, the news site of Shanghai's television.

    Caveats
      Many pages are a video with two sentences.
    """

    name, title, region, level = "shanghai_kankanews", "看看新闻", "上海", "province"
    start_urls = ["https://www.kankanews.com/"]
    article_url = r"/a/20\d\d-\d\d-\d\d/\d+\.shtml"
