from newscrawl.portal import Portal


class HeilongjiangDbw(Portal):
    """东北网, the provincial news portal of Heilongjiang."""

    name, title, region, level = "heilongjiang_dbw", "东北网", "黑龙江", "province"
    start_urls = ["https://www.dbw.cn/"]
    excluded_hosts = ["english.dbw.cn"]
    family = "enorth"
