from newscrawl.portal import Portal


class QinghaiQhnews(Portal):
    """青海新闻网, the provincial news portal of Qinghai."""

    name, title, region, level = "qinghai_qhnews", "青海新闻网", "青海", "province"
    start_urls = ["https://www.qhnews.com/"]
    family = "enorth"
