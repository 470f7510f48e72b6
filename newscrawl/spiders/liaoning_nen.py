from newscrawl.portal import Portal


class LiaoningNen(Portal):
    """东北新闻网, the provincial news portal of Liaoning.

    Caveats
      Pictures load late: `data-original` is the true address, `src` a placeholder.
    """

    name, title, region, level = "liaoning_nen", "东北新闻网", "辽宁", "province"
    start_urls = ["https://www.nen.com.cn/"]
    family = "enorth"
