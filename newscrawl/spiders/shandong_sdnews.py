from newscrawl.portal import Portal


class ShandongSdnews(Portal):
    """鲁网, a news portal of Shandong."""

    name, title, region, level = "shandong_sdnews", "鲁网", "山东", "province"
    start_urls = ["https://www.sdnews.com.cn/"]
    family = "trs"
