"""来源, authors and editors of whole pages."""

from __future__ import annotations

import pytest

from newscrawl.extract.fields.source import clean_source
from newscrawl.extract.loader import candidates
from tests.extract.pages import STORY, page


def read(document):
    """The values of the fields source, authors and editors."""

    def first(name):
        return next((values for _, values in candidates(document, name) if values), [])

    source = first("source")
    return source[0] if source else None, first("authors"), first("editors")


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<div>日期: 来源:上海松江收集编辑:上海松江</div>", ("上海松江", [], ["上海松江"])),
        (
            "<div><b>来源：<a href='/x'>示例时刻</a></b><b>作者：杨洋</b> <b>编辑：周丽萍</b> <b>我要评论</b></div>",
            ("示例时刻", ["杨洋"], ["周丽萍"]),
        ),
        ("<p>来源：中国新闻网 &nbsp; 时间：2023-11-22 09:53 &nbsp; 【字体：大 中 小】</p>", ("中国新闻网", [], [])),
        ("<p>信息来源：市生态环境局　发布时间：2023年11月22日</p>", ("市生态环境局", [], [])),
        ("<p>记者：张小山 通讯员：李四光 王小五</p>", (None, ["张小山", "李四光", "王小五"], [])),
        (
            "<table><tr><td>来源：</td><td>南岭日报</td><td>作者：</td><td>陈小明</td></tr></table>",
            ("南岭日报", ["陈小明"], []),
        ),
        ("<p>发布时间：05-20 16:25</p>", (None, [], [])),
        ("<p>山里人家</p><p>发布时间：05-20 16:25</p>", ("山里人家", [], [])),
        ("<p>云政发〔2024〕5号</p><p>2024-05-20</p>", (None, [], [])),
        ("<p>山里人家号</p><p>2024-05-20</p>", ("山里人家号", [], [])),
        ("<p>By 陈小明 | May 20, 2024</p><p>Updated May 21, 2024</p>", (None, ["陈小明"], [])),
        (
            "<p>2024-05-20</p><p><a href='/r'>南岭日报</a> 记者<a href='/r/1'>陈小明</a>／南岭即时报道</p>",
            ("南岭日报", ["陈小明"], []),
        ),
        ("<p>Mon, 20 May 2024 16:25</p>", (None, [], [])),
        ("<p>2024-05-20 16:25 来源：“南岭发布”微信公众号</p>", ("“南岭发布”微信公众号", [], [])),
        ("<p>2024-05-20 16:25 来源：“南岭发布</p>", ("南岭发布", [], [])),
        ("<p>2024-05-20</p><p>记者 陈小明 chen@example.cn</p>", (None, ["陈小明"], [])),
        ("<p>2024-05-20 14:33 · 山里人家</p>", ("山里人家", [], [])),
        ("<p>2024-05-20 张小山 邬金刚</p>", (None, ["张小山", "邬金刚"], [])),
        ("<p>編輯王小山</p><p>2024-05-20 16:25</p>", (None, [], ["王小山"])),
        ("<p>編輯計劃表</p><p>2024-05-20 16:25</p>", ("編輯計劃表", [], [])),
        ("<p>撰文者 王小山</p><p>2024-05-20 16:25</p>", (None, ["王小山"], [])),
        ("<p>2024-05-20 16:25</p><p>来自北京</p>", (None, [], [])),
        ("<p>2024-05-20 16:25</p><p>正在缓冲</p>", (None, [], [])),
        ("<p>2024-05-20 16:25</p><p>山里人家</p>", ("山里人家", [], [])),
        ("<p>Posted on 2024-05-20 by 张小山</p>", (None, ["张小山"], [])),
        ("<p>作者：张小山 转贴自：云溪日报 2024-05-20</p>", ("云溪日报", ["张小山"], [])),
        ("<p>张明</p><p>2024-05-20 16:25</p>", (None, ["张明"], [])),
        ("<p><a href='/c'>张明</a></p><p>2024-05-20 16:25</p>", (None, [], [])),
        ("<p>韩剧</p><p>2024-05-20 16:25</p>", (None, [], [])),
        ("<p>欧阳修文</p><p>2024-05-20 16:25</p>", (None, ["欧阳修文"], [])),
        ("<p>2024-05-20 16:25 云溪日报 张明</p>", ("云溪日报", ["张明"], [])),
        ("<p>来源：云溪日报 张明</p><p>2024-05-20</p>", ("云溪日报", ["张明"], [])),
        ("<p>来源：36氪 2024-05-20</p>", ("36氪", [], [])),
        ("<p>来源：36 2024-05-20</p>", (None, [], [])),
        ("<p>2024-05-20 云溪在线论坛</p>", ("云溪在线论坛", [], [])),
        ("<p>2024-05-20 论坛 博客 返回顶部 分享到新浪微博</p>", (None, [], [])),
        ("<p>2024-05-20 已有<a href='#c'>0</a>人阅读</p>", (None, [], [])),
        ("<p>2024/5/20</p><p>回應(<b>3</b>)</p><p>Tweet</p>", (None, [], [])),
        ("<p>(ABC) – 2024-05-20</p>", ("ABC", [], [])),
        ("<p>云溪健康网╱mx新闻中心张小山 2024-05-20 16:25</p>", ("云溪健康网", ["张小山"], [])),
        ("<p>云溪网金融界 2024-05-20 16:25</p>", ("云溪网金融界", [], [])),
        ("<p>作者：陈小明 南岭 职员</p><p>2024-05-20</p>", (None, ["陈小明"], [])),
        ("<p>出处：pclab 2024-05-20 作者：PCLab 编辑：caowei</p>", ("pclab", [], ["caowei"])),
        ("<p>来源：pclab 2024-05-20 作者：Tom Lee</p>", ("pclab", ["Tom Lee"], [])),
        ("<p><b class='post__author-name'>祁小满</b><b>1月9日</b><b>约 6 分钟</b></p>", (None, ["祁小满"], [])),
        ("<p class='author-info__username'>柳河城事</p><p>24-05-02 08:15</p>", ("柳河城事", [], [])),
        ("<p>示例客户端·示例日报 2024-05-20 16:25:01</p>", ("示例客户端·示例日报", [], [])),
        ("<div>示例日报<br>2024-05-20 08:11</div>", ("示例日报", [], [])),
        ("<p>2024-05-20 16:25:01　南岭日报记者 张小山</p>", ("南岭日报", ["张小山"], [])),
        ("<p>上報快訊／范姜佳鈺 2020年03月12日 20:19:00</p>", (None, ["范姜佳鈺"], [])),
        (
            "<div><a href='/u/1' class='author-name'>山里人家</a></div><div>05-20 14:33 优质原创作者</div>",
            ("山里人家", [], []),
        ),
        ("<p>2021-02-18 07:02 聯合報／記者張小豐／台北即時報導</p>", ("聯合報", ["張小豐"], [])),
        ("<div><b class='author'>张小山</b></div><p>2021-02-18</p>", (None, ["张小山"], [])),
        ("<p class='x-module_authorName_6'>柳河城事</p><p>24-05-02 08:15</p>", ("柳河城事", [], [])),
        ("<p><b>撰文：</b><b>區小琳</b> <b>出版：</b><b>2024-01-15 09:05</b></p>", (None, ["區小琳"], [])),
        ("<p>2023/11/05 14:20　〔記者溫小蘭／霧社報導〕</p>", (None, ["溫小蘭"], [])),
        ("<p>来源：《财经》杂志 2021-02-18</p>", ("《财经》杂志", [], [])),
        ("<p>来源： 作者： 发布时间：2023-01-01</p>", (None, [], [])),
        ("<p>来源：网络 作者：网络整理 时间：2023-01-01</p>", (None, [], [])),
        ("<p>来源：本站 作者：佚名 时间：2023-01-01</p>", ("本站", [], [])),
        ("<p>来源：本网综合 时间：2023-01-01</p>", ("本网综合", [], [])),
        ("<p>张小山 南岭日报 2024-05-20 16:25:01</p>", ("南岭日报", ["张小山"], [])),
        ("<p>2024-05-20 <b>南岭日报</b> <b>张小山</b> <b>李四光</b></p>", ("南岭日报", ["张小山", "李四光"], [])),
        ("<p>2024-05-20 <b>南岭日报</b> <b>时政</b> <b>高新区</b></p>", ("南岭日报", [], [])),
        ("<p>来源：示例日报 作者：陈小明 责任编辑：陈小明</p>", ("示例日报", ["陈小明"], ["陈小明"])),
        ("<p>供稿：张小山 时间：2024-05-20</p>", (None, ["张小山"], [])),
        ("<p>供稿：县水利局 张小山 时间：2024-05-20</p>", ("县水利局", ["张小山"], [])),
        ("<p>通讯员：张小山 指导老师：李四光 2024-05-20</p>", (None, ["张小山"], [])),
        ("<p>作者：张小山 南经编辑：李四光 2024-05-20</p>", (None, ["张小山"], ["李四光"])),
        ("<p>作者：金华市人民检察院 2024-05-20</p>", (None, [], [])),
        ("<p>文字记者：张小山 摄影记者：李四光 2024-05-20</p>", (None, ["张小山"], [])),
        ("<p><b>张小山</b><b>南岭网记者</b></p><p>2024-05-20</p>", (None, ["张小山"], [])),
        ("<p><a>张小山</a>和<a>李四光</a></p><p>2024-05-20</p>", (None, ["张小山", "李四光"], [])),
        ("<p>Written by <a>Lin Xiaoshan</a></p><p>2024-05-20</p>", (None, ["Lin Xiaoshan"], [])),
        ("<p>[美]约翰·史密斯</p><p>2024-05-20</p>", (None, ["约翰·史密斯"], [])),
        ("<p>张小山（南岭大学教授）</p><p>2024-05-20</p>", (None, ["张小山"], [])),
        ("<p>南岭大学教授 张小山</p><p>2024-05-20</p>", (None, ["张小山"], [])),
        ("<p>发布时间：2024-05-20</p><p>张小山</p>", (None, ["张小山"], [])),
        ("<p>发布时间：2024-05-20</p><p>南岭新闻客户端 张小山</p>", ("南岭新闻客户端", ["张小山"], [])),
        ("<p>石红/南岭日报</p><p>2024-05-20</p>", ("南岭日报", ["石红"], [])),
        (
            "<p>2024-05-20 来源：山野·澎湃号</p><div class=post_author><a><div>柳河城事</div></a><div>关注</div></div>",
            ("柳河城事", [], []),
        ),
        (
            "<p>2024-05-20 来源：山野日报</p><div class=post_author><a><div>柳河城事</div></a><div>关注</div></div>",
            ("山野日报", [], []),
        ),
        ("<p>2024-05-20 來源：頭條號</p><div class=post_author><a>柳河城事</a></div>", ("柳河城事", [], [])),
        ("<p>2024-05-20 来源：网易号</p>", ("网易号", [], [])),
        ("<p>石红/南岭 专题</p><p>2024-05-20</p>", (None, [], [])),
        ("<p>2024-05-20 16:25 <b>南岭财经-自媒体综合</b></p>", ("南岭财经-自媒体综合", [], [])),
        ("<p>2024-05-20 16:25 综合 <b>南岭日报</b></p>", ("南岭日报", [], [])),
        ("<p>2024-05-20 16:25 县水利局供稿</p>", ("县水利局", [], [])),
        ("<p>2024-05-20 16:25 云溪网专稿</p>", ("云溪网", [], [])),
        ("<p>2024-05-20 16:25 本报通讯员供稿</p>", (None, [], [])),
        ("<p>2019-9-3 17:25 | 发布者: <a>云岭小编</a> | 查看: 18 | 来自: 云岭电视台</p>", ("云岭电视台", [], [])),
        ("<p>2023-05-13 文/图：农学院 徐嘉禾 审核：许国强</p>", (None, ["徐嘉禾"], [])),
        ("<p>2024-05-20 16:25 | 云溪日报 | 责编：高远</p>", ("云溪日报", [], ["高远"])),
        ("<p>来源：云溪日报 By Lin Kexin 2024-05-20 16:25</p>", ("云溪日报", ["Lin Kexin"], [])),
        ("<p>2024/05/20 16:25　（中央社記者林可心雲溪20日電）</p>", ("中央社", ["林可心"], [])),
        ("<p>来源：云溪日报 记者：扎西顿珠 2024-05-20 16:25</p>", ("云溪日报", ["扎西顿珠"], [])),
        ("<p>云溪日报 关注 2024-05-20 16:25</p>", ("云溪日报", [], [])),
        ("<div>山里人家</div><div>2024-05-20 16:25</div>", ("山里人家", [], [])),
        ("<div>张小山</div><div>2024-05-20 16:25</div>", (None, ["张小山"], [])),
        ("<p>资讯 » 新科技 2024-05-20</p>", (None, [], [])),
        ("<p>来源：本站编辑 2024-05-20 16:25</p>", ("本站编辑", [], [])),
        ("<p>来源：Violet 紫外 2024-05-20 16:25</p>", ("Violet 紫外", [], [])),
        ("<p>来源：云溪艺术中心 0次浏览 2024-05-20 16:25</p>", ("云溪艺术中心", [], [])),
        ("<p>發佈於 2024-05-20 16:25 作者 張小山 來源 雲溪日報</p>", ("雲溪日報", ["張小山"], [])),
        ("<p>来源：云溪网 编辑：云网编辑 时间：2024-05-20</p>", ("云溪网", [], ["云网编辑"])),
        ("<p>2024-05-20 投稿部门：党群工作部</p>", ("党群工作部", [], [])),
        ("<p><a href='/u'>发布人：招商部</a></p><p>发布时间：2024-05-20</p>", ("招商部", [], [])),
        ("<p><a href='/u'>发布人：张小山</a></p><p>发布时间：2024-05-20</p>", (None, [], [])),
        ("<p>发布时间：2024-05-20 作者：<a href='javascript:void(0)'>设置</a></p>", (None, [], [])),
        ("<p>2024-05-20 来源：公众号：山里人家（ID：shanli）</p>", ("山里人家", [], [])),
        ("<p>来源：公众号山里人家 2024-05-20</p>", ("公众号山里人家", [], [])),
        ("<p>雲溪報／ 記者張小豐／台北即時報導</p>", ("雲溪報", ["張小豐"], [])),
        ("<p>雲溪報記者張小豐／台北即時報導</p>", (None, ["張小豐"], [])),
        ("<p>國際中心／張小豐 2024-05-20</p>", (None, ["張小豐"], [])),
        ("<p>生活中心／綜合報導 2024-05-20</p>", (None, [], [])),
        ("<p>新聞中心 張小豐 2024-05-20</p>", ("新聞中心", ["張小豐"], [])),
        ("<p>雲溪縣文化中心／張小豐 2024-05-20</p>", ("雲溪縣文化中心", ["張小豐"], [])),
        ("<p>雲溪透視／張小豐</p><p>2024-05-20 16:25</p>", (None, ["張小豐"], [])),
        ("<p>財經／國際</p><p>2024-05-20 16:25</p>", (None, [], [])),
        ("<p>張三／李四光</p><p>2024-05-20 16:25</p>", (None, ["張三", "李四光"], [])),
        ("<p>記者張小豐／專訪</p><p>2024-05-20</p>", (None, ["張小豐"], [])),
        ("<p>張小豐專訪</p><p>2024-05-20</p>", ("張小豐專訪", [], [])),
        ("<p>张小山 发表于：2024-05-20 16:25 分类：随笔</p>", (None, ["张小山"], [])),
        ("<p>张小山 发布于 2024-05-20 分类 学院新闻</p>", (None, ["张小山"], [])),
        ("<p>2024-05-20 分类 学院新闻</p>", (None, [], [])),
        ("<p>2024-05-20 標籤 集市新聞</p>", (None, [], [])),
        ("<p>新闻记者：张小山 2024-05-20</p>", (None, ["张小山"], [])),
        ("<p>发表于：2024-05-20 最后回复：过客</p>", (None, [], [])),
        ("<p>2024-05-20</p><p>■本报记者 张小山</p>", (None, ["张小山"], [])),
        ("<p>新闻日期：2024-05-20</p><p>新闻通讯员：张小山</p>", (None, ["张小山"], [])),
        ("<p>雲溪報專訊 2024-05-20</p>", ("雲溪報", [], [])),
        ("<p>学生记者：张小山 拟稿：李四光 2024-05-20</p>", (None, ["张小山", "李四光"], [])),
        ("<p>責任編輯：張小豐 核稿編輯：林可心</p>", (None, [], ["張小豐"])),
        ("<p>2024-05-20 来源：<a>云溪号</a> 发布于：云溪市</p>", ("云溪号", [], [])),
        ("<p>雲溪新聞 |張小豐 綜合報導</p>", ("雲溪新聞", ["張小豐"], [])),
        ("<p class='article__author'>雲溪社／ 曼谷20日專電</p>", ("雲溪社", [], [])),
        ("<p><i class='material-icons'>person</i> 作者：张小山 2024-05-20</p>", (None, ["张小山"], [])),
        (
            "<p>本文来自微信公众号：<a>山里人家 （ID：shanli）</a>，作者：马路遥，编辑：宋词</p>",
            ("山里人家", ["马路遥"], ["宋词"]),
        ),
    ],
)
def test_reads_the_byline(byline, expected):
    assert read(page(byline=byline)) == expected


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("<p>责编：王金云</p><p>一审：张三</p><p>来源：某县融媒体中心</p>", ("某县融媒体中心", [], ["王金云"])),
        ("<p>头茬两千斤三天售完，农户们都很高兴。（责任编辑：张小山）</p>", (None, [], ["张小山"])),
        ("<p>新京报记者 张小山 编辑 李四光 校对 王五</p>", (None, ["张小山"], ["李四光"])),
        ("<p>编辑 刘晓阳 校对 李铭</p>", (None, [], ["刘晓阳"])),
        ("<p>文丨本报记者 张小山　图丨李四光</p>", (None, ["张小山"], [])),
        ("<p>（文/图 刘玺东 易赛楠）</p>", (None, ["刘玺东", "易赛楠"], [])),
        ("<p>（罗森）</p>", (None, ["罗森"], [])),
        ("<p>（示例新闻编辑刘颖）</p>", (None, [], ["刘颖"])),
        ("<p>（编辑推荐）</p>", (None, [], [])),
        ("<p>（校对 高新宇　编辑 戴纺）</p>", (None, [], ["戴纺"])),
        ("<p>新华社记者 李梦馨 摄</p>", (None, [], [])),
        ("<p>（云岭县纪委监委 | 责任编辑 卢小宁）</p>", (None, [], ["卢小宁"])),
        ("<p>译 | 张小山 校 | 李四光 责编 | 王小五</p>", (None, [], ["王小五"])),
        ("<p>实习编辑 张小山 责任编辑 李四光</p>", (None, [], ["张小山", "李四光"])),
        ("<p>责任编辑：张小山 电话：010-12345678</p>", (None, [], ["张小山"])),
        ("<p>（作者：张小山，系云溪大学教授。）</p>", (None, ["张小山"], [])),
        ("<p>作者简介：张小山，云溪大学教授。</p>", (None, [], [])),
        ("<p>记者 张小山 文 李四光 摄</p>", (None, ["张小山"], [])),
        ("<p>农户们都说今年的收成好。 本报记者 张小山</p>", (None, ["张小山"], [])),
        ("<p>农户们都愿意多种一些。张小山</p>", (None, ["张小山"], [])),
        ("<p>农户们都愿意多种一些。谢谢</p>", (None, [], [])),
        ("<p>责任编辑：梁晓</p><p>图片编辑：胡佳</p>", (None, [], ["梁晓"])),
        (
            "<p>本文来自微信公众号“山里人家”（ID：shanli），作者：唐果，本站经授权发布。</p>",
            ("山里人家", ["唐果"], []),
        ),
        ("<p>【文字】张小山 【编辑】李四光 【来源】南岭客户端</p>", ("南岭客户端", ["张小山"], ["李四光"])),
        ("<p>【评论】张小山说得好</p>", (None, [], [])),
        ("<p>（来源：南岭广电总台/张小山 编辑/李四光）</p>", ("南岭广电总台", ["张小山"], ["李四光"])),
        ("<p>来源：南岭云/南岭日报 编辑：李四光</p>", ("南岭云/南岭日报", [], ["李四光"])),
        ("<p>文丨记者 张小山 图丨记者 李四光</p>", (None, ["张小山"], [])),
        ("<p>图/文 张小山</p>", (None, ["张小山"], [])),
        ("<p>图/记者 张小山</p>", (None, [], [])),
        ("<p>采写丨南都记者 张小山 发自南岭</p>", (None, ["张小山"], [])),
        ("<p>都市报记者 张小山 图据南岭消防</p>", (None, ["张小山"], [])),
        ("<p align=right>张小山</p>", (None, ["张小山"], [])),
        ("<p>高淳区人民政府 张小山</p>", (None, ["张小山"], [])),
        ("<p align=right>南岭县公安局 张小山</p>", (None, ["张小山"], [])),
        ("<p align=right>南岭县青石乡石桥村 张小山</p>", (None, ["张小山"], [])),
        ("<p>南岭县青石乡石桥村 集市</p>", (None, [], [])),
        ("<p align=right>县长 张小山</p>", (None, [], [])),
        ("<p>获奖名单</p><p>张小山</p><p>李四光</p>", (None, [], [])),
        ("<p>张小山 摄</p>", (None, [], [])),
        ("<p>张小山/李四光（南岭社、路岭社）</p>", (None, ["张小山", "李四光"], [])),
        ("<p>（南岭检察　张小山）</p>", (None, ["张小山"], [])),
        ("<p>（南岭县人民法院 张小山）</p>", (None, ["张小山"], [])),
        ("<p>責任編輯：李四光#</p>", (None, [], ["李四光"])),
        ("<p>云溪日报记者</p><p>张小山 李四光</p>", (None, ["张小山", "李四光"], [])),
        ("<p>县水利局、水务站供稿 摄影/张小山 编辑/李四光</p>", ("县水利局、水务站", [], ["李四光"])),
        ("<p>张小山供稿 编辑/李四光</p>", (None, ["张小山"], ["李四光"])),
        ("<p>供稿｜县水务局</p><p>编辑｜李四光</p>", ("县水务局", [], ["李四光"])),
        ("<p>本文转载自云溪日报，作者张小山</p>", ("云溪日报", ["张小山"], [])),
        ("<p>（来源：云溪日报 张小山）</p>", ("云溪日报", ["张小山"], [])),
        ("<p>(责编：张小山(实习生)、李四光)</p>", (None, [], ["张小山", "李四光"])),
        ("<p>农户们都愿意多种一些。来源：云溪网编辑：李四光审核：王小五</p>", ("云溪网", [], ["李四光"])),
        ("<p>村里的公告写着，信息来源：县气象台，编辑：李四光，大家看了一遍才放心回家。</p>", (None, [], [])),
        ("<p>内容编辑丨李四光</p><p>内容审核丨王小五</p>", (None, [], ["李四光"])),
        ("<p>文编|李四光</p><p>美编|王小五</p>", (None, [], ["李四光"])),
        ("<p>口张小山 图/文</p>", (None, ["张小山"], [])),
        ("<p>（市水务局供稿）</p>", ("市水务局", [], [])),
        ("<p>云溪网专稿</p>", ("云溪网", [], [])),
        ("<p>（张小山供稿）</p>", (None, ["张小山"], [])),
        ("<p>农户们都给市水务局供稿。</p>", (None, [], [])),
        ("<p>他常给市水务局供稿</p>", (None, [], [])),
        ("<p>（本文由市水务局供稿）</p>", ("市水务局", [], [])),
        ("<p>口张小山 图片</p>", (None, [], [])),
    ],
)
def test_reads_the_end_of_the_story(closing, expected):
    assert read(page(closing=closing)) == expected


