"""The story of a page: its lines, what is left out and why, its pictures."""

from __future__ import annotations

import json
import re

import pytest

from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.story import body_text, image_urls, story
from tests.extract.pages import STORY, TITLE, page

LINES = [re.sub(r"<[^>]+>", "", paragraph) for paragraph in STORY]
FEED = "".join(
    f"<li><h3><a href='/n/{n}.html'>邻县举办第{n}届丰收节 吸引众多游客前来参观游玩</a></h3>"
    f"<p>活动现场人头攒动，第{n}届丰收节上展出了各村的特色农产品，游客们一边品尝，一边拍照留念，气氛十分热烈...</p></li>"
    for n in range(1, 30)
)


def lines_of(document: Document) -> list[str]:
    """The story's lines."""
    return (body_text(document) or "").split("\n")


def why(document: Document) -> dict[str, str | None]:
    """The reason for each line that was left out of the story's element."""
    found = story(document)
    assert found is not None
    return {paragraph.text: paragraph.why for paragraph in found.dropped}


def test_the_story_is_its_paragraphs():
    assert lines_of(page()) == LINES


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张晓明",
        "《 示例日报 》（ 2024年05月10日 04 版）",
        "責任編輯：張曉明",
        "来源：示例日报",
        "【打印】【关闭】",
        "分享到：",
        "点击进入专题",
        "返回示例新闻网首页",
        "策划统筹：张胜波",
        "【如果您有新闻线索，欢迎向我们报料，一经采纳有费用酬谢。报料微信关注：abcd】",
        "想爆料？请登录《示例连线》、拨打新闻热线0531-00000001或00002，或登录示例网官方微博（@示例网）提供新闻线索。",
        "扫描二维码关注我们",
        "更多精彩内容，请关注示例新闻微信公众号",
        "免责声明：本文仅代表作者个人观点，与本网无关。",
        "版权声明：未经本网书面授权，不得转载、摘编本网稿件，违者必究。",
        "版權所有，未經授權不得轉載",
        "相关阅读：",
        "相關閱讀",
        "关键词：集市 蔬菜",
        "1 2 3 下一页 >",
        "网友评论仅供其表达个人看法，并不表明本网同意其观点。",
        "Copyright © 2024 example.cn All Rights Reserved",
        "声明：示例网力求信息真实、准确，提及内容仅供参考，据此操作风险自担。",
        "- THE END -",
        "自动播放 集市的早晨",
        "<a href='/v/1'>视频-集市的早晨为什么这么热闹？</a>",
    ],
)
def test_lines_under_the_story_are_left_out(line):
    assert lines_of(page(closing=f"<p>{line}</p>")) == LINES


@pytest.mark.parametrize(
    "line",
    [
        "评论认为，这一做法值得更多的乡镇学习和借鉴。",
        "新浪微博当天宣布，将为农户开通直播销售渠道。",
        "打印机和收银机也第一次出现在了集市的摊位上。",
        "300人参与了当天的义务劳动，清理了集市周边的垃圾。",
        "收藏家老李在集市的旧书摊上找到了一本县志。",
        "市民可关注“乡镇集市”公众号，提前了解当天的菜价。",
        "（记者 王小明 通讯员 李大山）",
        "更多的年轻人正在回到这片土地上来。",
        "有新闻线索显示，这条河的上游曾经有过一座更早的集市。",
        "农户据此操作，把一亩地的收成提高了两成。",
        "农户据此操作的风险不小，农技员老李提醒。",
        "违规转载集市新闻的三家网站被约谈。",
        "感谢大家收看直播，老张对着镜头鞠躬。",
        "觉得不错，老李又点了一碗面。",
        "全文仅1200字，读完却用了三年。",
        "点击图片放大镜就能看清古画的细节。",
        "跳过广告的收费服务引发争议。",
        "循环播放：村口的大喇叭每天响三遍。",
        "集市的早晨为什么这么热闹？",
    ],
)
def test_text_that_only_sounds_like_furniture_stays(line):
    document = page(closing=f"<p>{line}</p><p>下一步，镇里还将扩建停车场，方便外地的游客前来赶集，感受浓浓的乡情。</p>")

    assert line in lines_of(document)


