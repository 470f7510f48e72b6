from newscrawl.portal import Portal


class HeilongjiangMy399(Portal):
    """哈尔滨新闻网, the news portal of Harbin.

    Caveats
      The facsimile of the evening paper is a portal of its own: heilongjiang_xwb.
    """

    name, title, region, level = "heilongjiang_my399", "哈尔滨新闻网", "黑龙江", "city"
    start_urls = ["https://www.my399.com/"]
    excluded_hosts = ["xwb.my399.com"]
    family = "founder"
