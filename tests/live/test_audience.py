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
    await evening.place.tick()
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


# ---- I hear nothing ----


def silences(page: Page) -> list[int]:
    """How many hear nothing, each time the desk was told."""
    told = [frame for frame in page.frames if frame["type"] == "events" and frame["channel"] == "desk"]
    return [event["silent"] for frame in told for event in frame["events"] if event["is"] == "silence.counted"]


async def test_the_desk_is_told_how_many_hear_nothing_at_most_every_five_seconds(evening: Evening):
    for page in (evening.ben, evening.cho, evening.cho):
        await page.does("sound.silent", on=True)
    await evening.place.tick()
    await evening.visitor.does("sound.silent", on=True)
    await evening.place.tick()
    assert silences(evening.ada) == [2]

    await evening.place.tick(5 * SECOND)
    await evening.ben.does("sound.silent", on=False)
    await evening.cho.leave()
    await evening.place.tick(5 * SECOND)

    assert (silences(evening.ada), silences(evening.ben)) == ([2, 3, 1], [])
    assert (await evening.ada.enter())["desk"]["silent"] == 1


# ---- who is here ----


async def who_is_here(page: Page, **more: object) -> dict[str, object]:
    """The answer to asking who is here, without the id of the command."""
    before = len(page.frames)
    told = await page.does("audience.page", **more)
    answer = next((frame for frame in page.frames[before:] if frame["type"] == "audience"), told)
    return {key: value for key, value in answer.items() if key not in ("id", "type")}


async def test_hosts_see_who_is_here_by_name_and_how_many_are_without(evening: Evening):
    dee, cookie = await evening.place.person("Dee", guest=True)
    await evening.place.page(cookie).enter()
    await evening.ben.does("hand.raise")

    told = await who_is_here(evening.ada)

    people = [("Ada", False, True), ("Ben", False, True), ("Cho", False, False), ("Dee", True, False)]
    assert told == {
        "people": [
            {"person": evening.people.get(name, dee).id, "name": name, "guest": guest, "stepped_forward": forward}
            for name, guest, forward in people
        ],
        "named": 4,
        "nameless": 1,
    }
    assert (await who_is_here(evening.ada, skip=2))["people"] == told["people"][2:]


async def test_others_see_it_where_the_room_has_a_visible_list_and_the_door_says_so(evening: Evening):
    before = await who_is_here(evening.visitor)

    await evening.ada.does("room.set", visible_list=True)

    assert before["code"] == "room.may_not"
    assert (await who_is_here(evening.visitor))["named"] == 3
    async with evening.place.browser() as browser:
        assert (await browser.get("/api/v1/rooms/sparrows")).json()["visible_list"] is True


async def test_the_list_gives_away_no_hand_and_no_hidden_name(evening: Evening):
    """Ben has his hand up, Cho has asked without a name: hosts see both, the audience neither."""
    await evening.ada.does("room.set", visible_list=True, anonymous="allowed")
    await evening.ben.does("hand.raise")
    await evening.cho.does("question.ask", text="Who counts the sparrows?", anonymous=True)
    asked = [await forward(evening.ada), await forward(evening.visitor)]

    await evening.ada.does("room.set", anonymous="always")
    _, cookie = await evening.place.person("Dee")
    hidden = evening.place.page(cookie)
    await hidden.enter()
    await hidden.does("question.ask", text="Who pays for the count?")

    assert asked == [["Ada", "Ben", "Cho"], ["Ada"]]
    assert [await forward(evening.ada), await forward(evening.visitor)] == asked


async def forward(page: Page) -> list[str]:
    told = await who_is_here(page)
    return [one["name"] for one in told["people"] if one["stepped_forward"]]


# ---- the door ----


@pytest.mark.parametrize(
    ("do", "fields", "door"),
    [
        ("room.lock", {"on": False}, "open"),
        ("room.lock", {"on": True}, "locked"),
        ("room.set", {"most_listeners": 3}, "full"),
        ("room.end", {}, "ended"),
    ],
)
async def test_the_card_of_a_room_says_how_its_door_stands(evening: Evening, do: str, fields: dict, door: str):
    await evening.ada.does(do, **fields)

    async with evening.place.browser() as browser:
        assert (await browser.get("/api/v1/rooms/sparrows")).json()["door"] == door
