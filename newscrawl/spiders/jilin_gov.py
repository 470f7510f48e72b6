from newscrawl.portal import Portal


class JilinGov(Portal):
    """吉林省人民政府, the provincial government of Jilin."""

    name, title, region, level = "jilin_gov", "吉林省人民政府", "吉林", "province"
    start_urls = ["http://www.jl.gov.cn/"]
    family = "trs"
