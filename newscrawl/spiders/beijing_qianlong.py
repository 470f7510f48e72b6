from newscrawl.portal import Portal


class BeijingQianlong(Portal):
    """千龙网, the news portal of Beijing.

    Caveats
      Articles are `/YYYY/MMDD/ID.shtml` on channel hosts.
    """

    name, title, region, level = "beijing_qianlong", "千龙网", "北京", "province"
    start_urls = ["https://www.qianlong.com/"]
    article_url = r"qianlong\.com/20\d\d/\d{4}/\d+\.shtml"
