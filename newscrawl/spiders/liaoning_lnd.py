from newscrawl.portal import Portal


class LiaoningLnd(Portal):
    """北国网, the site of the Liaoning Daily group."""

    name, title, region, level = "liaoning_lnd", "北国网", "辽宁", "province"
    start_urls = ["https://www.lnd.com.cn/"]
    family = "enorth"
