from newscrawl.portal import Portal


class JiangsuYangtse(Portal):
    """扬子晚报, the site of the evening paper."""

    name, title, region, level = "jiangsu_yangtse", "扬子晚报", "江苏", "province"
    start_urls = ["https://www.yangtse.com/"]
    article_url = r"/app/\w+/20\d\d-\d\d-\d\d/\d+\.html"
