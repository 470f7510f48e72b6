from newscrawl.portal import Portal


class HunanIcswb(Portal):
    """长沙晚报, the site of the Changsha Evening News."""

    name, title, region, level = "hunan_icswb", "长沙晚报", "湖南", "city"
    start_urls = ["https://www.icswb.com/"]
    article_url = r"/h/\d+/20\d{6}/\d+\.html"
