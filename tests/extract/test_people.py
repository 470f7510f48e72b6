"""Names of persons, and the lines that credit them."""

from __future__ import annotations

import pytest

from newscrawl.extract.language.names import is_name, run_together
from newscrawl.extract.language.signing import in_dateline, in_line, in_signature, names


@pytest.mark.parametrize("name", ["张三", "欧阳修文", "范姜佳鈺", "文静", "阿不都·热合曼", "黃國金"])
def test_a_surname_and_one_or_two_characters_are_a_name(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "text", ["", "张", "新华社", "金羊网", "高新区委", "我们", "今天", "张三丰李四", "方正公司", "关注", "时间", "广告"]
)
def test_other_words_are_none(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("张三", ["张三"]),
        ("张三、李四", ["张三", "李四"]),
        ("张小山 李四光", ["张小山", "李四光"]),
        ("王乐文 方 敏", ["王乐文", "方敏"]),
        ("化成雨_NBJ11143", ["化成雨"]),
        ("杨倩_NF4425", ["杨倩"]),
        ("新京报记者 张三 通讯员 李四", ["张三", "李四"]),
        ("本报记者张三、李四，见习记者王五", ["张三", "李四", "王五"]),
        ("谭飞王艳明闫鹃", ["谭飞", "王艳明", "闫鹃"]),
        ("方敏北京大学经济学院教授", ["方敏"]),
        ("李兆清 江蘇南通 職員", ["李兆清"]),
        ("叨叨姐、胡一刀&李小飞刀", ["叨叨姐", "胡一刀", "李小飞刀"]),
        ("张三 摄影 李四", ["张三"]),
        ("张三 文/图", ["张三"]),
        ("记者 张三 文/摄", ["张三"]),
        ("Demi Xia", ["Demi Xia"]),
        ("陳鈞凱／台北報導", ["陳鈞凱"]),
        ("陳鈞凱台北20日電", ["陳鈞凱"]),
        ("张小山综合报道", ["张小山"]),
    ],
)
def test_reads_the_persons_of_a_credit(credit, expected):
    assert names(credit) == expected


@pytest.mark.parametrize(
    "credit",
    ["", "网络整理", "本网综合", "佚名", "未知", "新华社", "示例日报编辑部", "李四 摄", "《财经》综合报道", "admin"],
)
def test_organisations_and_photographers_are_no_authors(credit):
    assert names(credit) == []


@pytest.mark.parametrize("credit", ["扎西顿珠", "乌云其木格、古丽娜尔", "买买提·艾力", "扎西顿珠 张小山"])
def test_behind_a_word_that_says_so_names_of_all_peoples_are_read(credit):
    assert names(credit, strict=True, told=True) == credit.replace("、", " ").split()


