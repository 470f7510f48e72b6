"""The words of Chinese bylines: labels by what they announce, page furniture, names of outlets and roles.

Each constant is one alternation for a regular expression; simplified and traditional forms side by side.
"""

from __future__ import annotations


def _any(words: str) -> str:
    """One alternation, the longest words first, so that none hides a longer one."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


UPDATED = _any(r"""
    (?:最后|最近|最新|最後)?(?:更新|修改|编辑|編輯)(?:时间|日期|時間|于|於) 最后更新 最後更新 更新
""")
PUBLISHED = _any(r"""
    (?:发布|發布|發佈|发表|發表|刊发|刊登|出版|创建|添加|录入|上传|公布|印发|发文|成文|发稿|见报|投稿|文章|信息|新闻|稿件)?(?:时间|日期|時間)
    (?:发布|发表|發表|發布|發佈|出版)(?:于|於)? 时\s{1,4}间 日\s{1,4}期
""")
SOURCE = _any(r"""
    (?:信息|消息|稿件|文章|新闻|内容|图文|作品|原文|新聞|文字|文)?(?:来|來)\s{0,4}源(?:于|媒体|单位|机构)? 稿\s?源
    出\s?处 出處 源自 转载自 转自 转载 轉載自 轉自 摘自 原载 发布机构 发布单位 信息提供 供稿单位 原创
""")
AUTHOR = _any(r"""
    (?:本报|本网|本刊|首席|特约|见习|实习|文字|全媒体|融媒体)*(?:记|記)\s{0,2}者 作\s{0,4}者 撰\s?文 撰稿人? 采写
    採寫 采访 执笔 執筆 通讯员 通訊員 评论员 实习生 文图 图文 文字 供稿人
""")
EDITOR = _any(r"""
    (?:责任\s?|責任\s?|责|收集|值班|网络|網絡|網路|新媒体|实习|执行|本期|本版)?(?:编\s{0,4}辑|編\s{0,2}輯)(?:人员)?
    责任?编 責編 小编
""")
# 总编辑 and 主编 head the paper: they did not edit the article.
OTHER = _any(r"""
    总编辑 主编 副主编 总编 值班总编 原标题 原題 原標題 标题 责任校对 审核 審核 复审 终审 初审 [一二三]审 审读 审稿
    审校 編審 编审 校对 校對 校稿 选稿 签发 签审 监制 监审 统筹 总?策划 发布人 发布者 录入者? 上传者? 点击[量数率]?
    点击次数 浏览[量数]? 浏览次数 阅读[量数]? 阅读次数 访问[量数]? 访问次数 人气 评论数? 跟帖 字号 字体大小 字体
    字體 文字大小 分享到? 分享至 摄影 攝影 摄 图片 图 圖 视频 摄像 制图 漫画 设计 美编 排版 制作 关键词 关键字 標籤
    标签 栏目 分类 所属分类 所属栏目 版权 版权声明 声明 联系电话 电话 邮箱 索引号 文号 发文字号 主题词 导读 摘要
    核心提示 翻译 编译 译者 配音 主播 主持 剪辑 地区 地点 体裁 有效性 订阅 收藏 打印 推荐 图源
    (?:图片|圖片|资料|資料|数据|數據|视频|影片)(?:来源|來源)
""")
# Labels of lines that belong to the story, wherever they stand.
STORY_LABELS = frozenset(
    _any(
        """
    摘要 导读 核心提示 图片 图 圖 地点 地区 视频 标题 原标题 主持 电话 联系电话 邮箱 图片来源 图源 声明 版权
"""
    ).split("|")
)
# Labels that make a line a credit by themselves.
CREDIT_LABELS = frozenset(
    _any(
        """
    审核 審核 复审 终审 初审 一审 二审 三审 校对 校對 责任校对 签发 签审 监制 监审 统筹 选稿 排版 美编 总编辑 主编
    副主编 总编 值班总编 审稿 审读
"""
    ).split("|")
)
HOST = r"(?:https?://)?(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|tw|hk|ca|us|cc|tv|info)(?:[./]\S*)?"
# What page furniture adds to a byline: hosts, counters, text size, sharing, badges.
FURNITURE = "|".join([HOST, _any(r"""
    我(?:来|要|也)?(?:有话)?(?:说两句|说几句|说) 发表(?:评论|看法|意见)? 留言 随时随地看新闻
    手机\S{0,4}(?:访问|看新闻|版) 已有 人(?:阅读|参与|评论|次) 次(?:阅读|浏览) 参与(?:讨论|互动) 网友 进入论坛 论坛
    博客 加入收藏 本页 本文 最后更新 更新 點閱 討論 列印 轉寄
    (?:我要|参与|查看|手机|扫码|点击|微信|一键)?(?:评论|分享|收藏|打印|关闭|阅读|浏览|播报|投稿|纠错|点赞|关注|订阅|举报|朗读|转发)
    打印本页 关闭窗口 听新闻 复制链接 二维码 扫一扫 看手机 新闻热线 用微信扫码二维码 分享至好友和朋友圈 手机版 访问
    (?<![A-Za-z])[Bb]y(?=\s)
    放大 缩小 默认 返回 来自 原创 综合 微博 微信 朋友圈 QQ空间 新浪微博 人民微博 字号 字体 [tT][+\-|] A[+-]
    [\[【(（]?\s?[大中小]\s?[\]】)）]?(?=\s|$|[大中小]) [(（]?\d+\s?(?:人|条|次|万)?(?:参与|评论|阅读|浏览)?[)）]?
    来自(?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北)(?=\s|$)
    来自(?:湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾)(?=\s|$)
    \d+(?:\.\d+)?[wWkK万]\+? 优质\w{0,6}(?:作者|创作者) \w{0,6}领域\w{0,2}创作者 发布于\S{0,8} IP属地\S{0,8}
""")])  # fmt: skip
# How names of outlets end.
OUTLET_ENDINGS = _any(
    "网 網 报 報 社 台 臺 刊 传媒 傳媒 在线 新闻 新聞 客户端 频道 发布 融媒 公众号 电视 广播 政府 [局委办厅]"
)
NO_OUTLET = _any("""
    网络 互联网 网上 原创 转载 未知 不详 其他 其它 投稿 无 佚名 综合 网络整理 网络转载 综合网络 整理
    见文末 作者投稿 作者 来源 编辑 责任编辑 记者 by admin 管理员 null
""")
