from newscrawl.portal import Portal


class QinghaiGov(Portal):
    """青海省人民政府, the provincial government of Qinghai.

    Caveats
      It answers http only.
    """

    name, title, region, level = "qinghai_gov", "青海省人民政府", "青海", "province"
    start_urls = ["http://www.qinghai.gov.cn/"]
    family = "enorth"
