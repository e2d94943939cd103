"""The page on sound tells every counter and every bound it could be read for."""

import re

from tests.house.papers import ROOT

PAGE = (ROOT / "docs" / "building" / "sound.md").read_text(encoding="utf-8")


def test_every_counter_of_the_core_is_told():
    core = (ROOT / "crates/sfu/src/counters.rs").read_text(encoding="utf-8")
    edge = (ROOT / "crates/engine/src/counts.rs").read_text(encoding="utf-8")
    engine = (ROOT / "crates/engine/src/engine.rs").read_text(encoding="utf-8")
    counted = {*re.findall(r'\w+ = "(\w+)"', core), *re.findall(r'\("(\w+)", &self', edge), "peers"}
    counted |= {*re.findall(r'"(\w+)_\{worker\}"', engine)}
    told = set(re.findall(r"`(\w+)`", PAGE.partition("## Counters")[2].partition("## Traps")[0]))

    assert told - counted == set()
    assert counted - told == set()


def test_the_places_of_rings_and_desks_are_those_of_the_code():
    places = {
        "crates/engine/src/roads.rs": ["SPOKEN: usize = 256", "STRAYS: usize = 64"],
        "crates/engine/src/desk.rs": ["PLACES: usize = 2048"],
        "crates/sfu/src/batch.rs": ["BATCH: usize = 1024"],
        "crates/engine/src/udp.rs": ["BATCH: usize = 64"],
        "crates/sfu/src/outbox.rs": ["LONGEST_PAYLOAD: usize = 1276"],
        "crates/sfu/src/sdp/offer.rs": ["LONGEST: usize = 64 * 1024", "MOST_LINES: usize = 32"],
        "crates/sfu/src/memory.rs": ["KEPT: usize = 64"],
        "crates/sfu/src/floor.rs": [
            "PLACES: usize = 4",
            "from_millis(600)",
            "from_millis(200)",
            "CLEARLY_LOUDER: f32 = 3.0",
        ],
    }
    gone = [(file, word) for file, words in places.items() for word in words if word not in (ROOT / file).read_text()]

    assert gone == [], "docs/building/sound.md tells these numbers"
