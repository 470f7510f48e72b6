"""Pages of every refused kind, and articles that look like one of them."""

from __future__ import annotations

import random

import pytest

from newscrawl.extract.kind import refresh_target, refusal
from newscrawl.extract.page.document import Document
from newscrawl.outcomes import Outcome

ARTICLE_URL = "https://www.example.cn/xw/202405/t20240511_48211.html"
LIST_URL = "https://www.example.cn/xw/bdxw/index_2.html"
NAV = "".join(f'<a href="/{name}/">{name}</a> ' for name in ("首页", "时政", "社会", "县区", "文旅", "教育", "专题"))
FOOTER = "<div class='footer'>主办单位：青川日报社　版权所有　未经书面授权禁止转载　备案号：0000号</div>"
STORY = (
    "<p>本报讯（记者 林小满）五月十一日，青川县西河片区的三座便民桥同时通车，两岸六个村的村民出行不再绕道。</p>"
    "<p>据了解，三座桥总投资一千二百万元，去年九月开工，历时八个月建成，比原定工期提前了二十天。</p>"
    "<p>村民何大爷说，以前送菜进城要绕十几里山路，现在过桥只要十分钟，娃娃上学也近了许多。</p>"
)
HEADLINES = [
    "青川县西河片区三座便民桥今日正式通车",
    "全县春耕备耕农资供应充足价格保持平稳",
    "西河中学举行第十二届校园读书节开幕式",
    "老城区供水管网改造工程进入收尾阶段",
    "县图书馆夜间延时开放受到读者普遍欢迎",
    "东山茶园迎来采摘旺季日均用工超过千人",
    "乡村大舞台巡演走进柳林镇观众连声叫好",
    "交警部门发布端午假期出行安全重要提示",
    "我县三名教师获评全省乡村教育先进个人",
    "清溪河综合治理二期项目通过竣工验收啦",
]


def page(body: str, title: str = "", head: str = "") -> str:
    head = f"<meta charset='utf-8'><title>{title}</title>{head}"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


SUMMARY = "<p>记者从相关部门获悉，项目进展顺利，预计年内完成，群众拍手称快，齐声叫好。</p>"


def feed(times: int = 1, summary: str = "") -> str:
    rows = "".join(
        f'<li><a href="/xw/202405/t202405{day:02}_{day}777.html">{text}</a>{summary}<span>2024-05-{day:02}</span></li>'
        for _ in range(times)
        for day, text in enumerate(HEADLINES, 1)
    )
    return f"<ul>{rows}</ul>"


def article(story: str = STORY, title: str = "西河三座便民桥同时通车", beside: str = "") -> str:
    return page(
        f"<div class='nav'>{NAV}</div><h1>{title}</h1><div>2024-05-11 09:20　来源：青川日报</div>"
        f"<div class='text'>{story}</div>{beside}{FOOTER}",
        title=f"{title}_青川新闻网",
    )


def kind(html: str | bytes, url: str = ARTICLE_URL) -> str | None:
    reason = refusal(Document(html, url))
    assert reason is None or reason in set(Outcome)
    return reason


NOTICE = "<p>因设备检修，五月十二日八时至十八时，柳林镇东街停水。请用户提前储水。</p>"


@pytest.mark.parametrize(
    "html",
    [
        article(),
        article(NOTICE, "柳林镇东街停水通知"),
        article(NOTICE, "柳林镇东街停水通知", beside=f"<h3>相关阅读</h3>{feed()}"),
        article(beside=f"<h3>推荐</h3>{feed(8)}"),
        article(beside=f"<h3>推荐</h3>{feed(3, SUMMARY)}"),
        article(STORY + "<p>有网友反映，点开县政府网站的办事指南时，屏幕上只显示“您访问的页面不存在”。</p>"),
        article(STORY + "<p>页面不存在</p>"),
        article(STORY, "县政府网站多个栏目页面不存在 官方回应正在修复"),
        article(STORY + "<p>登录后发表评论</p><p>该评论已被作者删除</p>"),
        article(NOTICE, "柳林镇东街停水通知", beside="<p>请登录后评论</p><p>您还未登录，请先登录再收藏</p>"),
        article("西河三座便民桥通车了，<br>两岸村民喜笑颜开，<br>往来只要十分钟。<br>这是全县今年的第一件民生实事。"),
        article("".join(f"<div><section><span>{line}</span></section></div>" for line in STORY.split("</p>"))),
        article(
            "<table>"
            + "".join(f"<tr><td>李某{n}</td><td>柳林镇第{n}小学</td><td>一等奖</td></tr>" for n in range(20))
            + "</table>",
            "全县小学生作文竞赛获奖名单",
        ),
        page(f"<p>西河三座便民桥同时通车</p>{STORY}", "西河三座便民桥同时通车"),
        page(
            f"<h2>西河三座便民桥同时通车</h2><noscript>请启用JavaScript</noscript><div id='app'>{STORY}</div>", "无题"
        ),
    ],
    ids=[
        "plain",
        "notice",
        "notice-feed",
        "long-feed",
        "feed-with-summaries",
        "mentions-404",
        "404-line",
        "404-headline",
        "comments",
        "login-in-comments",
        "line-breaks",
        "nested-divs",
        "table",
        "bare",
        "app-with-text",
    ],
)
def test_article(html):
    assert kind(html) is None


