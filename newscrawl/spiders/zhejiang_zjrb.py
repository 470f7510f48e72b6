from newscrawl.epaper import EpaperPortal


class ZhejiangZjrb(EpaperPortal):
    """浙江日报, the newspaper's facsimile, in the older form of Founder.

    Caveats
      The number of an issue's first page is a guess: node_1. The entry page names it.
    """

    name, title, region, level = "zhejiang_zjrb", "浙江日报", "浙江", "province"
    start_urls = ["https://zjrb.zjol.com.cn/paperindex.htm"]
    issue_url = "https://zjrb.zjol.com.cn/html/%Y-%m/%d/node_1.htm"