def test_reads_credits_behind_the_story():
    after = "<p>[来源：<a href='/x'>示例晚报</a>]</p><p>【作者：张小山】【责任编辑：李曦_NN2587 王小五】</p>"
    assert read(page(after=after)) == ("示例晚报", ["张小山"], ["李曦", "王小五"])


def test_a_manuscript_source_behind_the_story_outweighs_a_name_beside_the_date():
    document = page(byline="<p>2012/1/17 17:23:10 红网</p>", after="<p>[稿源：红网-示例晨报]</p>")
    assert read(document)[0] == "红网-示例晨报"


def test_the_paper_a_story_was_printed_in_is_credited_where_nothing_else_is():
    printed = "<p>《 南岭日报 》（ 2024年05月20日 05 版）</p>"
    assert read(page(byline=printed))[0] == "南岭日报"
    assert read(page(closing=printed))[0] == "南岭日报"
    assert read(page(byline="<p>2024-05-20 来源：示例网</p>", closing=printed))[0] == "示例网"


def test_a_source_credited_beside_the_editor_outweighs_the_sites_name_beside_the_date():
    byline, credit = "<p>2012-05-22 07:05 示例网</p>", "来源：都市晚报 作者：记者 张小山 编辑：朱小艳"
    after = f"<div class='end'>{credit}</div>"
    assert read(page(byline=byline, after=after)) == ("都市晚报", ["张小山"], ["朱小艳"])


