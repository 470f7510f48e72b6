from newscrawl.epaper import EpaperPortal


class BeijingBjrb(EpaperPortal):
    """北京日报, the newspaper's facsimile, in the older form of Founder."""

    name, title, region, level = "beijing_bjrb", "北京日报", "北京", "province"
    start_urls = ["https://bjrb.bjd.com.cn/"]
    issue_url = "https://bjrb.bjd.com.cn/html/%Y-%m/%d/node_1.htm"
