"""The page on the protocol is current, and everything it shows can be said."""

import json

import pytest
from pydantic import TypeAdapter

from causerie.live import protocol as wire
from causerie.live.decode import command
from causerie.live.reference import example, kinds, renewed
from tests.house.papers import ROOT

PAGE = ROOT / "docs" / "building" / "protocol.md"


def test_the_page_is_current():
    page = PAGE.read_text(encoding="utf-8")

    assert renewed(page) == page, "make docs"


@pytest.mark.parametrize("model", kinds(wire.AnyCommand))
def test_every_command_of_the_page_is_understood(model):
    shown = example(model)

    assert command(json.dumps(shown)) == model.model_validate(shown)


@pytest.mark.parametrize("model", kinds(wire.AnyFrame))
def test_every_frame_of_the_page_is_one_we_send(model):
    shown = example(model)
    frame = TypeAdapter(wire.AnyFrame).validate_python(shown)

    assert (type(frame), json.loads(frame.model_dump_json(by_alias=True))) == (model, shown)


@pytest.mark.parametrize("model", kinds(wire.AnyEvent))
def test_every_event_of_the_page_travels_in_a_frame(model):
    shown = {"type": "events", "channel": "room", "n": 1, "events": [example(model)]}
    frame = TypeAdapter(wire.AnyFrame).validate_python(shown)

    assert json.loads(frame.model_dump_json(by_alias=True)) == shown
    assert isinstance(frame.events[0], model)


@pytest.mark.parametrize("model", [*kinds(wire.AnyFrame), *kinds(wire.AnyEvent)])
def test_nothing_is_told_of_that_nobody_sends(model):
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "causerie" / "live").rglob("*.py")]

    # A snapshot is put together from parts that are encoded already.
    sent = "wire.snapshot(" if model is wire.Snapshot else f"wire.{model.__name__}("
    assert any(sent in source for source in sources)
