from newscrawl.portal import Portal


class ShaanxiCnwest(Portal):
    """西部网, the provincial news portal of Shaanxi.

    Caveats
      Articles of the 头条 host are `content_ID.html`, those of the news host `/a/YYYY/MM/DD/ID.html`.
    """

    name, title, region, level = "shaanxi_cnwest", "西部网", "陕西", "province"
    start_urls = ["https://www.cnwest.com/", "https://news.cnwest.com/"]
    article_url = r"/a/20\d\d/\d\d/\d\d/\d+\.html|/news/20\d\d/\d\d/\d\d/content_\d+\.html"
