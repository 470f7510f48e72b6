from newscrawl.portal import Portal


class GuangdongDayoo(Portal):
    """大洋网, the news portal of Guangzhou."""

    name, title, region, level = "guangdong_dayoo", "大洋网", "广东", "city"
    division = "440100"
    start_urls = ["https://www.dayoo.com/"]
    article_url = r"dayoo\.com/\w+/20\d{4}/\d\d/\d+_\d+\.htm"
