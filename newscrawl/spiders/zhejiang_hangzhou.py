from newscrawl.portal import Portal


class ZhejiangHangzhou(Portal):
    """杭州网, the news portal of Hangzhou."""

    name, title, region, level = "zhejiang_hangzhou", "杭州网", "浙江", "city"
    start_urls = ["https://www.hangzhou.com.cn/"]
    family = "founder"
