from newscrawl.portal import Portal


class YunnanGov(Portal):
    """云南省人民政府, the provincial government of Yunnan.

    Caveats
      Its policy section refused requests from data centres in 2026.
    """

    name, title, region, level = "yunnan_gov", "云南省人民政府", "云南", "province"
    start_urls = ["https://www.yn.gov.cn/"]
    family = "trs"
