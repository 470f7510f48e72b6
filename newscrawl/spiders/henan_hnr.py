from newscrawl.portal import Portal


class HenanHnr(Portal):
    """映象网, the site of Henan's broadcasting."""

    name, title, region, level = "henan_hnr", "映象网", "河南", "province"
    start_urls = ["https://www.hnr.cn/"]
    article_url = r"hnr\.cn/20\d{4}/\d\d/\d+\.html"
