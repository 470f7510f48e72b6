from newscrawl.portal import Portal


class BeijingBjnews(Portal):
    """新京报, the site of the newspaper."""

    name, title, region, level = "beijing_bjnews", "新京报", "北京", "province"
    start_urls = ["https://www.bjnews.com.cn/"]
    article_url = r"/detail/\d+\.html"
