from newscrawl.portal import Portal


class GuangdongOeeee(Portal):
    """奥一网, the site of the Southern Metropolis Daily."""

    name, title, region, level = "guangdong_oeeee", "奥一网", "广东", "province"
    start_urls = ["https://www.oeeee.com/"]
    article_url = r"oeeee\.com/html/20\d{4}/\d\d/\d+\.html|m\.mp\.oeeee\.com/a/\w+\.html"
