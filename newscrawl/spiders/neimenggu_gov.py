from newscrawl.portal import Portal


class NeimengguGov(Portal):
    """内蒙古自治区人民政府, the regional government of Inner Mongolia."""

    name, title, region, level = "neimenggu_gov", "内蒙古自治区人民政府", "内蒙古", "province"
    start_urls = ["https://www.nmg.gov.cn/"]
    family = "trs"
