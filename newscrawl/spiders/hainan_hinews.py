from newscrawl.portal import Portal


class HainanHinews(Portal):
    """南海网, the provincial news portal of Hainan."""

    name, title, region, level = "hainan_hinews", "南海网", "海南", "province"
    start_urls = ["https://www.hinews.cn/"]
    family = "enorth"
