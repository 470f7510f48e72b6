from newscrawl.portal import Portal


class JiangxiJxnews(Portal):
    """大江网, the provincial news portal of Jiangxi.

    Caveats
      jxcn.cn is its second domain.
    """

    name, title, region, level = "jiangxi_jxnews", "大江网", "江西", "province"
    start_urls = ["https://www.jxnews.com.cn/"]
    domains = "jxnews.com.cn,jxcn.cn"
    family = "enorth"