def test_an_accounts_own_trailer_does_not_outweigh_the_account():
    document = page(byline="<p>2019-05-17 · 城市报道</p>", closing="<p>来源：无锡交警</p>")
    assert read(document)[0] == "城市报道"


@pytest.mark.parametrize(("card", "found"), [("山野纪事", "山野纪事"), ("张小山", None), ("", None)])
def test_an_account_that_a_card_shows_beside_the_story_is_the_one_the_page_names(card, found):
    above = f"<div class=user-info><h4><a href='/u/1'>{card}</a></h4><span>131</span>文章</div>"
    head = f"<meta name=mediaid content='{card or '山野纪事'}'>"
    assert read(page(head=head, above=above, byline="<p>2024-05-20 10:07</p>"))[0] == found


def test_reads_the_dateline_and_the_byline_together():
    opening = "<p>本报讯（记者叶婉）五月的清晨，镇上的集市早早热闹起来，来自各村的农户把新鲜的蔬菜摆上摊位。</p>"
    assert read(page(byline="<p>通讯员：王小五</p>", opening=opening))[1] == ["王小五", "叶婉"]


def test_an_outlets_reporter_is_author_below_a_line_that_credits():
    desk = "<p>云溪县融媒体中心 项小琦</p>"
    assert read(page(byline="<p>2024-05-20</p>", opening=f"<p>通讯员 张小山</p>{desk}"))[1] == ["张小山", "项小琦"]
    assert read(page(byline="<p>2024-05-20</p>", opening=f"<p>集市的早晨</p>{desk}"))[1] == []


