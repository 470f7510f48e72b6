from newscrawl.epaper import EpaperPortal


class TianjinBhsb(EpaperPortal):
    """滨海时报, the newspaper's facsimile, in the older form of Founder.

    Caveats
      Its day stands as YYYY-MM/DD in the address, by the form of its kind; nobody has looked.
    """

    name, title, region, level = "tianjin_bhsb", "滨海时报", "天津", "city"
    division = "120116"
    start_urls = ["http://bhsb.tjbh.com/"]
    issue_url = "http://bhsb.tjbh.com/html/%Y-%m/%d/node_1.htm"
