from newscrawl.portal import Portal


class ZhejiangCztv(Portal):
    """新蓝网, the site of Zhejiang's television.

    Caveats
      Article addresses carry no date: `n.cztv.com/news/ID.html`.
    """

    name, title, region, level = "zhejiang_cztv", "新蓝网", "浙江", "province"
    start_urls = ["https://www.cztv.com/"]
    article_url = r"n\.cztv\.com/news/\d+\.html"
