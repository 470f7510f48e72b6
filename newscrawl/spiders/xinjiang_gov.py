from newscrawl.portal import Portal


class XinjiangGov(Portal):
    """新疆维吾尔自治区人民政府, the regional government of Xinjiang.

    Caveats
      Articles are `/YYYYMM/<32 hex>.shtml`.
    """

    name, title, region, level = "xinjiang_gov", "新疆维吾尔自治区人民政府", "新疆", "province"
    start_urls = ["https://www.xinjiang.gov.cn/"]
    article_url = r"/20\d{4}/[0-9a-f]{32}\.shtml"
