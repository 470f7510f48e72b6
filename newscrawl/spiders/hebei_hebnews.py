from newscrawl.portal import Portal


class HebeiHebnews(Portal):
    """河北新闻网, the site of the Hebei Daily group.

    Caveats
      Stories of the app are `hbxw.hebnews.cn/news.html?id=`, drawn by script.
    """

    name, title, region, level = "hebei_hebnews", "河北新闻网", "河北", "province"
    start_urls = ["https://www.hebnews.cn/"]
    family = "founder"