def test_headline_and_byline_inside_the_container_are_left_out():
    opening = f"<h1>{TITLE}</h1><p>2024-05-20 08:30:15　来源：示例日报　编辑：张晓明</p>"
    assert lines_of(page(headline="", opening=opening)) == LINES


@pytest.mark.parametrize(
    "line", ["本报记者 张小山", "示例网·示例客户端记者 张小山 通讯员 李四光", "示例网记者 张小山 报道"]
)
def test_a_first_line_that_only_names_the_reporters_is_left_out(line):
    assert lines_of(page(opening=f"<p>{line}</p>")) == LINES
    assert lines_of(page(closing=f"<p>{line}</p>")) == [*LINES, line]


def test_a_headline_broken_over_lines_is_left_out():
    assert lines_of(page(headline="", opening=f"<p>{TITLE[:4]}<br>{TITLE[4:]}</p>")) == LINES


def test_text_between_line_breaks_makes_lines():
    text = "<br><br>　　".join(LINES)
    document = Document(f"<title>{TITLE}</title><h1>{TITLE}</h1><div>　　{text}</div>", "http://a.cn/1.html")

    assert lines_of(document) == LINES


def test_a_story_over_several_containers_is_read_whole():
    parts = "".join(f"<div><div><p>{line}</p></div></div><div><img src='/ad.gif' width=20></div>" for line in LINES)
    document = Document(f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{parts}</div>", "http://a.cn/1.html")

    assert lines_of(document) == LINES


def test_a_lead_above_the_container_belongs_to_the_story():
    lead = "核心提示：五月清晨，山乡集市开门迎客，大棚蔬菜成了摊位上的主角。"

    assert lines_of(page(byline=f"<div>{lead}</div>")) == [lead, *LINES]


@pytest.mark.parametrize(
    "text",
    [
        "“谁是山乡带头人”，一张榜单尽显集市的变迁！评选火热进行中！【<a href='/v'>点击投票</a>】选出你心里的山乡",
        "达人分享独到的生活经验，快来<a href='/t'>示例众测</a>，体验最好玩的产品吧！下载<a href='/a'>客户端</a>有礼！",
    ],
)
def test_a_box_over_the_story_that_invites_elsewhere_is_left_out(text):
    assert lines_of(page(opening=f"<div><div><p>{text}</p></div></div>")) == LINES


def test_a_lead_with_a_link_stays_as_does_a_paragraph_that_invites():
    invites = "“谁是山乡带头人”的评选火热进行中！【<a href='/v'>点击投票</a>】选出你心里的集市，镇上的人都在说这件事。"
    assert len(lines_of(page(opening=f"<p>{invites}</p>"))) == len(LINES) + 1
    for lead in (
        "示例日报<a href='/p/'>云溪调查组</a>走进集市，看大棚蔬菜怎样成了摊位上的主角。",
        "【导读】报名的人挤满了集市！<a href='/p/'>云溪调查组</a>看大棚蔬菜怎样成了摊位上的主角。",
    ):
        assert lines_of(page(opening=f"<div><div><p>{lead}</p></div></div>")) == [re.sub("<[^>]+>", "", lead), *LINES]


def test_a_summary_cut_from_the_first_paragraphs_is_left_out_with_the_counter_below_it():
    opening = "<div><p>{}</p></div><ul><li>2770</li></ul>"
    assert lines_of(page(opening=opening.format(f"{LINES[0]} {LINES[1][:20]}"))) == LINES
    other = f"{LINES[0]} {LINES[2][:20]}"
    assert lines_of(page(opening=opening.format(other)))[0] == other


def test_a_box_that_repeats_a_paragraph_is_left_out():
    document = page(byline=f"<div class='tips'>{LINES[0]}</div>", closing=f"<p>{LINES[1]}</p>")

    assert lines_of(document)[:2] == LINES[:2]


def test_a_feed_longer_than_the_story_is_not_the_story():
    assert lines_of(page(after=f"<ul>{FEED}</ul>")) == LINES


def test_a_feed_inside_the_container_is_left_out():
    assert lines_of(page(closing=f"<p>推荐阅读</p><ul>{FEED}</ul>")) == LINES


def test_comments_are_not_the_story_whatever_their_class():
    words = "说得太好了，我们村也应该办一个这样的集市，让大家都来逛一逛！"
    comments = "".join(f"<div><b>网友{n}</b><div>{words}</div><i>回复</i><i>赞 {n}</i></div>" for n in range(20))

    assert lines_of(page(after=f"<div>{comments}</div>")) == LINES


def test_what_is_hidden_is_not_the_story():
    hidden = "<p style='DISPLAY: none'>本段文字是写给搜索引擎看的，读者在页面上是看不到的，因此不应当被收录。</p>"

    assert lines_of(page(opening=hidden)) == LINES


def test_a_story_hidden_until_a_script_runs_is_read():
    body = f"<body style='display:none'><h1>{TITLE}</h1><div>{''.join(STORY)}</div></body>"

    assert lines_of(Document(f"<html><title>{TITLE}</title>{body}</html>", "http://a.cn/1.html")) == LINES


def test_a_story_folded_up_behind_its_beginning_is_read_whole():
    folded = f"<div style='display:none'>{''.join(STORY)}</div>"
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><div><p>{LINES[0][:30]}</p>{folded}</div>"

    assert lines_of(Document(html, "http://a.cn/1.html"))[-3:] == LINES


def test_wechat_shows_its_story_only_by_script():
    content = f"<div id='js_content' style='visibility: hidden;'>{''.join(STORY)}</div>"
    document = Document(f"<title>{TITLE}</title><h1>{TITLE}</h1>{content}", "https://mp.weixin.qq.com/s/abc")

    assert lines_of(document) == LINES


def test_the_editor_at_the_end_of_the_last_paragraph_is_cut_off():
    document = page(closing="<p>集市一直持续到中午才渐渐散去，人们约好了下一个赶集的日子。（责任编辑：张晓明）</p>")

    assert lines_of(document)[-1] == "集市一直持续到中午才渐渐散去，人们约好了下一个赶集的日子。"
    assert why(document)["（责任编辑：张晓明）"] == "credit"


def test_the_cells_of_a_row_make_a_line():
    rows = "<tr><th>品种</th><th>价格</th></tr><tr><td>黄瓜</td><td>每斤二元</td></tr>"
    document = page(opening=STORY[0], closing=f"<table>{rows}</table><p>以上是当天集市上的平均价格，供大家参考。</p>")

    assert "品种 价格" in lines_of(document)
    assert "黄瓜 每斤二元" in lines_of(document)


@pytest.mark.parametrize(
    "flash",
    [
        "中国地震台网正式测定：5月20日13时10分在某县发生3.2级地震，震源深度10千米。",
        "经研究决定，任命王小明同志为某镇镇长。",
    ],
)
def test_a_very_short_story_is_found(flash):
    document = Document(
        f"<title>快讯_示例网</title><div><a href=/>首页</a> <a href=/x>新闻</a></div><h1>快讯</h1>"
        f"<div>2024-05-20 13:20 来源：示例网</div><div><p>{flash}</p></div>"
        f"<ul>{''.join(f'<li><a href=/n/{n}>某地今日发布重要通知第{n}号文件</a></li>' for n in range(40))}</ul>"
        "<div>版权所有：示例网 未经授权不得转载</div>",
        "http://a.cn/1.html",
    )

    assert lines_of(document) == [flash]


def test_a_short_story_below_its_headline_outweighs_a_long_box_far_below():
    notice = "因水厂检修，本周五上午八时至下午五时，城东片区暂停供水，请居民提前做好储水准备。"
    links = "".join(f"<div><a href='/n/{n}'>某地今日发布重要通知第{n}号文件</a></div>" for n in range(50))
    box = "本刊创办于一九八五年，多年来始终坚持正确的办刊方向，立足本地，面向全国，深受广大读者的喜爱。"
    html = f"<title>停水通知</title><h1>停水通知</h1><div><p>{notice}</p></div>{links}<div><p>{box}</p></div>"

    assert lines_of(Document(html, "http://a.cn/1.html")) == [notice]


def test_a_traditional_page_is_read_alike():
    text = "".join(
        f"<p>第{n}屆農產品展覽會昨日開幕，現場展出了來自各地的蔬果，吸引了許多民眾前來參觀。</p>" for n in "一二三"
    )
    document = Document(
        f"<title>農展會開幕</title><h1>農展會開幕</h1><div>{text}<p>（責任編輯：陳大文）</p><p>【列印】【關閉】</p></div>",
        "http://a.tw/1.html",
    )

    assert [line[:4] for line in lines_of(document)] == ["第一屆農", "第二屆農", "第三屆農"]


def test_a_list_of_links_holds_no_story():
    links = "".join(
        f"<li><a href='/n/{n}.html'>某县召开第{n}次乡村振兴工作推进会议</a><i>05-{n}</i></li>" for n in range(10, 30)
    )
    document = Document(f"<title>要闻</title><h2>要闻</h2><ul>{links}</ul>", "http://a.cn/news/")

    assert body_text(document) is None
    assert image_urls(document) == []


def test_an_empty_page_holds_no_story():
    assert document_story("") is None
    assert document_story("<html><head></head><body></body></html>") is None


def document_story(html: str) -> object:
    """The story of a page given as text."""
    return story(Document(html, "http://a.cn/"))


def test_pictures_are_those_inside_the_story():
    picture = "<p><img src='images/market.jpg' alt='集市'></p>"
    document = page(
        above="<img src='/banner.jpg'>", opening=picture, after="<img src='/n/next.jpg'>", url="http://a.cn/x/1.html"
    )

    assert image_urls(document) == ["http://a.cn/x/images/market.jpg"]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<img src='/blank.gif' data-src='//img.a.cn/1.jpg'>", "http://img.a.cn/1.jpg"),
        ("<img src='data:image/gif;base64,R0lGOD' data-original='/p/1.png'>", "http://a.cn/p/1.png"),
        ("<img src='/static/loading.gif' file='/p/2.jpg'>", "http://a.cn/p/2.jpg"),
        ("<img data-srcset='/p/3.jpg 1x, /p/4.jpg 2x'>", "http://a.cn/p/4.jpg"),
        ("<img src='/p/5.jpg' data-url='/article/5.html'>", "http://a.cn/p/5.jpg"),
        ("<img src='/p/6.jpg' width='30' height='30'>", None),
        (f"<img src='/p/7.jpg' width='{'9' * 5000}'>", "http://a.cn/p/7.jpg"),
        ("<img src='/images/qrcode.png'>", None),
        ("<img src='/count.jpg' style='display:none'>", None),
        ("<img src='http://[broken/1.jpg'>", None),
        ("<img alt='集市'>", None),
    ],
)
def test_the_address_of_a_picture(markup, address):
    document = page(opening=f"<p>{markup}</p>", url="http://a.cn/x/1.html")

    assert image_urls(document) == ([address] if address else [])


