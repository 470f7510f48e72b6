from newscrawl.portal import Portal


class ShaanxiHsw(Portal):
    """华商网, the site of the Huashang Daily."""

    name, title, region, level = "shaanxi_hsw", "华商网", "陕西", "province"
    start_urls = ["https://www.hsw.cn/"]
    article_url = r"/system/20\d\d/\d{4}/\d+\.shtml"
