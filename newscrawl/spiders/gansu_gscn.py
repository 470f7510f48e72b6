from newscrawl.portal import Portal


class GansuGscn(Portal):
    """中国甘肃网, the provincial news portal of Gansu."""

    name, title, region, level = "gansu_gscn", "中国甘肃网", "甘肃", "province"
    start_urls = ["https://www.gscn.com.cn/"]
    family = "enorth"
