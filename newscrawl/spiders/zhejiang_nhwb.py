from newscrawl.epaper import EpaperPortal


class ZhejiangNhwb(EpaperPortal):
    """南湖晚报, the newspaper's facsimile, in the newer form of Founder."""

    name, title, region, level = "zhejiang_nhwb", "南湖晚报", "浙江", "city"
    division = "330400"
    start_urls = ["https://nhwb.cnjxol.com/nhwbPaper/pc/layout/"]
    issue_url = "https://nhwb.cnjxol.com/nhwbPaper/pc/layout/%Y%m/%d/node_01.html"
