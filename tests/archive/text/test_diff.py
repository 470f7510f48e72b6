from __future__ import annotations

from newscrawl.archive import diff, render


def test_equal_texts_have_no_changes():
    assert diff("一\n二", "一\n二") == [(" ", "一"), (" ", "二")]
    assert render(diff("一\n二", "一\n二")) == ""


def test_changed_characters_are_marked_within_their_paragraph():
    changes = diff("开头。\n共有三十人到场。\n结尾。", "开头。\n共有五十多人到场。\n结尾。")
    assert changes == [(" ", "开头。"), ("~", "共有[-三-]{+五+}十{+多+}人到场。"), (" ", "结尾。")]
    assert render(changes) == "~ 共有[-三-]{+五+}十{+多+}人到场。"
    assert render(changes, context=1) == "  开头。\n~ 共有[-三-]{+五+}十{+多+}人到场。\n  结尾。"


def test_paragraphs_come_and_go_whole():
    assert diff("甲段文字。\n乙段内容。", "甲段文字。") == [(" ", "甲段文字。"), ("-", "乙段内容。")]
    assert diff("", "新段。") == [("+", "新段。")]
    assert diff("旧。", "") == [("-", "旧。")]


def test_paragraphs_too_unlike_are_not_mixed():
    assert diff("春季造林今日启动。", "股市收盘报告出炉！") == [
        ("-", "春季造林今日启动。"),
        ("+", "股市收盘报告出炉！"),
    ]


def test_the_new_text_can_be_read_from_a_diff():
    old, new = "一段。\n二段在此。\n三段。", "零段。\n一段。\n二段在彼。"
    kept = [line for tag, line in diff(old, new) if tag in " +"]
    changed = [line for tag, line in diff(old, new) if tag == "~"]
    assert [*kept, *changed] == ["零段。", "一段。", "二段在[-此-]{+彼+}。"]


def test_a_monotonous_paragraph_is_shown_whole_instead_of_compared_for_minutes():
    old, new = "市财政局今日公布预算。" * 300, "市财政局昨日公布预算。" * 300
    assert diff(old, new) == [("-", old), ("+", new)]


def test_a_paragraph_left_out_does_not_part_those_behind_it():
    old = "大桥昨天上午通车。\n（记者摄）\n全长一千二百米，双向四车道。\n总投资五亿元。"
    new = "大桥今天上午通车。\n全长一千三百米，双向四车道。\n总投资六亿元。"
    assert diff(old, new) == [
        ("~", "大桥[-昨-]{+今+}天上午通车。"),
        ("-", "（记者摄）"),
        ("~", "全长一千[-二-]{+三+}百米，双向四车道。"),
        ("~", "总投资[-五-]{+六+}亿元。"),
    ]