def test_who_reported_is_author_though_editor_as_well():
    opening = "<p>本报讯（记者张小山）五月的清晨，镇上的集市早早热闹起来，来自各村的农户把新鲜的蔬菜摆上摊位。</p>"
    editor = "<p>编辑：张小山</p>"
    reported = page(byline="<p>作者：李四光</p>", opening=opening, after=editor)
    assert read(reported)[1:] == (["李四光", "张小山"], ["张小山"])
    filled_in = page(byline="<p>作者：张小山</p>", closing="<p>（通讯员 李四光）</p>", after=editor)
    assert read(filled_in)[1:] == (["李四光"], ["张小山"])


def test_an_interviews_questions_credit_nobody():
    opening = "<p>记者：是吗？</p><p>张小山：是的，今年的收成比去年好得多，大家都很高兴，都愿意多种一些。</p>"
    assert read(page(opening=opening))[1] == []


def test_an_outlet_that_only_metas_name_is_not_credited():
    head = '<meta name="ContentSource" content="市发展改革委">'
    assert read(page(head=head, byline="<p>2023-11-22</p>"))[0] is None
    assert read(page(head=head, byline="<p>2023-11-22 来源：省发展改革委</p>"))[0] == "省发展改革委"


def test_scripts_name_the_source_only_where_they_agree():
    one = '<script>var DATA = {"media": "山里人家", "id": 1}</script>'
    many = '<script>var list = [{"source": "甲日报"}, {"source": "乙日报"}]</script>'
    assert read(page(head=one))[0] == "山里人家"
    assert read(page(head=many))[0] is None