@pytest.mark.parametrize("said", ["是吗", "今年的收成怎么样", "云溪日报", "综合", "手记"])
def test_what_is_said_behind_such_a_word_is_no_name(said):
    assert names(said, strict=True, told=True) == []


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("新华社乌鲁木齐5月9日电（记者邹伟）近日", ["邹伟"]),
        ("本报讯（记者叶婉 通讯员 王小五）近日", ["叶婉", "王小五"]),
        ("本报讯 （张小山 李四光）近日", ["张小山", "李四光"]),
        ("示例网讯 实习生 吴小丽 、记者 喻小亮 报道：近日", ["吴小丽", "喻小亮"]),
        ("示例日报·示例客户端5月20日讯（全媒体记者 张三 通讯员 李四）今天", ["张三", "李四"]),
        ("（记者 张小山）近日", ["张小山"]),
        ("本报讯 示例晚报、示例客户端记者张小山报道 5月16日凌晨", ["张小山"]),
        ("外媒消息人士告诉本台记者王小五，近日", []),
        ("南岭网讯 记者张小山从县农业局获悉，", ["张小山"]),
        ("5月20日，南岭日报记者张小山、李四光在山乡看到，", ["张小山", "李四光"]),
        ("5月20日，记者在山乡看到，", []),
        ("记者张小山在内的三人获奖，", []),
        ("南岭社前记者张小山说，", []),
        ("晨岭记者张小山 通讯员李四光报道 近日", ["张小山", "李四光"]),
        ("【大公报记者张小山南岭二十日电】今天", ["张小山"]),
        ("【岭财网】（记者 张小山）近日", ["张小山"]),
        ("【岭财网】（图）近日", []),
        ("〔記者張小豐／台北報導〕今天", ["張小豐"]),
        ("（中央社記者林可心雲溪20日電）今天", ["林可心"]),
        ("【大公报记者张小山云溪报道】今天", ["张小山"]),
        ("新华社拉萨5月20日电（记者扎西顿珠、张小山）近日", ["扎西顿珠", "张小山"]),
        ("（文中老李为化名）", []),
        ("新华社北京11月17日电 记者17日从国家卫生健康委获悉，近阶段", []),
        ("本报讯 记者从会上获悉，今年的产量", []),
        ("他说（见图），电视机卖得好（张三语）。", []),
    ],
)
def test_reads_datelines(start, expected):
    assert in_dateline(start) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("新京报记者 陆一夫", ["陆一夫"]),
        ("新华社记者邹多为、唐诗凝、丁乐", ["邹多为", "唐诗凝", "丁乐"]),
        ("《棱镜》作者 周纯", ["周纯"]),
        ("【文/专栏作者 王文】", ["王文"]),
        ("□ 本报记者 张小山 通讯员 李四光", ["张小山", "李四光"]),
        ("示例晚报/示例新闻记者 张小山 李四光", ["张小山", "李四光"]),
        ("示例网 示例APP记者 张小山 李四光", ["张小山", "李四光"]),
        ("华西都市报-封面新闻记者 张小山 摄影报道", ["张小山"]),
        ("張小山/文 李四光/图", ["張小山"]),
        ("张小山｜文", ["张小山"]),
        ("娛樂中心／張小豐報導", ["張小豐"]),
        ("國際中心／綜合報導", []),
        ("金炯九 记者", ["金炯九"]),
        ("古德伦·塞勒（Gudrun Sailer）", ["古德伦·塞勒"]),
        ("云溪·晨光（Morning）咖啡馆", []),
        ("新华社记者 李梦馨 摄", []),
        ("新京报 记者 张小山 编辑 李四光 校对 王五", ["张小山"]),
        ("图片来自网络", []),
        ("经济日报评论员", []),
        ("新华社记者", []),
        ("新华社记者 尼玛", ["尼玛"]),
        ("新华社记者 手记", []),
    ],
)
def test_reads_lines_that_credit_and_say_nothing_else(line, expected):
    assert in_line(line) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("共建清朗网络空间。(文/图 刘玺东 易赛楠)", ["刘玺东", "易赛楠"]),
        ("（張小山）", ["張小山"]),
        ("走向餐桌。（张巨峰 李 四）", ["张巨峰", "李四"]),
        ("（通讯员 张小山 记者 李四 文/图）", ["张小山", "李四"]),
        ("（南岭县委宣传部 张小山 李四光）", ["张小山", "李四光"]),
        ("（评论员 罗博 萧海川）", ["罗博", "萧海川"]),
        ("（作者系某大学农学院教授）", []),
        ("（张三 摄）", []),
        ("（德清县发改局）", []),
        ("（完）", []),
    ],
)
def test_reads_signatures(end, expected):
    assert in_signature(end) == expected


def test_a_bare_signature_can_be_refused():
    assert in_signature("在工地上（张巨峰）", bare=False) == []
    assert in_signature("走向餐桌。（记者 张巨峰）", bare=False) == ["张巨峰"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三李四", ["张三", "李四"]),
        ("王小明李大伟", ["王小明", "李大伟"]),
        ("李大伟王小明张三丰", ["李大伟", "王小明", "张三丰"]),
        ("王小李张三", []),  # 王小 and 李张三, or 王小李 and 张三
        ("张三", []),
        ("市委宣传部", []),
    ],
)
def test_names_without_a_separator_are_split_where_one_way_is_likelier(text, expected):
    assert run_together(text) == expected
