from newscrawl.portal import Portal


class TianjinGov(Portal):
    """天津市人民政府, the municipal government of Tianjin.

    Caveats
      Channel lists were built by script in 2026; the home page has plain links.
    """

    name, title, region, level = "tianjin_gov", "天津市人民政府", "天津", "province"
    start_urls = ["https://www.tj.gov.cn/"]
    family = "trs"
