from newscrawl.portal import Portal


class ChongqingCqrb(Portal):
    """重庆日报, the site of the Chongqing Daily."""

    name, title, region, level = "chongqing_cqrb", "重庆日报", "重庆", "province"
    start_urls = ["https://www.cqrb.cn/"]
    family = "founder"
