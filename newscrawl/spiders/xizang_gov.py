from newscrawl.portal import Portal


class XizangGov(Portal):
    """西藏自治区人民政府, the regional government of Tibet."""

    name, title, region, level = "xizang_gov", "西藏自治区人民政府", "西藏", "province"
    start_urls = ["https://www.xizang.gov.cn/"]
    family = "trs"
