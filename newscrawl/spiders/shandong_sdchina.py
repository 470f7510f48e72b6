from newscrawl.portal import Portal


class ShandongSdchina(Portal):
    """中国山东网, a news portal of Shandong.

    Caveats
      Article addresses carry no date: `/show/ID.html`.
    """

    name, title, region, level = "shandong_sdchina", "中国山东网", "山东", "province"
    start_urls = ["https://www.sdchina.com/"]
    article_url = r"/show/\d+\.html"