def test_a_story_that_a_script_shows():
    html = page(f"<div id='app'></div><script>var detail = {{content: '{STORY}'}}</script>", "西河三座便民桥同时通车")
    assert kind(html) is None
    assert kind(html, LIST_URL) == "script"


def test_a_page_hidden_until_its_scripts_have_run():
    assert kind(article().replace("<body>", "<body style='display: none'>")) is None


@pytest.mark.parametrize("title", ["关于我们", "联系我们", "版权声明", "网站简介"])
def test_standing_pages_are_no_news(title):
    assert kind(article(STORY, title)) == "no-story"


@pytest.mark.parametrize("url", ["https://www.example.cn/", "https://www.example.cn/news/", "http://a.test/x?id=1"])
def test_an_article_is_one_at_any_address(url):
    assert kind(article(STORY * 4), url) is None


@pytest.mark.parametrize(
    "html",
    [
        page(f"{NAV}<h1>本地新闻</h1>{feed()}{FOOTER}", "本地新闻_青川新闻网"),
        page(f"{NAV}<h2>本地新闻</h2>{feed(4)}<a href='index_3.html'>下一页</a>", "本地新闻-青川新闻网-青川日报社主办"),
        page(f"{NAV}{feed(1, SUMMARY)}", "要闻"),
        page(
            f"{NAV}<p>本栏目每天为您报道县内大事，欢迎来稿，来稿请注明作者姓名和联系方式。</p>{feed()}{FOOTER}",
            "本地新闻",
        ),
        page(
            f"<a href='/'>首页</a><h2>最新</h2><ul><li><a href='{ARTICLE_URL}'>西河三座便民桥通车</a></li></ul>", "首页"
        ),
        page(
            "<h1>青川日报</h1><p>第01版：要闻</p><a href='content_1.htm'>三座桥通车</a><a href='node_3.htm'>下一版</a>",
            "青川日报",
        ),
    ],
    ids=["channel", "long-channel", "summaries", "introduction", "one-entry", "newspaper"],
)
def test_list(html):
    assert kind(html, LIST_URL) == "list"


def test_what_a_home_page_says_in_its_corner_is_no_notice():
    html = page(f"<p>您还未登录，请先登录</p><p>该内容已下线</p>{NAV}{feed(3)}{FOOTER}", "青川新闻网")
    assert kind(html, "https://www.example.cn/") == "list"
    assert (
        kind(page(f"<p>您还未登录，请先登录</p>{NAV}{feed(3)}{FOOTER}", "要闻"), "https://www.example.cn/yw") == "list"
    )


def test_a_notice_in_one_paragraph_that_ends_in_a_hotline():
    text = "<p>因设备检修，五月十二日柳林镇东街停水，请市民扫码登记备案，服务热线：0000。</p>"
    assert kind(article(text, "柳林镇东街停水通知")) is None


def test_furniture_is_no_story():
    text = "<p>凡本网注明来源的作品，版权均属本网所有，未经书面授权不得转载、摘编或利用其它方式使用上述作品。</p>"
    assert kind(article(text, beside=feed())) in {"no-story", "list"}


def test_an_address_that_only_begins_like_a_lists_is_read_in_no_time():
    url = f"https://www.example.cn/xw/index_{'a' * 80}%E9%9D%92.html"
    assert kind(article(STORY, HEADLINES[0]), url) is None


def test_a_prompt_to_copy_title_and_address_is_no_story():
    links = "".join(f"<li><a href='/n/2024051{n}.html'>{text}</a></li>" for n, text in enumerate(HEADLINES[:6]))
    shown = "<h1>山路</h1><p>2024-05-11</p><p>山路_标签_示例网 https://www.example.cn/keywords/8/6/836f5a18/1.html</p>"
    tagged = page(f"{NAV}{shown}<ul>{links}</ul>", title="山路_标签_示例网")
    assert refusal(Document(tagged, "https://www.example.cn/keywords/8/1.html")) is not None
    told = page(f"{NAV}{shown}{STORY}", title="山路_标签_示例网")
    assert refusal(Document(told, "https://www.example.cn/keywords/8/1.html")) is None


