"""What goes on before the stage: the murmur of reactions, and the line that hosts pin."""

import pytest

from causerie.clock import SECOND
from tests.hall import NOW
from tests.live.conftest import Evening
from tests.place import Page


def reactions(page: Page) -> list[dict[str, int]]:
    """What a page heard of reactions, tick by tick."""
    return [frame["reactions"] for frame in page.frames if frame["type"] == "tick" and frame["reactions"]]


# ---- reactions ----


async def test_reactions_are_gathered_and_told_once_a_tick(evening: Evening):
    for page in (evening.ada, evening.ben):
        await page.does("react", kind="clap")
    await evening.cho.does("react", kind="heart")

    await evening.place.tick()
    await evening.place.tick()

    assert reactions(evening.visitor) == [{"clap": 2, "heart": 1}]
    assert reactions(evening.ada) == reactions(evening.visitor)


async def test_one_reaction_a_second_is_taken(evening: Evening):
    told = [await evening.ben.does("react", kind="clap") for _ in range(2)]
    evening.place.clock.turn(SECOND)
    told.append(await evening.ben.does("react", kind="fire"))

    await evening.place.tick()

    assert [frame.get("code") for frame in told] == [None, "reaction.too_fast", None]
    assert reactions(evening.cho) == [{"clap": 1, "fire": 1}]


@pytest.mark.parametrize("who", ["ben", "ada"])
async def test_where_hosts_want_none_no_reaction_is_taken(evening: Evening, who: str):
    await evening.ada.does("room.set", reactions=False)

    told = await getattr(evening, who).does("react", kind="clap")
    await evening.place.tick()

    assert (told["code"], reactions(evening.cho)) == ("reaction.off", [])


async def test_a_visitor_without_a_name_does_not_react(evening: Evening):
    told = await evening.visitor.does("react", kind="clap")

    assert told["code"] == "name.needed"


async def test_nothing_is_written_of_a_reaction(evening: Evening):
    before, commits = evening.place.state(), evening.place.causerie.database.commits

    await evening.ben.does("react", kind="laugh")
    await evening.place.tick()

    assert (evening.place.state(), evening.place.causerie.database.commits) == (before, commits)


# ---- the pinned line ----


async def test_a_pinned_line_is_told_once_and_stands_for_who_comes_later(evening: Evening):
    await evening.ada.does("room.pin", text=" The map\nwe speak of ", link="https://example.org/map")
    await evening.ada.does("room.pin", text="The map we speak of", link="https://example.org/map")

    pin = {"text": "The map we speak of", "link": "https://example.org/map", "at": NOW}
    assert evening.visitor.events("room").count("room.pinned") == 1
    assert (await evening.cho.enter())["room"]["pinned"] == pin


async def test_a_line_that_is_taken_down_is_gone(evening: Evening):
    await evening.ada.does("room.pin", text="Until nine")

    await evening.ada.does("room.unpin")
    await evening.ada.does("room.unpin")

    assert evening.visitor.events("room")[-2:] == ["room.pinned", "room.pinned"]
    assert (await evening.cho.enter())["room"]["pinned"] is None


@pytest.mark.parametrize(
    ("text", "link", "code"),
    [
        ("", None, "pin.length"),
        (" \n ", None, "pin.length"),
        ("x" * 201, None, "pin.length"),
        ("Here", "javascript:alert(1)", "pin.link"),
        ("Here", "https:///nowhere", "pin.link"),
        ("Here", "https://[", "pin.link"),
        ("Here", "https://example.org/\u202eevil", "pin.link"),
        ("Here", "https://example.org/" + "x" * 500, "pin.link"),
    ],
)
async def test_what_cannot_be_pinned_is_refused_and_changes_nothing(
    evening: Evening, text: str, link: str | None, code: str
):
    before = evening.place.state()

    told = await evening.ada.does("room.pin", text=text, link=link)

    assert (told["type"], told["code"]) == ("refused", code)
    assert evening.place.state() == before


@pytest.mark.parametrize(("do", "fields"), [("room.pin", {"text": "Buy my book"}), ("room.unpin", {})])
async def test_only_hosts_pin(evening: Evening, do: str, fields: dict[str, str]):
    await evening.ada.does("room.pin", text="Until nine")
    before = evening.place.state()

    told = await evening.ben.does(do, **fields)

    assert (told["code"], evening.place.state()) == ("room.may_not", before)
