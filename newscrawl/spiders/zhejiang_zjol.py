from newscrawl.portal import Portal


class ZhejiangZjol(Portal):
    """浙江在线, the provincial news portal of Zhejiang.

    Caveats
      The facsimile of the Zhejiang Daily is a portal of its own: zhejiang_zjrb.
    """

    name, title, region, level = "zhejiang_zjol", "浙江在线", "浙江", "province"
    start_urls = ["https://www.zjol.com.cn/", "https://zjnews.zjol.com.cn/"]
    excluded_hosts = ["zjrb.zjol.com.cn"]
    family = "trs"
