from newscrawl.portal import Portal


class HainanHkwb(Portal):
    """海口网, the news portal of Haikou."""

    name, title, region, level = "hainan_hkwb", "海口网", "海南", "city"
    start_urls = ["https://www.hkwb.net/"]
    family = "founder"
