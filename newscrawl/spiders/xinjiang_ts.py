from newscrawl.portal import Portal


class XinjiangTs(Portal):
    """天山网, the regional news portal of Xinjiang."""

    name, title, region, level = "xinjiang_ts", "天山网", "新疆", "province"
    start_urls = ["https://www.ts.cn/"]
    family = "enorth"
