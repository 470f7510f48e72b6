"""The gate: no field's figure is below its floor in tests/floors.json; no floor is lowered without a flag."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from benchmarks import floors
from tests.extract.figures import CORPORA, corpus_figures, corpus_hash, own_figures, score, shared

FLOORS = json.loads(floors.FLOORS.read_text("utf-8"))


def assert_above(name, figures):
    low = {
        field: f"{figures.get(field, 0):.4f} < {floor}"
        for field, floor in FLOORS[name]["floors"].items()
        if figures.get(field, 0) < floor
    }
    assert not low, f"{name}: {low}"


def test_own_pages():
    assert_above("own", own_figures())


@pytest.mark.parametrize("name", CORPORA)
def test_saved_pages(name):
    folder = shared()
    if folder is None:
        pytest.skip("NEWSCRAWL_CORPUS names no folder of saved pages")
    if corpus_hash(folder / name) != FLOORS[name]["sha256"]:
        pytest.skip(f"{name} is another corpus than the floors were measured on; `make floors` measures anew")
    assert_above(name, corpus_figures(folder / name))


@pytest.fixture
def renew(tmp_path, monkeypatch):
    """Run `make floors` with given floors and figures."""
    file = tmp_path / "floors.json"

    def run(before, figures, *options):
        file.write_text(json.dumps({"own": {"floors": before}, "corpus": {"sha256": "a", "floors": {"title": 0.9}}}))
        monkeypatch.setattr(floors, "today", lambda: {"own": {"floors": floors.rounded(figures)}})
        result = CliRunner().invoke(floors.main, ["--file", str(file), *options])
        return result, json.loads(file.read_text())

    return run


def test_floors_rise_to_the_figures_rounded_down(renew):
    result, after = renew({"title": 0.9}, {"title": 0.98765, "body": 1.0})
    assert result.exit_code == 0
    assert after["own"]["floors"] == {"title": 0.987, "body": 1.0}


def test_the_floors_of_a_corpus_that_is_not_here_are_kept(renew):
    assert renew({}, {"title": 1.0})[1]["corpus"] == {"sha256": "a", "floors": {"title": 0.9}}


@pytest.mark.parametrize("figures", [{"title": 0.899, "body": 1.0}, {"body": 1.0}])
def test_no_floor_falls_or_is_lost_unasked(renew, figures):
    result, after = renew({"title": 0.9}, figures)
    assert result.exit_code != 0
    assert "title: 0.9" in result.output
    assert after["own"]["floors"] == {"title": 0.9}


def test_a_floor_falls_with_the_flag(renew):
    result, after = renew({"title": 0.9}, {"title": 0.8}, "--allow-regression")
    assert result.exit_code == 0
    assert "lowered" in result.output
    assert after["own"]["floors"] == {"title": 0.8}


WANT = {
    "title": "山路通了",
    "published": "2024-05-06",
    "source": None,
    "authors": ["任平"],
    "links": [{"section": "热点", "title": "桥也通了", "url": "http://a.test/2.html"}],
    "body": ["山路今天通了车。", "桥也通了。"],
}


@pytest.mark.parametrize(
    ("got", "figures"),
    [
        (
            {**WANT, "body": "山路今天通了车。\n桥也通了。"},
            {"title": 1, "published": 1, "authors": 1, "links": 1, "body": 1},
        ),
        ({}, {"title": 0, "published": 0, "source": 1, "authors": 0, "links": 0, "body": 0, "body>=.95": 0}),
        ({"source": "晨报", "published": "2024-05-07T10:00:00+08:00"}, {"source": 0, "published": 0}),
        ({"title": "山路通了！", "published": "2024-05-06T08:00:00+08:00"}, {"title": 1, "published": 1}),
        ({"links": [{"section": None, "url": "http://a.test/2.html"}]}, {"links": 1, "sections": 0}),
        ({"authors": ["任平", "任安"]}, {"authors": 2 / 3}),
    ],
)
def test_the_figures_of_a_page(got, figures):
    scored = score(WANT, got)
    assert {name: scored[name] for name in figures} == pytest.approx(figures)