def test_a_flash_of_one_sentence_beside_a_feed():
    flash = "<p>新华社快讯：青川县西河大桥今日正式通车。</p>"
    assert kind(article(flash, "快讯：西河大桥正式通车", beside=feed(2))) is None


def test_a_comment_forms_captcha_blocks_nothing():
    script = "<script>new TencentCaptcha('1', send)</script>"
    assert kind(article(NOTICE, "柳林镇东街停水通知", beside=script)) is None
    assert kind(page(f"{NAV}{feed()}{script}", "要闻"), LIST_URL) == "list"


def test_a_comment_form_that_asks_for_a_password_is_no_login():
    form = "<form><p>评论</p>用户名：<input name='u'>密码：<input type='password'><button>发表</button></form>"
    short = "<p>柳林镇东街今日停水，请用户提前储水。</p><p>明日一早恢复。</p>"
    assert kind(article(short, "柳林镇东街停水通知", beside=form)) is None
    assert kind(page(f"{NAV}{short}{form}", "柳林镇东街停水通知")) == "login"


def test_a_headline_that_links_to_its_own_page_is_one():
    story = "<p>三座便民桥今日通车，两岸村民出行不再绕道，送菜进城由一小时缩短到十分钟，娃娃上学也近了许多。</p>"
    blog = "<h2><a href='/archives/{}/'>西河三座便民桥同时通车</a></h2><time>2024-05-11</time>"
    url, title = "https://www.example.cn/archives/331/", "西河三座便民桥同时通车 - 青川网"
    more = "".join(f"<h2><a href='/archives/{n}/'>{text}</a></h2>" for n, text in enumerate(HEADLINES[:5]))
    assert kind(page(f"<div>{NAV}</div>{blog.format(331)}{story}<div>最新文章</div>{more}", title), url) is None
    assert kind(page(f"<div>{NAV}</div>{blog.format(330)}{story}{more}", "青川网"), url) == "list"


@pytest.mark.parametrize(("tag", "expected"), [("time", None), ("i", "no-story")])
def test_a_time_in_an_element_of_its_own_dates_a_short_story_in_any_language(tag, expected):
    flash = f"<h1>西河大桥今日正式通车</h1><{tag}>May 11, 2024</{tag}><p>西河大桥今日正式通车，村民称快。</p>"
    assert kind(page(f"{NAV}{flash}{FOOTER}", "西河大桥今日正式通车")) == expected


def test_a_headline_over_a_byline_is_one_whatever_the_title_names():
    byline = "<div>2024-05-11 09:20　来源：青川日报</div>"
    links = "".join(f"<p><a href='/xw/{n}.html'>{text}</a></p>" for n, text in enumerate(HEADLINES))
    flash = "<p>西河大桥今日正式通车，村民称快。</p>"
    shown = f"<div class='nav'>{NAV}</div><h1>%s</h1>{byline}{flash}{links}{FOOTER}"
    assert kind(page(shown % "青川县西河大桥正式通车", "青川新闻网")) is None
    assert kind(page(shown % "青川要闻", "青川新闻网"), LIST_URL) == "list"


def test_home_page_with_few_links_is_a_list():
    assert (
        kind(page(f"{NAV}<ul><li><a href='/a/1.html'>西河通车</a></li></ul>{FOOTER}", "青川网 首页"), "http://a.test/")
        == "list"
    )


