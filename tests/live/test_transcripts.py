"""A snapshot and the frames since are a new snapshot, for everybody who looks on."""

import json

import pytest
from pydantic import TypeAdapter

from causerie.live import protocol as wire
from tests.live.page import comparable, folded
from tests.live.write_transcripts import FOLDER, SCENES, VIEWERS, transcripts

NAMES = [f"{scene}-{viewer}.json" for scene in SCENES for viewer in VIEWERS]
FRAME = TypeAdapter(wire.AnyFrame)


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return transcripts()


@pytest.mark.parametrize("name", NAMES)
def test_a_snapshot_and_the_frames_since_are_a_new_snapshot(written: dict[str, str], name: str):
    told = json.loads(written[name])

    assert comparable(folded(told["before"], told["frames"])) == comparable(told["after"])


@pytest.mark.parametrize("name", NAMES)
def test_every_frame_is_one_of_the_protocol(written: dict[str, str], name: str):
    told = json.loads(written[name])

    for frame in [told["before"], *told["frames"], told["after"]]:
        assert json.loads(FRAME.validate_json(json.dumps(frame)).model_dump_json(by_alias=True)) == frame


def test_the_kept_transcripts_are_current(written: dict[str, str]):
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}

    assert kept == written, "python -m tests.live.write_transcripts"


def test_every_kind_of_event_is_among_them(written: dict[str, str]):
    told = {
        event["is"]
        for text in written.values()
        for frame in json.loads(text)["frames"]
        if frame["type"] == "events"
        for event in frame["events"]
    }

    known = {kind.model_fields["is_"].default for kind in wire.AnyEvent.__origin__.__args__}
    assert known - told == {"room.started"}  # the scenes begin when it is live
