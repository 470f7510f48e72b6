from newscrawl.portal import Portal


class HenanHenandaily(Portal):
    """河南日报, the site of the Henan Daily."""

    name, title, region, level = "henan_henandaily", "河南日报", "河南", "province"
    start_urls = ["https://www.henandaily.cn/"]
    article_url = r"/content/20\d\d/\d{4}/\d+\.html"
