from newscrawl.portal import Portal


class ChongqingCqcb(Portal):
    """上游, the site of the Chongqing Morning Post."""

    name, title, region, level = "chongqing_cqcb", "上游", "重庆", "province"
    start_urls = ["https://www.cqcb.com/"]
    article_url = r"cqcb\.com/\w+/20\d\d-\d\d-\d\d/\d+_pc\.html"
