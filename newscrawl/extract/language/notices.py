"""What a page says instead of a story: no such page, taken down, are you a robot, log in first."""

from __future__ import annotations

import re

LONGEST_NOTICE = 80  # characters of the line that says it

_OF_READERS = re.compile("评论|回复|留言|跟帖|弹幕|網友|网友")  # what readers wrote was taken down, not the story
# Words alone prove nothing: they count in a short line of their own, on a page that tells no story beside it.
_BLOCKED = (
    r"环境异常|(?:访问|操作|请求)(?:过于|太|过)频繁|安全验证|人机验证|滑动验证|拖动(?:下方)?滑块|进行验证|完成验证",
    r"(?:请|需要?)(?:先)?(?:输入|完成|通过)[^。]{0,8}验证|验证码.{0,8}继续(?:访问|浏览)",
    r"您的(?:访问|请求|IP)[^。]{0,12}(?:被(?:拦截|阻断|拒绝|禁止|限制)|异常|攻击|违规)",
    r"(?:请求|访问|链接)[^。]{0,10}被[^。]{0,14}(?:拦截|阻断)|(?:拒绝|禁止)(?:您的)?访问",
    r"存在攻击行为|(?:非法|恶意)(?:访问|请求|攻击)",
    r"创宇盾|安全狗|云锁|云盾|网站防火墙|玄武盾|正在(?:检查|验证|检测)您?的?浏览器|浏览器安全检查",
    r"access denied|just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are",
    r"are you a (?:robot|human)|request blocked|unusual traffic|\bforbidden\b|ddos protection|web application firewall",
    r"precondition failed|too many requests",
)
_WITHDRAWN = (
    r"(?:已|被|己)[^。，]{0,6}(?:发布者|作者|发布方|用户|运营者)(?:自行)?(?:删除|撤回|撤销)",
    r"(?:内容|文章|稿件|新闻|视频|作品|微博|信息)[^。，]{0,6}(?:已|被)[^。，]{0,6}(?:下线|下架|撤回|撤稿|屏蔽)",
    r"因违规无法查看|(?:此|该)[^。]{0,4}(?:帐号|账号|公众号)已?(?:被屏蔽|迁移|注销|封停)|被投诉且经审核|涉嫌[^。]{0,14}无法查看",
    r"(?:内容|文章)[^。，]{0,4}(?:已失效|无法查看|不可见)",
)
_THING = "(?:页面|网页|文件|资源|文章|内容|新闻|信息|地址|链接|网址|栏目|专题|稿件|頁面|網頁|新聞|連結|内容页)"
_MISSING = (
    rf"{_THING}[^。，]{{0,10}}(?:不存在|没有?找到|未找到|找不到|不见了|走丢|飞走|丢失|無法|已?被?(?:删除|移除|移动|刪除)|已?(?:过期|失效))",
    rf"{_THING}[^。，]{{0,6}}无法(?:找到|显示|访问|打开)",
    rf"(?:找不到|未找到|没有?找到|无法(?:找到|访问|打开|显示))[^。，]{{0,14}}{_THING}",
    r"(?:访问|查找|浏览|请求|查看)的[^。，]{0,12}(?:不存在|不见了|没有?找到|未找到|找不到|已?被?删除)",
    r"^\W*(?:http\s*)?(?:错误|error)?\W*404\W*(?:not found|错误|error|页面?|出错了?|未找到)?\W*(?:$|[-_|—])",
    r"^404\b|(?:page|file|url|resource|article)\b.{0,20} (?:not found|does ?n.t exist|cannot be found)|not found$",
    r"页面出错|[参參][数數][错錯][误誤]",
)
_LOGIN = (
    r"登[录陆錄入](?:后|以后|之后|後)[^。]{0,8}(?:查看|阅读|浏览|访问|继续|閱讀)",
    r"(?:请|需|需要|须|必须|您?还?(?:没有|未|尚未))\s*(?:先|您先|要)?\s*(?:登录|登入|登陆|登錄)(?!后?[^。]{0,6}(?:评论|发表|留言|收藏|点赞|回复))",
    r"^(?:用户|会员|账号|帐号|统一身份)?\W*(?:登[录陆錄入](?:页面?)?|认证)$|^(?:log ?in|sign ?in)$",
)
_MEANINGS: dict[str, re.Pattern[str]] = {
    reason: re.compile("|".join(words), re.IGNORECASE)
    for reason, words in (
        ("blocked", _BLOCKED),
        ("withdrawn", _WITHDRAWN),
        ("soft-404", _MISSING),
        ("login", _LOGIN),
    )
}
# Scripts of firewalls that answer a first request with a program instead of the page.
_CHALLENGE = re.compile(
    r"\$_ts\s*[=.]|acw_sc__v[23]|__jsl_clearance|_bot_sbu|cf_chl_|cf-browser-verification|Incapsula|TencentCaptcha"
    r"|turing\.captcha|[gG]eetest|AliyunCaptcha|wzws-?waf|wzwsmethod|yunsuo_session|captcha\.gtimg|BotGuard|security_verify"
    r"|challenge-platform|document\.cookie\s*=[^\n]{0,300}location\.(?:reload|href)"
)


def meaning(line: str) -> str | None:
    """The reason a short line or a title gives for there being no story, or None."""
    if not line or len(line) > LONGEST_NOTICE or _OF_READERS.search(line):
        return None
    return next((reason for reason, pattern in _MEANINGS.items() if pattern.search(line)), None)


def is_challenge(scripts: str) -> bool:
    """Tell whether inline scripts hold a firewall's challenge; the caller makes sure no story stands beside them."""
    return bool(_CHALLENGE.search(scripts))
