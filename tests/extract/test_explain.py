"""`newscrawl extract`: the JSON of a page or a corpus, and why each field is what it is."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from newscrawl.cli.developer.extract import extract
from newscrawl.errors import NewscrawlError
from newscrawl.extract.loader import FIELDS
from tests.extract.own_pages import FOLDER, own_pages


def run(*arguments, **options):
    return CliRunner().invoke(extract, [str(argument) for argument in arguments], catch_exceptions=False, **options)


def explained(name: str) -> dict[str, str]:
    """The blocks of `--explain`, by their field; the first, of the page as a whole, by ""."""
    output = run(FOLDER / f"{name}.html", "--url", own_pages()[name].url, "--explain").output
    first, *blocks = output.split("\n\n")
    return {"": first} | {block.partition("\n")[0]: block.partition("\n")[2] for block in blocks}


def test_each_field_names_the_finder_that_won():
    blocks = explained("two_dates")
    assert blocks.keys() == {"", *FIELDS}
    assert re.search(r"^  = headline\.headline: 地铁四号线北延段今起空载试运行$", blocks["title"], re.MULTILINE)
    assert all(block.count("\n  = ") + block.startswith("  = ") <= 1 for block in blocks.values())


def test_what_the_others_propose_is_shown_too():
    lines = explained("government_metas")["channel"].splitlines()
    assert [line for line in lines if line.startswith("  = ") and line.endswith("首页; 政务动态; 部门动态")]
    assert [line for line in lines if line.startswith("    meta ") and line.endswith(": 部门动态")]


def test_headlines_are_shown_with_their_weight():
    weighed = re.findall(r"shown, +([\d.-]+) +(.*)", explained("second_part")["title"])
    assert weighed[0][1] == "走读乌篷江：从源头到入海口"
    assert [float(weight) for weight, _ in weighed] == sorted((float(weight) for weight, _ in weighed), reverse=True)
    assert "claimed" in explained("second_part")["title"]


def test_dates_are_shown_with_their_place():
    block = explained("account_page")["published"]
    assert re.search(r"shown, weight \d: 2024-05-02T08:15\b", block)
    assert re.search(r"meta, JSON-LD, field: 2024-05-02T08:15:33", block)
    assert re.search(r"update: 2024-05-03T21:00:10", block)


def test_a_page_that_is_no_article_says_why():
    assert "kind     no article: list" in explained("channel_list")[""]
    row = json.loads(run(FOLDER / "channel_list.html", "--url", "http://www.bailu.test/xw/").output)
    assert (row["reason"], row["title"], row["body"]) == ("list", None, "")


def test_a_page_from_standard_input():
    page = own_pages()["broken_markup"]
    row = json.loads(run("-", "--url", page.url, input=page.content).output)
    assert row["title"] == page.fields["title"]
    assert row["ms"] >= 0


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "pages").mkdir()
    for name in ("two_dates", "channel_list"):
        (tmp_path / "pages" / f"{name}.html").write_bytes(own_pages()[name].content)
    entries = [{"id": name, "url": own_pages()[name].url} for name in ("two_dates", "channel_list")]
    (tmp_path / "manifest.json").write_text(json.dumps(entries))
    return tmp_path


def test_a_corpus_gives_a_line_a_page(corpus):
    rows = [json.loads(line) for line in run("--corpus", corpus).output.splitlines()]
    assert [(row["id"], row["reason"]) for row in rows] == [("two_dates", None), ("channel_list", "list")]


def test_what_a_user_can_do_wrong_is_said(corpus, tmp_path):
    assert run().exit_code == 2
    assert run(tmp_path / "a.html", "--corpus", corpus).exit_code == 2
    assert run("--corpus", corpus, "--explain").exit_code == 2
    with pytest.raises(NewscrawlError, match=r"cannot read .*a\.html"):
        run(tmp_path / "a.html")
    (corpus / "manifest.json").write_text('{"id": 1}')
    with pytest.raises(NewscrawlError, match=r"manifest\.json is no list"):
        run("--corpus", corpus)


def test_the_body_shows_the_roles_of_lines_and_what_spoke_for_them():
    lines = [
        line.split() for line in explained("two_dates")["body"].splitlines() if not line.startswith(("  =", "    b"))
    ]
    roles = [line[0] for line in lines]
    assert {"before", "headline", "byline", "story", "after"} <= set(roles)
    assert all(float(line[1]) is not None and len(line) > 5 for line in lines)


def zones(output: str) -> dict[str, str]:
    """The lines of the body's explanation by their text: the zone, and its weights."""
    block = output.partition("\nbody\n")[2].partition("\n\n")[0]
    rows = [re.fullmatch(r" {6}(\S+)(?: +-?[\d.]+){4}  (.*?)(?:  · (.*))?", line) for line in block.splitlines()]
    return {row[2]: f"{row[1]} {row[3] or ''}" for row in rows if row}


def test_each_line_names_the_weights_that_decided():
    found = zones(run(FOLDER / "two_dates.html", "--url", own_pages()["two_dates"].url, "--explain").output)
    assert found["地铁四号线北延段今起空载试运行"].startswith("headline story ")
    story = [said for said in found.values() if said.startswith("story ")]
    assert all(re.search(r" [a-z ]+ [+-]\d\.\d", said) for said in story)
    assert next(iter(said for said in found.values() if said.startswith("after "))).startswith("after end ")
