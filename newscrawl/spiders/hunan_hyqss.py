from newscrawl.portal import Portal


class HunanHyqss(Portal):
    """衡阳全搜索, the news portal of Hengyang.

    Caveats
      No form of address is known.
    """

    name, title, region, level = "hunan_hyqss", "衡阳全搜索", "湖南", "city"
    start_urls = ["https://www.hyqss.cn/"]
