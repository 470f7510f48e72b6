from newscrawl.portal import Portal


class ShandongIqilu(Portal):
    """齐鲁网, the site of Shandong's television.

    Caveats
      Lists are `list_C_P.shtml`: column and page.
    """

    name, title, region, level = "shandong_iqilu", "齐鲁网", "山东", "province"
    start_urls = ["https://www.iqilu.com/"]
    article_url = r"iqilu\.com/\w+/20\d\d/\d{4}/\d+\.shtml|iqilu\.com/(?:\w+/)*20\d{6}/\d+\.shtml"
