from newscrawl.portal import Portal


class JiangxiWanzai(Portal):
    """万载县人民政府, the county government of Wanzai.

    Caveats
      Articles are `/YYYYMM/<32 hex>.shtml`, as on all government sites of Yichun.
    """

    name, title, region, level = "jiangxi_wanzai", "万载县人民政府", "江西", "county"
    start_urls = ["http://www.wanzai.gov.cn/"]
    article_url = r"/20\d{4}/[0-9a-f]{32}\.shtml"