def test_a_wechat_page_names_account_and_author():
    head = (
        "<meta name='author' content='周小纯'><script>var nickname = \"示例公众号\"; var ct = \"1716193501\";</script>"
    )
    assert read(page(head=head)) == ("示例公众号", ["周小纯"], [])


def test_other_articles_bylines_are_not_this_ones():
    listed = "".join(f"<li><a href='/{n}'>各村修路工程进展顺利第{n}期</a></li>" for n in range(5))
    assert read(page(after=f"<ul>{listed}</ul><p>作者：裴小钰</p><p>来源：别家日报</p>")) == (None, [], [])


def test_the_clock_over_a_page_is_no_outlet():
    clock = "<p>当前时间：</p>"
    assert read(page(above=clock, byline="<p>发布时间：2024-05-20 新闻来源： 字号：大 中 小</p>")) == (None, [], [])
    assert read(page(above="<p>云溪日报</p>", byline="<p>2024-05-20</p>"))[0] is None
    assert read(page(above="<p>云溪日报 2024-05-20</p>"))[0] == "云溪日报"


def test_an_editor_signs_alone_in_brackets_under_the_story():
    document = page(byline="<p>2024-05-20 16:25 来源：南岭日报</p>", closing="<p>（张小山 编辑）</p>")
    assert read(document) == ("南岭日报", [], ["张小山"])


