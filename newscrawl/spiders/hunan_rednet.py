from newscrawl.portal import Portal


class HunanRednet(Portal):
    """红网, the provincial news portal of Hunan, with a host for each city and county.

    Caveats
      Article addresses carry no date since about 2022: `content/<6 digits>/<2 digits>/ID.html`.
      Counties that are portals of their own are left out.
    """

    name, title, region, level = "hunan_rednet", "红网", "湖南", "province"
    start_urls = ["https://www.rednet.cn/", "https://hn.rednet.cn/"]
    excluded_hosts = ["english.rednet.cn", "hnxjxq.rednet.cn", "jishou.rednet.cn"]
    article_url = r"/content/(?:20\d\d/\d\d/\d\d|\d{6}/\d\d)/\d+\.html"
