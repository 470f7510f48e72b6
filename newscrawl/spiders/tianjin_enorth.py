from newscrawl.portal import Portal


class TianjinEnorth(Portal):
    """北方网, the news portal of Tianjin, and home of the enorth CMS that some sixteen others use.

    Caveats
      List archives lie under `/system/count/` and are loaded by script; the channel pages show the newest.
    """

    name, title, region, level = "tianjin_enorth", "北方网", "天津", "province"
    start_urls = ["https://www.enorth.com.cn/", "https://news.enorth.com.cn/"]
    family = "enorth"
