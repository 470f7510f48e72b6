from newscrawl.portal import Portal


class GansuGansudaily(Portal):
    """每日甘肃网, the site of the Gansu Daily group.

    Caveats
      An article that has moved is a page with a meta refresh of 0 seconds.
    """

    name, title, region, level = "gansu_gansudaily", "每日甘肃网", "甘肃", "province"
    start_urls = ["https://www.gansudaily.com.cn/"]
    family = "enorth"
