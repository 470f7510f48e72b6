from newscrawl.portal import Portal


class HeilongjiangGov(Portal):
    """黑龙江省人民政府, the provincial government of Heilongjiang."""

    name, title, region, level = "heilongjiang_gov", "黑龙江省人民政府", "黑龙江", "province"
    start_urls = ["https://www.hlj.gov.cn/"]
