"""The benchmark and the fuzz run work without saved pages, and without any peer."""

from __future__ import annotations

from tests.conftest import command


def test_the_benchmark_prints_a_table():
    result = command("benchmarks.bench_extract", "--limit", 6, "--rounds", 1, NEWSCRAWL_CORPUS="")
    assert result.returncode == 0, result.stderr
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in result.stdout.splitlines() if "|" in line]
    header, _, first = rows[:3]
    assert first[0] == "newscrawl"
    assert float(first[header.index("body")]) > 0.9
    assert float(first[header.index("× bare")]) > 1
    assert rows[-1][header.index("× bare")] == "1.0"


def test_the_fuzz_run_ends_and_says_what_it_read():
    result = command("benchmarks.fuzz_extract", "--seconds", 2, "--limit", 30, NEWSCRAWL_CORPUS="")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "pages read" in result.stdout
