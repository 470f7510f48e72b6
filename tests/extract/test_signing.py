"""The grammar of signatures: the same persons in brackets, at the head of a story and on a line of their own."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.language.names import ROLES
from newscrawl.extract.language.phrases import signed
from newscrawl.extract.language.plain import plain
from newscrawl.extract.language.signing import in_dateline, in_line, in_signature, names

A, AB, ABC = ["张建国"], ["张建国", "李明"], ["张建国", "李明", "王晓燕"]
END = "让山里的群众长久喝上放心水。"

SIGNED = [
    ("记者 张建国", A),
    ("本报记者张建国 通讯员李明 王晓燕", ABC),
    ("记者张建国、李明、王晓燕参与采写", ABC),
    ("参与采写：张建国、李明", AB),
    ("张建国 摄影报道", A),
    ("文/张建国 图/李明", A),
    ("文·张建国 图·李明", A),
    ("记者 ∣ 张建国", A),
    ("记者买买提·艾力", ["买买提·艾力"]),
    ("通讯员 额尔敦巴图", ["额尔敦巴图"]),
    ("张建国/文 李明/图", A),
    ("张建国 文 李明 图", A),
    ("张建国文 李明图", A),
    ("张建国 文/摄", A),
    ("记者/张建国 通讯员/李明", AB),
    ("记者｜张建国", A),
    ("记者 张建国 编辑 李明", A),
    ("记者 张建国 来源：云溪日报", A),
    ("作者：张建国，系云溪大学教授", A),
    ("本文作者为云溪大学教授张建国", A),
    ("记者阿依努尔 张建国", ["阿依努尔", "张建国"]),
    ("记者陈智 整合", ["陈智"]),
    ("监制/王芳 策划/刘强 记者/李明", ["李明"]),
    ("执笔人：张建国、李明", AB),
    ("云溪县融媒体中心记者 张建国 李明", AB),
    ("张伟李娜王芳刘强 供稿", ["张伟", "李娜", "王芳", "刘强"]),
    ("李明 撰稿", ["李明"]),
    ("云溪广播电台李明报道", ["李明"]),
    ("文/大山", ["大山"]),
    ("石榴云/云溪日报记者 张建国", A),
]
NOBODY = [
    "张建国 摄",
    "图片由张建国提供",
    "编译：张建国",
    "张建国整理",
    "责任编辑：王晓燕",
    "记者 手记",
    "记者从县水务局获悉",
    "通讯员队伍建设",
    "作者系云溪大学教授",
    "据新华社",
    "文/本报综合",
    "云溪电视台连续报道",
    "云溪 记者",
    "陈某",
    "文中人物均为化名",
    "实习生李晓云对此文亦有贡献",
    "2024年5月20日",
]


@pytest.mark.parametrize(("phrase", "persons"), SIGNED)
def test_a_phrase_signs_in_brackets_and_alone(phrase, persons):
    assert in_signature(f"{END}（{phrase}）", bare=False) == persons
    assert in_line(phrase) == persons


@pytest.mark.parametrize("phrase", NOBODY)
def test_a_phrase_that_says_something_else_signs_nowhere(phrase):
    assert in_signature(f"{END}（{phrase}）") == []
    assert in_line(phrase) == []


@pytest.mark.parametrize(
    ("head", "persons"),
    [
        ("本报云溪5月6日讯 记者张建国报道：", A),
        ("【云溪网讯】（记者 张建国）", A),
        ("大众网记者 张建国 通讯员 李明 云溪报道　", AB),
        ("中国青年报客户端讯（中青报·中青网记者 张建国）", A),
        ("中新网北京5月6日电 (张建国)", A),
        ("本报讯（张建国 记者李明）", AB),
        ("据路透社报道，", []),
        ("记者：张老师，", []),
        ("（一）", []),
        ("记者 ", []),
        ("通讯录显示，张建国、李明", []),
        ("据当地媒体报道，张建国、", []),
    ],
)
def test_a_dateline_names_its_reporters(head, persons):
    assert in_dateline(f"{head}今年以来，当地改造管网一百二十公里。") == persons


@pytest.mark.parametrize(
    ("end", "persons"),
    [
        ("安全水。记者 张建国", A),
        ("安全水。文/张建国", A),
        ("安全水。　张建国", A),
        ("我希望多陪陪家人”。——张建国", []),
        ("这就是我们的张建国", []),
        ("（记者张建国、李明、王□础⒑钗", AB),
    ],
)
def test_an_open_end_signs_where_a_sentence_is_over(end, persons):
    assert in_signature(end) == persons


def test_a_bare_name_is_told_by_nothing():
    assert signed("张建国") == (("张建国",), False, False, False, False)
    assert signed("记者 张建国").told


@pytest.mark.parametrize(
    "role",
    [
        "记者",
        "通讯员",
        "特约评论员",
        "特约撰稿人",
        "撰述",
        "报道员",
        "特派员",
        "实习生",
        "作者",
        "执笔人",
        "采访人",
        "供稿",
        "撰文",
        "文字",
        "采写",
        "文图",
    ],
)
def test_a_line_is_read_for_each_role_that_writes(role):
    assert in_line(f"{role} 张建国") == A
    assert in_line(f"{role}：今年以来") == []


@pytest.mark.parametrize("row", ROLES, ids=lambda row: row["words"][0][:12])
def test_each_role_reads_its_example_and_not_its_counter(row):
    words = re.compile("|".join(row["words"]))
    assert any(words.fullmatch(part) for part in re.split(r"\s", plain(row["example"])))
    assert not any(words.fullmatch(part) for part in re.split(r"\s", plain(row["counter"])))


@pytest.mark.parametrize("row", [row for row in ROLES if row["did"] == "writing"], ids=lambda row: row["example"])
def test_a_line_that_says_who_wrote_is_not_passed_over_unread(row):
    assert signed(row["example"]).told
    assert in_line(row["example"])


@pytest.mark.parametrize(
    ("value", "persons"),
    [
        ("乌云其木格 通讯员 额尔敦巴图", ["乌云其木格", "额尔敦巴图"]),
        ("云溪 记者 张建国", A),
        ("云溪融媒体中心 记者 张建国", A),
    ],
)
def test_a_name_without_a_surname_may_stand_before_a_word_for_reporters(value, persons):
    assert names(value, told=True) == persons
