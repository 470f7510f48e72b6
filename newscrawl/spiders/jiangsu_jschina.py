from newscrawl.portal import Portal


class JiangsuJschina(Portal):
    """中国江苏网, the provincial news portal of Jiangsu.

    Caveats
      Articles of 2026 are `/YYYYMM/tYYYYMMDD_s<hex>.shtml`.
    """

    name, title, region, level = "jiangsu_jschina", "中国江苏网", "江苏", "province"
    start_urls = ["https://www.jschina.com.cn/"]
    article_url = r"/20\d{4}/t20\d{6}_\w+\.shtml"
