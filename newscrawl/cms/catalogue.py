"""The families themselves, with the forms seen on regional portals."""

from __future__ import annotations

import re

from newscrawl.cms.family import Family

TRS = Family(
    name="trs",
    title="拓尔思 TRS WCM",
    article_url=re.compile(r"/20\d{4}/t20\d{6}_\d+(?:_\d+)?\.s?html?(?:$|\?)"),
    marks=("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "trs_paper_default"),
    list_names=re.compile("index"),
    second_page=1,
)
FOUNDER = Family(
    name="founder",
    title="方正翔宇",
    article_url=re.compile(r"/20\d\d-\d\d/\d\d/content_\d+(?:_\d+)?\.s?html?(?:$|\?)|/20\d{4}/\d\d/content_\d+\.html"),
    marks=("displaypagenum", "<founder-content", "enpproperty"),
    list_names=re.compile(r"node_\d+"),
)
ENORTH = Family(
    name="enorth",
    title="北方网内容管理系统",
    article_url=re.compile(r"/system/20\d\d/\d\d/\d\d/\d{6,12}(?:_\d+)?\.s?html?(?:$|\?)"),
    marks=("news_more_page_div_id", "/system/count/"),
)
JPAGE = Family(
    name="jpage",
    title="大汉 jpage",
    article_url=re.compile(r"/art/20\d\d/(?:\d\d?/\d\d?/)?art_(?:\d+_\d+|[0-9a-f]{16,})\.html(?:$|\?)"),
    marks=("/module/web/jpage/", "jpaas-publish-server", "dataproxy.jsp"),
)
VSB = Family(
    name="vsb",
    title="博达 VSB",
    article_url=re.compile(r"/info/\d+/\d+\.html?(?:$|\?)"),
    marks=("showVsbpdfIframe", "_vsb_", "v_news_content"),
)

FAMILIES: tuple[Family, ...] = (TRS, FOUNDER, ENORTH, JPAGE, VSB)
