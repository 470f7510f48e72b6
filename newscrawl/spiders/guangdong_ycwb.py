from newscrawl.portal import Portal


class GuangdongYcwb(Portal):
    """金羊网, the site of the Yangcheng Evening News."""

    name, title, region, level = "guangdong_ycwb", "金羊网", "广东", "province"
    start_urls = ["https://www.ycwb.com/"]
    family = "founder"
