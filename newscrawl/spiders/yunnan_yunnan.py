from newscrawl.portal import Portal


class YunnanYunnan(Portal):
    """云南网, the provincial news portal of Yunnan."""

    name, title, region, level = "yunnan_yunnan", "云南网", "云南", "province"
    start_urls = ["https://www.yunnan.cn/"]
    excluded_hosts = ["english.yunnan.cn"]
    family = "enorth"