def test_a_story_that_only_a_script_holds_is_read():
    markup = "".join(STORY) + "<p><img src='/p/1.jpg'></p>"
    script = json.dumps({"articleInfo": {"title": TITLE, "content": markup}}).replace("<", "\\u003C")
    document = Document(f"<title>{TITLE}</title><div id=app></div><script>var D={script}</script>", "http://a.cn/1")

    assert lines_of(document) == LINES
    assert image_urls(document) == ["http://a.cn/p/1.jpg"]


def test_the_captions_of_a_gallery_in_a_script_are_read():
    shots = [{"img": f"http://a.cn/{n}.jpg", "note": line} for n, line in enumerate(LINES)]
    literal = json.dumps(json.dumps(shots, ensure_ascii=False), ensure_ascii=False)
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{LINES[0]}</p><script>var g = JSON.parse({literal});</script>"
    document = Document(html, "http://a.cn/1")

    assert lines_of(document) == LINES
    assert len(image_urls(document)) == 3


def test_the_teasers_of_other_articles_in_a_script_are_no_story():
    feed = [{"img": f"/{n}.jpg", "abstract": line, "source_url": f"/n/{n}"} for n, line in enumerate(LINES)]
    document = Document(
        f"<title>{TITLE}</title><div id=app></div><script>var f='{json.dumps(feed)}'</script>", "http://a.cn/1"
    )

    assert body_text(document) is None


def test_the_story_says_where_it_stands():
    found = story(page(closing="<p>责任编辑：张晓明</p>"))

    assert found is not None
    assert found.containers[0].get("class") == "content"
    assert [paragraph.element.tag for paragraph in found.paragraphs] == ["p", "p", "p"]
    assert len(found.lines) == 3
