from newscrawl.portal import Portal


class ZhejiangCnnb(Portal):
    """中国宁波网, the news portal of Ningbo.

    Caveats
      The form of address is known from 2006.
    """

    name, title, region, level = "zhejiang_cnnb", "中国宁波网", "浙江", "city"
    start_urls = ["https://www.cnnb.com.cn/"]
    family = "enorth"
