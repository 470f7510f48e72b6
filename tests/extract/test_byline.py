"""Bylines and credits as lines, and the labelled values in them."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.language.byline import is_byline, is_credit, tokens
from newscrawl.extract.language.labels import TABLE, labelled, run_together
from newscrawl.extract.language.plain import plain


@pytest.mark.parametrize(
    "line",
    [
        "日期: 来源:上海松江收集编辑:上海松江",
        "2024-05-20 16:25:01 来源：新华网 编辑：张三",
        "2024年05月20日08:59 | 来源：人民网－人民日报 小字号",
        "http://www.example.cn 2012-01-17 21:06",
        "2012年01月12日 10:50 來源：新華網 【字號 大 中 小】【留言】【打印】",
        "信息来源：市生态环境局 发布时间：2023年11月22日 09时53分 浏览量：123次",
        "文/栗思",
        "执笔/叨叨姐、胡一刀&李小飞刀",
        "2012-6-24",
        "2024-05-20 14:33 · 山里人家",
        "来源： 作者： 发布时间：2023-01-01",
        "（县水利局供稿）",
    ],
)
def test_a_line_of_who_when_and_where_from_is_a_byline(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2012年6月24日",
        "分享到：",
        "记者从会上获悉：今年产量增加两成",
        "评论员：再驳“集市无用论”",
        "5月20日，集市开张。2024-05-20 之前报名",
        "图片来源：新华社",
        "核心提示：五月的清晨，镇上的集市早早热闹起来",
        "2024年5月20日，镇里召开大会，部署今年的重点工作",
        "新京报记者 陆一夫",
        "他常给县水利局供稿",
    ],
)
def test_other_lines_are_none(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：李曦_NN2587",
        "编辑 刘晓阳 校对 李铭",
        "（责编：牛镛、岳弘彬）",
        "编辑/倪家宁",
        "来源：无锡交警",
        "【编辑:姚昊】",
        "《 示例日报 》（ 2024年05月10日 04 版）",
        "校对 陶善工",
        "（校对 高新宇　编辑 戴纺）",
        "（示例新闻编辑刘颖）",
        "策划统筹：张胜波",
    ],
)
def test_editors_and_sources_under_the_story_are_credits(line):
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "（记者 张三）",
        "文/栗思",
        "作者：张三",
        "编辑这本书花了三年。",
        "校对了三遍",
        "（编辑部供图）",
        "他说：“来源于生活。”",
    ],
)
def test_a_closing_author_line_is_part_of_the_story(line):
    assert not is_credit(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("日期: 来源:上海松江收集编辑:上海松江", [("published", ""), ("source", "上海松江"), ("editor", "上海松江")]),
        ("【来源：示例日报】", [("source", "示例日报")]),
        ("作者：张三丨来源：新华网丨编辑：李四", [("author", "张三"), ("source", "新华网"), ("editor", "李四")]),
        ("作者： 来源： 国际在线 编辑： 陈国立", [("author", ""), ("source", "国际在线"), ("editor", "陈国立")]),
        ("文丨本报记者 张三　图丨李四", [("author", "本报记者 张三"), ("story", "李四")]),
        ("责 任 编 辑：张三", [("editor", "张三")]),
        ("来源： 发文机构： 云溪县政府办", [("source", ""), ("other", "云溪县政府办")]),
        ("归档时间：2024-05-21 来源：示例日报", [("occasion", "2024-05-21"), ("source", "示例日报")]),
        ("来　源：示例日报 作　者：张三", [("source", "示例日报"), ("author", "张三")]),
        ("资料来源：海外网", [("story", "海外网")]),
    ],
)
def test_reads_labels_in_any_order(line, expected):
    assert [(value.kind, value.value) for value in labelled(line)] == expected


def test_a_value_ends_with_its_text_node():
    values = labelled(run_together(["来源：", "新华社", "我要评论", "2024-05-20"]))
    assert [value.value for value in values] == ["新华社"]
    people = labelled(run_together(["作者：", "张小山", "李四光", "点击收藏"]))
    assert [value.value for value in people] == ["张小山 李四光"]


def test_a_label_in_a_text_node_of_its_own_needs_no_colon():
    assert [value.value for value in labelled(run_together(["来源", "新华社"]))] == ["新华社"]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["2019-09-05 11:10 游民星空[整理]"], [("other", "游民星空[整理]")]),
        (["金融市场", "棱镜", "2019-09-23 07:48"], [("other", "金融市场"), ("other", "棱镜")]),
        (["我要评论", "汇通网", "2012-1-17 21:10:00", "(0人参与)"], [("outlet", "汇通网")]),
        (["2024-05-20", "来源：新华社"], [("source", "新华社")]),
        (["南岭日报记者 张小山 2024-05-20"], [("outlet", "南岭日报"), ("person", "张小山")]),
        (
            ["聯合報／記者張小豐／台北即時報導"],
            [("outlet", "聯合報"), ("person", "張小豐"), ("filler", "台北即時報導")],
        ),
        (["南岭日报记者 张小山/文 李四光/图 2024-05-20"], [("outlet", "南岭日报"), ("person", "张小山")]),
        (["Li Xiaoshan", "2024/05/20"], [("person", "Li Xiaoshan")]),
        (["2024-05-20 16:25 | 云溪日报 | 责编：高远"], [("outlet", "云溪日报"), ("editor", "高远")]),
    ],
)
def test_each_part_of_a_byline_is_one_token(pieces, expected):
    found = tokens(run_together(pieces))
    assert [(token.kind, token.text) for token in found if token.kind != "date"] == expected


def test_a_time_behind_which_it_says_updated_is_no_publication():
    kinds = [token.kind for token in tokens("2024-05-20 16:25 发布　2024-05-21 09:00 更新")]
    assert kinds == ["date", "updated"]
    assert [token.kind for token in tokens("发布 2024-05-20 16:25 更新 2024-05-21 09:00")] == ["published", "updated"]


@pytest.mark.parametrize("line", ["2024-05-21 09:00 更新", "最后修改于 2024-05-21 09:00", "Updated: 2024-05-21 16:25"])
def test_a_time_of_update_is_told_from_a_date(line):
    assert {token.kind for token in tokens(line)} == {"updated"}


@pytest.mark.parametrize(
    "headline",
    [
        "2024年5月20日云溪天气预报",
        "1998年6月1日：那场洪水",
        "2024年6月1日起，云溪公交恢复原价",
        "云溪新闻联播2024-05-19",
    ],
)
def test_a_headline_with_a_date_is_no_byline(headline):
    assert not is_byline(headline)


@pytest.mark.parametrize("line", ["2024年5月20日 云溪日报", "2024.5.20 16:25云溪日报", "云溪日报2024-05-20"])
def test_an_outlet_beside_a_date_is_one(line):
    assert is_byline(line)


@pytest.mark.parametrize("row", TABLE["label"], ids=lambda row: f"{row['kind']}-{row['where'][0]}")
def test_each_row_of_labels_reads_its_example_and_not_its_counter_example(row):
    assert row["kind"] in {value.kind for value in labelled(row["example"])}
    assert row["kind"] not in {value.kind for value in labelled(row["counter"])}


@pytest.mark.parametrize("row", TABLE["word"], ids=lambda row: row["kind"])
def test_each_row_of_words_knows_its_example_and_not_its_counter_example(row):
    known = re.compile(rf"(?:{'|'.join(row['words'])}|\s)*")
    ends = re.compile(rf".*(?:{'|'.join(row['words'])})$")
    pattern = ends if row["kind"] == "outlet" else known
    assert pattern.fullmatch(plain(row["example"]))
    assert not pattern.fullmatch(plain(row["counter"]))
