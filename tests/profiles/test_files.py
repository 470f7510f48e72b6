"""Profiles are files that a person can read and edit; an invalid file is reported and ignored."""

from __future__ import annotations

import json
import logging

import pytest

from newscrawl.errors import ProfileError
from newscrawl.extract.page.guidance import HostProfile
from newscrawl.profiles.files import Profiles, as_text

MADE = HostProfile(
    "www.qingxi.test:8080",
    12,
    site=("_清溪在线",),
    story="body > div.w",
    furniture=("扫码关注我们。",),
    teasers=("body > p",),
)


@pytest.fixture
def profiles(tmp_path):
    return Profiles(tmp_path / "profiles")


def test_a_profile_comes_back_as_it_was_written(profiles):
    path = profiles.write(MADE)
    assert path.read_text("utf-8") == as_text(MADE)
    assert "扫码关注我们。" in path.read_text("utf-8")
    assert profiles.get(MADE.host) == MADE
    assert profiles.read(MADE.host).version == MADE.version
    assert [each.name for each in profiles.folder.iterdir()] == [path.name]


def test_a_host_without_one_has_none(profiles):
    profiles.write(MADE)
    assert profiles.get("m.qingxi.test") is None
    assert profiles.get("qingxi.test:8080") is None


def test_a_crawl_goes_by_the_profiles_it_began_with(profiles):
    assert profiles.get(MADE.host) is None
    Profiles(profiles.folder).write(MADE)
    assert profiles.get(MADE.host) is None


def test_what_a_person_mends_has_another_hash_the_number_of_articles_none(profiles):
    path = profiles.write(MADE)
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(told | {"articles": 50}), "utf-8")
    assert Profiles(profiles.folder).get(MADE.host).version == MADE.version
    path.write_text(json.dumps(told | {"furniture": []}), "utf-8")
    assert Profiles(profiles.folder).get(MADE.host).version != MADE.version


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"host": "www.other.test"}, "is the profile of www.other.test, not of www.qingxi.test:8080"),
        ({"articles": 9}, "rests on 9 articles, too few to be in force"),
        ({"articles": "many"}, "it needs a host and a number of articles"),
        ({"furniture": "扫码关注我们。"}, "are lists"),
        ({"furniture": [1]}, "are texts"),
        ({"furnitur": []}, "furnitur is nothing a profile has"),
        (None, "is no profile"),
    ],
)
def test_what_is_no_profile_is_named_and_not_in_force(profiles, change, complaint, caplog):
    path = profiles.write(MADE)
    path.write_text("{" if change is None else json.dumps(json.loads(as_text(MADE)) | change), "utf-8")
    with pytest.raises(ProfileError, match=complaint) as raised:
        profiles.read(MADE.host)
    assert str(path) in str(raised.value)
    with caplog.at_level(logging.WARNING):
        assert profiles.get(MADE.host) is None
        assert profiles.get(MADE.host) is None
    assert len(caplog.records) == 1
