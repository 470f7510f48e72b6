from newscrawl.portal import Portal


class ShandongDzwww(Portal):
    """大众网, the provincial news portal of Shandong."""

    name, title, region, level = "shandong_dzwww", "大众网", "山东", "province"
    start_urls = ["https://www.dzwww.com/"]
    family = "trs"