@pytest.mark.parametrize(
    ("reason", "html"),
    [
        ("soft-404", page(f"{NAV}<h1>页面不存在</h1><p>5秒后自动跳转到首页</p>{FOOTER}", "页面不存在_青川新闻网")),
        ("soft-404", page(f"{NAV}<p>您访问的页面不存在或已被删除！</p>{feed(3)}{FOOTER}", "青川新闻网")),
        ("soft-404", page(f"{NAV}<div>抱歉，找不到您要的文章</div><h3>热门</h3>{feed()}", "出错了")),
        ("soft-404", page("<center><h1>404 Not Found</h1></center><hr><center>nginx</center>", "404 Not Found")),
        (
            "soft-404",
            page(
                "<p>对不起，您查看的内容不存在，可能已被删除，请检查网址是否正确，或返回首页浏览其他内容。</p>",
                "404错误",
            ),
        ),
        ("soft-404", page("<p>頁面不存在</p>", "")),
        (
            "soft-404",
            page("<script>setTimeout(function(){location.href='/'},3000)</script><p>该信息不存在</p>", "提示"),
        ),
        ("withdrawn", page("<div><h2>该内容已被发布者删除</h2></div>", "")),
        ("withdrawn", page(f"{NAV}<p>此内容因违规无法查看</p><p>查看详情</p>{FOOTER}", "")),
        ("withdrawn", page(f"{NAV}<p>您要看的文章已被作者删除</p>{feed()}", "青川号")),
        ("blocked", page("<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>", "")),
        ("blocked", page("<p>您的访问过于频繁，请稍后再试</p>", "提示")),
        ("blocked", page("<div>请输入验证码继续访问</div><img src='/captcha.png'><input name='code'>", "安全验证")),
        ("blocked", page("<p>当前访问疑似黑客攻击，已被网站管理员设置的创宇盾拦截</p>", "")),
        ("blocked", page("<h1>Access Denied</h1><p>Reference #18.2f</p>", "Access Denied")),
        ("blocked", page("<p>Checking your browser before accessing example.cn.</p>", "Just a moment...")),
        (
            "blocked",
            page("<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=27;</script><script src='/4Qb.js'></script>"),
        ),
        (
            "blocked",
            page("<script>document.cookie='__jsl_clearance=1|-1|abc';location.href=location.pathname</script>"),
        ),
        ("login", page("<form><input name='u'><input type='password'><button>登录</button></form>", "用户登录")),
        ("login", page(f"{NAV}<h1>内部通报</h1><p>登录后查看全文</p>{FOOTER}", "内部通报")),
        ("script", page("<div id='app'></div><script src='/js/app.8f.js'></script>", "青川融媒")),
        (
            "script",
            page(
                "<noscript>You need to enable JavaScript to run this app.</noscript>"
                "<div id='root'></div><script src='a.js'></script>"
            ),
        ),
        (
            "script",
            page(
                "<h1>西河三座便民桥同时通车</h1><div id='text'></div><script>$.ajax('/api/1')</script>",
                "西河三座便民桥同时通车",
            ),
        ),
        ("redirect", page("", head="<meta http-equiv='refresh' content='0;url=/new/1.html'>")),
        ("redirect", page("正在跳转", head="<META HTTP-EQUIV=REFRESH CONTENT='0; URL=html/2024-05/11/node_2.htm'>")),
        ("redirect", page("<script>window.location.href = 'html/2024-05/11/node_2.htm';</script>")),
        ("empty", ""),
        ("empty", page("")),
        ("empty", "  \n "),
        ("no-story", page("<h1>西河三座便民桥同时通车</h1><p>2024-05-11</p>", "西河三座便民桥同时通车")),
        ("not-html", '{"code": 0, "data": [{"title": "三座桥通车"}]}'),
        ("not-html", "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel></channel></rss>"),
        ("not-html", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    ],
)
def test_refused(reason, html):
    assert kind(html) == reason


@pytest.mark.parametrize(
    ("html", "target"),
    [
        (
            page("", head="<meta http-equiv='refresh' content='0;url=../7/9.html#top'>"),
            "https://www.example.cn/xw/7/9.html",
        ),
        (
            page("", head="<meta http-equiv='Refresh' content=\"3; URL='https://m.example.cn/a.html'\">"),
            "https://m.example.cn/a.html",
        ),
        (page("<script>location.replace('/b.html')</script>"), "https://www.example.cn/b.html"),
        (page("<script>window.location='//b.example.cn/'</script>"), "https://b.example.cn/"),
        (page("", head="<meta http-equiv='refresh' content='60'>"), None),
        (page("", head="<meta http-equiv='refresh' content='600;url=/other.html'>"), None),
        (page("", head=f"<meta http-equiv='refresh' content='0;url={ARTICLE_URL}#a'>"), None),
        (page("", head=f"<meta http-equiv='refresh' content='{'9' * 100_000};url=/b.html'>"), None),
        (page("", head=f"<meta http-equiv='refresh' content='0{' ' * 9_999}x'>"), None),
        (page("<script>location.href='javascript:void(0)'</script>"), None),
        (page("<script>location.href='http://[bad'</script>"), None),
        (article() + "<script>function go(){location.href='/b.html'}</script>", None),
    ],
)
def test_refresh_target(html, target):
    assert refresh_target(Document(html, ARTICLE_URL)) == target


TEASERS = "".join(
    f"<div><h4><a href='/ms/2024/05/{n}.html'>云溪新闻要目第{n}条刊登于此</a></h4><p>要目的内容提要在这里…</p></div>"
    for n in range(8)
)
SHORT = "<h1>云溪老旧供水管网改造完成七成</h1><p>2024-05-20 16:25</p><p>市民可通过服务热线查询所在小区的施工计划。</p>"


def test_a_short_story_below_headline_and_byline_weighs_more_than_teasers_around():
    title = "<title>云溪老旧供水管网改造完成七成_云溪新闻网</title>"
    assert refusal(Document(f"{title}{SHORT}<div>{TEASERS}</div>", ARTICLE_URL)) is None
    assert refusal(Document(f"{title}<div>{TEASERS}</div>", ARTICLE_URL)) == "list"


def test_a_page_of_one_picture_under_headline_and_byline_is_an_article():
    title = "<title>一图读懂云溪供水管网改造方案_云溪新闻网</title><h1>一图读懂云溪供水管网改造方案</h1>"
    rest = "<p>责任编辑：周敏</p><div>主办：云溪市新闻传媒中心 版权所有 未经授权禁止转载</div>"
    picture = "<p>2024-05-20 16:25 来源：云溪日报</p><p><img src='/u/long.jpg' width=900></p>"
    assert refusal(Document(f"{title}{picture}{rest}", ARTICLE_URL)) is None
    assert refusal(Document(f"{title}{rest}", ARTICLE_URL)) is not None


def test_a_page_that_says_only_its_title_tells_nothing():
    title = "<title>云溪供水_标签_云溪新闻网</title><h1>云溪供水</h1><p>2024-05-20 16:25</p>"
    copied = "<p>云溪供水_标签_云溪新闻网 http://www.yunxinews.cn/tags/8836f5a18/1.html</p>"
    assert refusal(Document(title + copied, ARTICLE_URL)) == "no-story"
    assert (
        refusal(Document(f"{title}<p>{'云溪供水管网的改造今年年底完成，市民用水不受影响。' * 2}</p>", ARTICLE_URL))
        is None
    )
    told = "<p>云溪供水_标签_云溪新闻网的改造年底完成，市民用水不受影响，维修在夜间。</p>" * 2
    assert refusal(Document(title + told, ARTICLE_URL)) is None


@pytest.mark.parametrize("seed", range(3))
def test_binary_noise_is_no_page(seed):
    assert refusal(Document(random.Random(seed).randbytes(1 << 19), ARTICLE_URL)) == "not-html"


def test_teasers_between_bylines_of_their_own_are_a_list():
    byline = "<p>作者：示例日报记者林小满，何青 | 时间：2024-05-11 | 阅读：212</p>"
    rows = "".join(
        f"<li><h5><a href='/xw/t20240511_{n}.html'>{text}</a></h5>{SUMMARY.replace('。', '……')}{byline}</li>"
        for n, text in enumerate(HEADLINES)
    )
    assert kind(page(f"{NAV}<h4>行业资讯</h4><ul>{rows}</ul>{FOOTER}", "行业资讯"), LIST_URL) == "list"
    assert kind(article(byline + STORY, beside=f"<ul>{rows}</ul>")) is None


def test_a_program_named_list_gives_lists():
    flashes = "".join(
        f"<div><span>10:{n}0</span><p>【{text}】{SUMMARY[3:]}</div>" for n, text in enumerate(HEADLINES[:6])
    )
    shown = page(f"<div class='nav'>{NAV}</div><h1>县区要闻</h1>{flashes}{FOOTER}", "县区要闻_青川新闻网")
    assert kind(shown, "https://www.example.cn/newslist.asp?id=3") == "list"
    assert kind(shown, "https://www.example.cn/show.asp?id=3") is None
    assert kind(article(), "https://www.example.cn/newslist.asp?id=3") is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("该文章已被删除。", "withdrawn"),
        ("该页面已被删除。", "soft-404"),
        ("本文已下线", "withdrawn"),
        ("应作者要求，此稿撤回。", "withdrawn"),
        ("根据相关规定，该稿件已撤下，敬请谅解。", "withdrawn"),
        ("县图书馆昨天声明，馆藏的这份旧报纸影印件从未外借，网上流传的该文稿已撤下，作者已经致歉。", None),
    ],
)
def test_notice_in_place_of_the_story_under_its_headline_and_byline(said, reason):
    head = "<h1>青川县推广春耕新技术</h1><p>2024-05-12 10:20 来源：青川日报</p>"
    html = page(f"{NAV}{head}<p>{said}</p>{feed()}{FOOTER}")
    assert kind(html, "http://a.test/2024-05/12/content_12345.htm") == reason
