from newscrawl.portal import Portal


class GuangxiGov(Portal):
    """广西壮族自治区人民政府, the regional government of Guangxi.

    Caveats
      Article addresses carry no date: `tID.shtml`.
    """

    name, title, region, level = "guangxi_gov", "广西壮族自治区人民政府", "广西", "province"
    start_urls = ["http://www.gxzf.gov.cn/"]
    article_url = r"/t\d{6,}\.shtml"
