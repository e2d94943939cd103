"""The profile for iPhones and iPads holds our authority and nothing else."""

import plistlib
from datetime import UTC, datetime
from pathlib import Path

from causerie.lan.authority import authority_in
from causerie.lan.profile import profile

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_it_brings_the_authority(tmp_path: Path):
    authority = authority_in(tmp_path, name="box", now=NOW)

    said = plistlib.loads(profile(authority, authority.called))

    (root,) = said.pop("PayloadContent")
    assert (said["PayloadType"], said["PayloadDisplayName"]) == ("Configuration", authority.called)
    assert (root["PayloadType"], root["PayloadContent"]) == ("com.apple.security.root", authority.der)
    assert said["PayloadUUID"] != root["PayloadUUID"]


def test_a_second_one_takes_the_place_of_the_first(tmp_path: Path):
    authority = authority_in(tmp_path, name="box", now=NOW)
    another = authority_in(tmp_path / "b", name="box", now=NOW)

    assert profile(authority, "a") == profile(authority, "a")
    assert (
        plistlib.loads(profile(authority, "a"))["PayloadUUID"] != plistlib.loads(profile(another, "a"))["PayloadUUID"]
    )
