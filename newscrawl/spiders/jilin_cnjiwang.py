from newscrawl.portal import Portal


class JilinCnjiwang(Portal):
    """中国吉林网, the provincial news portal of Jilin.

    Caveats
      It was chinajilin.com.cn earlier.
    """

    name, title, region, level = "jilin_cnjiwang", "中国吉林网", "吉林", "province"
    start_urls = ["https://www.cnjiwang.com/"]
    article_url = r"cnjiwang\.com/\w+/20\d{4}/\d+\.html"
