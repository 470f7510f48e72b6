"""`newscrawl profile`, crawls and replays by it, and an archive that a new profile invents no revision in."""

from __future__ import annotations

import random
import shutil

import pytest
from click.testing import CliRunner

from newscrawl.archive import WarcRef
from newscrawl.cli import main
from newscrawl.extract import finders
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from tests.archive.pages import PORTAL
from tests.conftest import command
from tests.profiles.site import CAPTION, HOST, PROMO, made_site
from tests.test_upgrade import Visits

OTHER = "wap.zhennan.test"
COUNT = 24


def site(pages: int = COUNT, **options) -> dict[str, str]:
    return {page.url: page.content.decode() for page in made_site(pages=pages, **options)}


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """A data folder whose crawl has seen the site."""
    with pytest.MonkeyPatch.context() as patch:
        made = Visits(tmp_path_factory.mktemp("visited") / "data", patch)
        made.visit(site())
    return made


@pytest.fixture
def empty(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_DATA", "nowhere")
    return Visits(tmp_path / "data", monkeypatch)


@pytest.fixture
def empty_too(tmp_path, monkeypatch):
    return Visits(tmp_path / "other", monkeypatch)


@pytest.fixture
def visits(visited, empty):
    """The same, to work in."""
    shutil.copytree(visited.folder.root, empty.folder.root)
    empty.hour = visited.hour
    return empty


def run(visits, *arguments):
    return CliRunner().invoke(main, ["--data", str(visits.folder.root), *map(str, arguments)], catch_exceptions=False)


def profile(visits, *arguments):
    return run(visits, "profile", *arguments)


def facts(visits) -> list[tuple]:
    return visits.rows("select hash, host, kind, value from profiles order by 1, 2, 3, 4")


def in_force(visits) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in visits.folder.profiles.glob("*")}


def test_a_profile_is_learnt_shown_and_written(visits):
    done = profile(visits, HOST)
    assert done.exit_code == 0
    assert f"furniture {PROMO}" in done.output
    assert f"body: {COUNT}" in done.output
    assert f"- {CAPTION}" in done.output
    assert f"in force: {visits.folder.profiles / HOST}.json" in done.output
    assert in_force(visits).keys() == {f"{HOST}.json"}
    assert {(kind, value) for _, host, kind, value in facts(visits) if host == HOST} >= {
        ("furniture", PROMO),
        ("furniture", CAPTION),
        ("story", "body > div.x2 > div.x5"),
    }


def test_an_unchanged_site_has_the_same_profile_byte_for_byte(visits, empty_too):
    profile(visits, HOST)
    before, rows = in_force(visits), facts(visits)
    profile(visits, HOST)
    assert (in_force(visits), facts(visits)) == (before, rows)
    shuffled = list(site().items())
    random.Random(3).shuffle(shuffled)
    for part in (shuffled[:7], shuffled[7:]):  # in another order, in two crawls
        empty_too.visit(dict(part))
    profile(empty_too, HOST)
    assert (in_force(empty_too), facts(empty_too)) == (before, rows)


def test_the_overrides_it_proposes_do_as_they_say(visits):
    output = profile(visits, HOST, "--dry-run").output
    proposed = output.partition("without a profile:\n")[2].splitlines()
    overrides = eval("{" + "".join(line for line in proposed if line.startswith('  "')) + "}", vars(finders))
    assert overrides.keys() == {"furniture", "body"}
    for page in made_site()[:5]:
        body = read(Document(page.content, page.url), {"furniture": overrides["furniture"]}).body
        assert PROMO not in body
        assert CAPTION not in body


def test_a_dry_run_writes_nothing(visits):
    assert PROMO in profile(visits, HOST, "--dry-run").output
    assert in_force(visits) == {}
    assert facts(visits) == []


