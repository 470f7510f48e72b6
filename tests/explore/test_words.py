"""The language of the pages: how it is chosen, that every text has an English form, and how times are written."""

from __future__ import annotations

import ast
import asyncio
import re
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="needs `make analysis`")

import newscrawl.explore
from newscrawl.explore import words
from newscrawl.explore.application import explorer
from newscrawl.explore.words import Words, english
from newscrawl.health.verdict import Verdict

EXPLORE = Path(newscrawl.explore.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "zh-CN"),
        ({"Accept-Language": "en-US,en;q=0.9"}, "", "en"),
        ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "", "zh-CN"),
        ({"Accept-Language": "en;q=0.5, zh;q=0.9"}, "", "zh-CN"),
        ({"Accept-Language": "fr,de;q=0.7"}, "", "zh-CN"),
        ({"Accept-Language": "en;q=0, x;q=y"}, "", "zh-CN"),
        ({"Accept-Language": "zh"}, "?lang=en", "en"),
        ({"Accept-Language": "zh", "Cookie": "newscrawl_lang=en"}, "", "en"),
        ({"Accept-Language": "en", "Cookie": "newscrawl_lang=zh"}, "", "zh-CN"),
        ({"Cookie": "newscrawl_lang=<b>"}, "?lang=xx", "zh-CN"),
    ],
)
def test_the_reader_chooses_the_language(ask, headers, query, language):
    answer = ask(f"/{query}", headers=headers)
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    assert ("set-cookie" in answer.headers) == (query == "?lang=en")


def test_a_setting_outweighs_the_browser_and_a_reader_outweighs_the_setting(archive):
    explored = explorer(archive, "en")

    async def asked(path: str) -> str:
        await explored.invoke_startup()
        return (await explored.client.get(path, headers={"Accept-Language": "zh"})).headers["content-language"]

    assert asyncio.run(asked("/")) == "en"
    assert asyncio.run(asked("/?lang=zh")) == "zh-CN"
    explored.get_database("archive").close()
    explored.executor.shutdown()


def test_a_switch_leads_to_the_same_page(ask):
    page = ask("/search?q=昆明&region=上海&lang=en").text
    assert (
        'href="?q=%E6%98%86%E6%98%8E&amp;region=%E4%B8%8A%E6%B5%B7&amp;lang=zh" rel="nofollow" hreflang="zh-CN"' in page
    )


def test_datasettes_own_pages_are_in_english_throughout(ask):
    page = ask("/archive").text
    assert '<html lang="en">' in page
    assert not HAN.search(re.sub("<script.*?</script>", "", page, flags=re.DOTALL))


def test_a_readers_mistake_is_told_in_the_readers_language(ask):
    assert "Datasette 不能回答这个请求" in ask("/archive/no_such_table").text
    assert "Table not found" in ask("/archive/no_such_table", headers={"Accept-Language": "en"}).text
    assert ask("/archive/no_such_table.json").json()["ok"] is False


# Chinese in the modules that no English reader is shown: what the archive's evidence is called, and parts of words.
OTHERS = {*words._EVIDENCE.values(), "年", "一", "〔图〕", "〔图："}


def chinese_of(file: Path) -> set[str]:
    """The Chinese texts of a module but for its docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {
        node.body[0].value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node)
    }
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts - docstrings if HAN.search(text)}


def test_every_text_of_the_pages_has_its_english_and_no_other_has():
    used = {"一日", "一周", "一月", "：", "；"}
    for file in EXPLORE.glob("templates/*.html"):
        text = file.read_text("utf-8")
        used |= set(re.findall(r'\bt\("([^"]+)"', text))
        bare = re.sub(r"{[{%#].*?[}%#]}|placeholder=\"[^\"{]*\"|中文", "", text, flags=re.DOTALL)
        assert not HAN.search(bare), f"{file.name} has Chinese text without t()"
    for file in EXPLORE.rglob("*.py"):
        used |= chinese_of(file) - OTHERS
    assert used == english().keys()
    assert [text for text in english().values() if HAN.search(text) and not re.search("标题|财政", text)] == []


def test_every_verdict_has_a_name():
    assert {str(verdict) for verdict in Verdict} == words.VERDICTS.keys()


@pytest.mark.parametrize(
    ("text", "chinese", "told"),
    [
        ("2026-03-01T15:30+08:00", "2026年3月1日 15:30", "1 March 2026, 15:30"),
        ("2026-03-01T15:30:00+08:00", "2026年3月1日 15:30", "1 March 2026, 15:30"),
        ("2026-03-01", "2026年3月1日", "1 March 2026"),
        ("2026-03-01T00:00:00+08:00", "2026年3月1日", "1 March 2026"),
        ("2026-03", "2026年3月", "March 2026"),
        (None, "日期不详", "date unknown"),
        ("昨天", "昨天", "昨天"),
    ],
)
def test_a_publication_is_written_as_exactly_as_it_is_known(text, chinese, told):
    assert (Words("zh").published(text), Words("en").published(text)) == (chinese, told)


def test_a_time_of_the_crawl_is_beijing_time():
    assert Words("zh").moment("2026-02-28T16:05:00.000000Z") == "2026年3月1日 00:05"
    gone = "HTTP 404; first missed 2026-02-28T16:05:00.000000Z"
    assert Words("zh").evidence(gone) == "HTTP 404；2026年3月1日 00:05 首次不见"
    assert Words("en").evidence(gone) == "HTTP 404; first missed 1 March 2026, 00:05"
