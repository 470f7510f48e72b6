from newscrawl.portal import Portal


class HubeiWuchang(Portal):
    """武汉市武昌区人民政府, the government of Wuchang district in Wuhan."""

    name, title, region, level = "hubei_wuchang", "武汉市武昌区人民政府", "湖北", "county"
    start_urls = ["http://www.wuchang.gov.cn/"]
    family = "trs"
