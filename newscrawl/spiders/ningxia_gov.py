from newscrawl.portal import Portal


class NingxiaGov(Portal):
    """宁夏回族自治区人民政府, the regional government of Ningxia."""

    name, title, region, level = "ningxia_gov", "宁夏回族自治区人民政府", "宁夏", "province"
    start_urls = ["https://www.nx.gov.cn/"]
    family = "trs"