def test_a_portals_hosts_have_a_profile_each_and_none_reads_by_anothers(visits):
    visits.visit(site(host=OTHER, furniture=False))
    assert profile(visits, PORTAL.key).exit_code == 0
    assert in_force(visits).keys() == {f"{HOST}.json", f"{OTHER}.json"}
    page = made_site(pages=60)[59]
    foreign = page.content.decode().replace(HOST, OTHER)
    visits.visit({page.url: page.content.decode(), page.url.replace(HOST, OTHER).replace("59", "99"): foreign})
    told = dict(visits.rows("select host, body from articles where url like '%/59.html' or url like '%/99.html'"))
    assert PROMO not in told[HOST]
    assert PROMO in told[OTHER]


def test_a_crawl_reads_by_the_profile_and_its_articles_name_it(visits):
    profile(visits, HOST)
    visits.visit(dict(list(site(34).items())[COUNT:]))
    version = facts(visits)[0][0]
    assert visits.rows("select profile, count(*), sum(body like '%家门口%') from articles group by 1 order by 2") == [
        (version, 10, 0),
        (None, COUNT, COUNT),
    ]


def test_a_new_profile_invents_no_revision(visits):
    profile(visits, HOST)
    edited = site()
    url = f"http://{HOST}/a/2024/7.html"
    edited = {key: page.replace("</body>", "<!-- 2 --></body>") for key, page in edited.items()}
    edited[url] = edited[url].replace(
        "</p><p>" + PROMO, "</p><p>又讯：最后一段是后来加的，说的是第二天的情况。</p><p>" + PROMO
    )
    visits.visit(edited)
    assert visits.stats["reread/read"] == COUNT
    assert visits.rows("select url from articles join revisions on article = articles.id") == [(url,)]
    assert visits.rows("select sum(body like '%家门口%') from articles") == [(0,)]
    visits.visit(site())
    assert "reread/read" not in visits.stats
    (visits.folder.profiles / f"{HOST}.json").unlink()
    visits.visit({key: page for key, page in site().items() if key != url})
    assert visits.stats["reread/read"] == COUNT - 1, "without it they are read as before"
    assert visits.rows("select count(distinct article) from revisions") == [(1,)]
    assert visits.rows("select sum(body like '%家门口%'), count(profile) from articles") == [(COUNT - 1, 1)]


def test_captures_read_again_in_place_follow_the_profile(visits):
    refs = [WarcRef(*row) for row in visits.rows('select warc, "offset", length, digest from captures')]
    profile(visits, HOST)
    visits.store(refs)
    assert visits.rows("select count(*) from revisions") == [(0,)]
    assert visits.rows("select count(profile), sum(body like '%家门口%') from articles") == [(COUNT, 0)]


def test_a_replay_into_a_new_archive_reads_by_the_profiles_in_force(visits):
    profile(visits, HOST)
    rows = facts(visits)
    visits.folder.archive.unlink()
    assert command("newscrawl", "replay", NEWSCRAWL_DATA=str(visits.folder.root)).returncode == 0
    assert facts(visits) == rows
    assert visits.rows("select count(profile), sum(body like '%家门口%') from articles") == [(COUNT, 0)]


def test_a_backup_has_the_profiles_in_force(visits, tmp_path):
    profile(visits, HOST)
    assert run(visits, "backup", tmp_path / "copy").exit_code == 0
    assert (tmp_path / "copy" / "profiles" / f"{HOST}.json").read_text("utf-8") == in_force(visits)[f"{HOST}.json"]


@pytest.mark.parametrize("name", ["www.nowhere.test", "no_portal"])
def test_where_there_are_too_few_pages_a_line_says_so(empty, name):
    visits = empty
    visits.visit({page.url: page.content.decode() for page in made_site(pages=9)})
    done = profile(visits, name)
    assert done.exit_code == 1
    assert f"no profile of {name}: it takes ten" in done.output
    assert profile(visits, HOST).exit_code == 1
    assert "9 articles that can be read, too few" in profile(visits, HOST).output
    assert in_force(visits) == {}


def test_pages_whose_records_are_lost_are_left_out(visits):
    visits.lose_warc()
    done = profile(visits, HOST)
    assert done.exit_code == 1
    assert "left out: " in done.output
