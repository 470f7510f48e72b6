from newscrawl.portal import Portal


class ShandongJiaodong(Portal):
    """胶东在线, the news portal of Yantai."""

    name, title, region, level = "shandong_jiaodong", "胶东在线", "山东", "city"
    division = "370600"
    start_urls = ["https://www.jiaodong.net/"]
    family = "enorth"
