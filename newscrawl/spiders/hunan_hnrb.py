from newscrawl.epaper import EpaperPortal


class HunanHnrb(EpaperPortal):
    """湖南日报, the newspaper's facsimile, in the older form of Founder.

    Caveats
      Pages are numbered from node_201.
    """

    name, title, region, level = "hunan_hnrb", "湖南日报", "湖南", "province"
    start_urls = ["https://hnrb.voc.com.cn/hnrb_epaper/"]
    issue_url = "https://hnrb.voc.com.cn/hnrb_epaper/html/%Y-%m/%d/node_201.htm"
