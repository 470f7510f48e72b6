from newscrawl.portal import Portal


class ShanxiTywbw(Portal):
    """太原日报, the site of the Taiyuan Daily group.

    Caveats
      The facsimile of the evening paper lies under `paper.tywbw.com/jyxw/`.
    """

    name, title, region, level = "shanxi_tywbw", "太原日报", "山西", "city"
    start_urls = ["https://www.tywbw.com/"]
    family = "founder"
