from newscrawl.epaper import EpaperPortal


class ZhejiangJxrb(EpaperPortal):
    """嘉兴日报, the newspaper's facsimile, in the newer form of Founder."""

    name, title, region, level = "zhejiang_jxrb", "嘉兴日报", "浙江", "city"
    start_urls = ["https://jxrb.cnjxol.com/jxrbPaper/pc/layout/"]
    issue_url = "https://jxrb.cnjxol.com/jxrbPaper/pc/layout/%Y%m/%d/node_01.html"