def test_a_signature_that_the_storys_edge_cuts_off_is_read():
    assert read(page(after="<div>（总台记者 张小山 李四光）</div>"))[1] == ["张小山", "李四光"]
    assert read(page(after="<div>（云溪 大集）</div>"))[1] == []


def test_an_editor_may_stand_behind_other_articles_but_not_behind_another_byline():
    listed = "".join(f"<li><a href='/{n}'>各村修路工程进展顺利第{n}期</a></li>" for n in range(6))
    assert read(page(after=f"<ul>{listed}</ul><p>责任编辑：张小山</p>"))[2] == ["张小山"]
    other = f"<ul>{listed}</ul><p>2024-05-20 16:25 别家日报</p><p>责任编辑：裴小钰</p>"
    assert read(page(after=other))[2] == []


def test_an_editor_behind_another_article_is_the_pages_but_not_one_within_it():
    other = "<h2>另一篇文章的标题在这里</h2><p>2024-05-21 来源：云岭晚报</p>" + "".join(STORY)
    credit = "<p>责任编辑：周丽萍</p>"
    assert read(page(after=f"<div>{other}</div>{credit}"))[2] == ["周丽萍"]
    assert read(page(after=f"<div>{other}{credit}</div>"))[2] == []


def test_a_source_next_to_the_editors_lines_outweighs_an_account():
    byline = "<p class='author-name'>山里人家</p><p>2024-05-20 16:25</p>"
    after = "<p>责编：张小山</p><p>一审：李四光</p><p>来源：都市晚报</p>"
    assert read(page(byline=byline, after=after))[0] == "都市晚报"
    assert read(page(byline=byline, after="<p>来源：都市晚报</p>"))[0] == "山里人家"


def test_text_areas_that_a_script_reads_name_source_and_editor():
    fields = (
        "<textarea class='article-source-name'>南岭日报</textarea>"
        "<textarea class='article-editor-name'>责编：李四光</textarea><textarea class='item-source'>别家日报</textarea>"
    )
    assert read(page(after=fields)) == ("南岭日报", [], ["李四光"])


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("安阳", "安阳"),  # a town; it reads like a name of two characters
        ("高青", "高青"),
        ("石塘镇", "石塘镇"),  # towns and districts publish on their county's site
        ("安源区", "安源区"),
        ("文化馆", "文化馆"),
        ("金融界", "金融界"),
        ("王小明", None),
        ("王小明报", "王小明报"),
        ("新华社", "新华社"),
        ("报", None),
        ("《清溪日报》", "清溪日报"),
        ("清溪日报。周刊", None),
    ],
)
def test_a_persons_name_of_three_characters_is_no_outlet(name, outlet):
    assert clean_source(name) == outlet
