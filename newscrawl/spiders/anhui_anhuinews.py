from newscrawl.portal import Portal


class AnhuiAnhuinews(Portal):
    """中安在线, the provincial news portal of Anhui.

    Caveats
      Until about 2020 articles were `/system/YYYY/MM/DD/ID.shtml`.
      The facsimile of the Anhui Daily is `epaper.anhuinews.com/html/ahrb/YYYYMMDD/article_ID.shtml`.
    """

    name, title, region, level = "anhui_anhuinews", "中安在线", "安徽", "province"
    start_urls = ["https://www.anhuinews.com/"]
    family = "trs"
