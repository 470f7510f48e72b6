from newscrawl.portal import Portal


class LiaoningGov(Portal):
    """辽宁省人民政府, the provincial government of Liaoning.

    Caveats
      Articles are folders named by a timestamp: `/web/…/2026031209305512345/index.shtml`.
    """

    name, title, region, level = "liaoning_gov", "辽宁省人民政府", "辽宁", "province"
    start_urls = ["https://www.ln.gov.cn/"]
    article_url = r"/web/(?:[\w-]+/)+\d{12,}/index\.shtml"
