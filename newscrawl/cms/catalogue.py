"""The known CMS families, with their URL patterns on regional portals."""

from __future__ import annotations

import re

from newscrawl.cms.dahan import jpaas_leads, jpage_follows, jpage_leads
from newscrawl.cms.data_lists import gkmlpt_leads, wordpress_leads, xinhua_leads
from newscrawl.cms.enorth import enorth_follows, enorth_leads
from newscrawl.cms.family import Family

TRS = Family(
    name="trs",
    title="拓尔思 TRS WCM",
    article_url=re.compile(r"/20\d{4}/t20\d{6}_\d+(?:_\d+)?\.s?html?(?:$|\?)"),
    marks=("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "trs_paper_default"),
)
FOUNDER = Family(
    name="founder",
    title="方正翔宇",
    article_url=re.compile(r"/20\d\d-\d\d/\d\d/content_\d+(?:_\d+)?\.s?html?(?:$|\?)|/20\d{4}/\d\d/content_\d+\.html"),
    marks=("displaypagenum", "<founder-content", "enpproperty"),
)
ENORTH = Family(
    name="enorth",
    title="北方网内容管理系统",
    article_url=re.compile(r"/system/20\d\d/\d\d/\d\d/\d{6,12}(?:_\d+)?\.s?html?(?:$|\?)"),
    marks=("news_more_page_div_id", "/system/count/"),
    leads=enorth_leads,
    follows=enorth_follows,
)
JPAGE = Family(
    name="jpage",
    title="大汉 jpage",
    article_url=re.compile(r"/art/20\d\d/\d\d?/\d\d?/art_\w+\.html(?:$|\?)"),
    marks=("/jpage/", "dataproxy.jsp", "<nextgroup"),
    leads=jpage_leads,
    follows=jpage_follows,
)
JPAAS = Family(
    name="jpaas",
    title="大汉 jpaas",
    article_url=re.compile(r"/art/20\d\d/art_[0-9a-f]{16,}\.html(?:$|\?)"),
    marks=("jpaas-publish-server", "queryData=", "querydata="),
    leads=jpaas_leads,
)
GKMLPT = Family(
    name="gkmlpt",
    title="广东政府信息公开平台",
    article_url=re.compile(r"/content/(?:[\d/]+/)?m?post_\d+\.html"),
    marks=("gkmlpt",),
    leads=gkmlpt_leads,
)
UCAP = Family(
    name="ucap",
    title="开普 UCAP",
    article_url=re.compile(r"/(?:content/)?20\d{4}/content_\d+\.htm"),
    marks=("UCAP-CONTENT", "pages_content", "ucapsitename"),
)
XINHUA = Family(
    name="xinhua",
    title="新华云",
    article_url=re.compile(r"/20\d{6}/[0-9a-f]{32}/c\.html"),
    marks=("ds_", "wz-list", "datasource"),
    leads=xinhua_leads,
)
WORDPRESS = Family(
    name="wordpress",
    title="WordPress",
    marks=("/wp-content/", "/wp-includes/", 'content="WordPress'),
    leads=wordpress_leads,
)
VSB = Family(
    name="vsb",
    title="博达 VSB",
    article_url=re.compile(r"/info/\d+/\d+\.html?(?:$|\?)"),
    marks=("showVsbpdfIframe", "_vsb_", "v_news_content"),
)

FAMILIES: tuple[Family, ...] = (TRS, FOUNDER, ENORTH, JPAGE, JPAAS, GKMLPT, UCAP, XINHUA, WORDPRESS, VSB)
