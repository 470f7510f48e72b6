from newscrawl.portal import Portal


class AnhuiWuhugov(Portal):
    """芜湖市人民政府, the city government of Wuhu.

    Caveats
      The header says ISO-8859-1 where the page says UTF-8.
      Feeds are `/rss/rss.xml?siteId=…`.
    """

    name, title, region, level = "anhui_wuhugov", "芜湖市人民政府", "安徽", "city"
    start_urls = ["https://www.wuhu.gov.cn/"]
