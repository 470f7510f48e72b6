from newscrawl.epaper import EpaperPortal


class HeilongjiangXwb(EpaperPortal):
    """新晚报, the newspaper's facsimile, in the older form of Founder.

    Caveats
      Pages are numbered from node_22.
    """

    name, title, region, level = "heilongjiang_xwb", "新晚报", "黑龙江", "city"
    division = "230100"
    start_urls = ["http://xwb.my399.com/"]
    issue_url = "http://xwb.my399.com/html/%Y-%m/%d/node_22.htm"
