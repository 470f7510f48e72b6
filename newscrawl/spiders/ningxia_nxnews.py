from newscrawl.portal import Portal


class NingxiaNxnews(Portal):
    """宁夏新闻网, the regional news portal of Ningxia."""

    name, title, region, level = "ningxia_nxnews", "宁夏新闻网", "宁夏", "province"
    start_urls = ["https://www.nxnews.net/"]
    family = "trs"
