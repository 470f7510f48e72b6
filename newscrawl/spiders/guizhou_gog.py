from newscrawl.portal import Portal


class GuizhouGog(Portal):
    """多彩贵州网, the provincial news portal of Guizhou.

    Caveats
      It was gog.com.cn earlier.
    """

    name, title, region, level = "guizhou_gog", "多彩贵州网", "贵州", "province"
    start_urls = ["https://www.gog.cn/"]
    domains = "gog.cn,gog.com.cn"
    family = "enorth"
