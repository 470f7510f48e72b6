from newscrawl.portal import Portal


class HebeiChangcheng(Portal):
    """长城网, the provincial news portal of Hebei."""

    name, title, region, level = "hebei_changcheng", "长城网", "河北", "province"
    start_urls = ["https://www.hebei.com.cn/"]
    family = "enorth"
