from newscrawl.portal import Portal


class ShanghaiWhb(Portal):
    """文汇, the site of the Wenhui Daily.

    Caveats
      Lists lie under `/zhuzhan/`.
    """

    name, title, region, level = "shanghai_whb", "文汇", "上海", "province"
    start_urls = ["https://www.whb.cn/"]
