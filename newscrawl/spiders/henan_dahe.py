from newscrawl.portal import Portal


class HenanDahe(Portal):
    """大河网, the provincial news portal of Henan."""

    name, title, region, level = "henan_dahe", "大河网", "河南", "province"
    start_urls = ["https://www.dahe.cn/"]
    article_url = r"dahe\.cn/20\d\d/\d\d-\d\d/\d+\.html"
