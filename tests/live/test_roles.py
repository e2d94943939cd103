"""Who leads with the host, and who helps: their rights come at once, and go at once."""

from typing import Any

import pytest

from tests.live.conftest import Evening
from tests.place import Page


def me(page: Page) -> list[dict[str, Any]]:
    """What a page was told about its person, without numbers."""
    told = [frame for frame in page.frames if frame["type"] == "events" and frame["channel"] == "me"]
    return [event for frame in told for event in frame["events"]]


async def given(evening: Evening, name: str, role: str) -> None:
    told = await evening.ada.does("role.give", person=evening.id(name), role=role)
    assert told["type"] == "ack"


async def test_a_screener_sees_the_desk_as_it_is_and_what_happens_there_from_then_on(evening: Evening):
    await evening.ben.does("hand.raise", note="Before")
    await evening.place.settle()
    before = len(evening.cho.frames)

    await given(evening, "Cho", "screener")
    await evening.ben.does("hand.lower")

    rights, desk = me(evening.cho)[-2:]
    assert (rights["is"], rights["role"]) == ("me.rights", "screener")
    assert {"floor.see", "floor.answer"} <= set(rights["rights"])
    assert "stage.mute" not in rights["rights"]
    assert (desk["is"], [hand["note"] for hand in desk["desk"]["hands"]]) == ("me.desk", ["Before"])
    assert [frame["n"] for frame in evening.cho.frames[before:] if frame.get("channel") == "desk"] == [desk["n"] + 1]
    assert evening.cho.events("desk") == ["hand.lowered"]


async def test_whose_role_is_taken_hears_nothing_more_of_the_desk(evening: Evening):
    await given(evening, "Cho", "cohost")
    await evening.ada.does("role.take", person=evening.id("Cho"))
    heard = evening.cho.events("desk")

    await evening.ben.does("hand.raise", note="Between us")
    told = await evening.cho.does("stage.invite", person=evening.id("Ben"))

    assert me(evening.cho)[-1] == {"is": "me.desk", "n": 0, "desk": None}
    assert evening.cho.events("desk") == heard
    assert "Between us" not in str(evening.cho.frames)
    assert told["code"] == "room.may_not"


async def test_who_was_away_when_it_changed_comes_back_to_what_is(evening: Evening):
    await given(evening, "Cho", "cohost")
    snapshot = await evening.cho.enter()
    await evening.cho.leave()
    await evening.ada.does("role.take", person=evening.id("Cho"))
    since = {"epoch": snapshot["epoch"], "person": evening.id("Cho"), **snapshot["at"]}

    back = await evening.place.page(evening.cho.cookie).enter(since=since)

    assert (snapshot["me"]["role"], [one["name"] for one in snapshot["desk"]["helpers"]]) == ("cohost", ["Cho"])
    assert (back["me"]["role"], back["desk"]) == ("listener", None)


async def test_a_cohost_on_stage_is_called_so(evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")

    roles = []
    for do, more in [("role.give", {"role": "cohost"}), ("role.take", {})]:
        await evening.ada.does(do, person=evening.id("Ben"), **more)
        roles.append(evening.place.state().stage.seats[evening.people["Ben"].id].role)

    assert roles == ["cohost", "speaker"]
    assert [event["seat"]["role"] for event in changed(evening.visitor)] == ["cohost", "speaker"]


def changed(page: Page) -> list[dict[str, Any]]:
    told = [frame for frame in page.frames if frame["type"] == "events"]
    return [event for frame in told for event in frame["events"] if event["is"] == "speaker.changed"]


@pytest.mark.parametrize(("role", "allowed"), [("screener", True), ("captioner", True), ("cohost", False)])
async def test_a_cohost_names_screeners_and_no_cohosts(evening: Evening, role: str, allowed: bool):
    await given(evening, "Ben", "cohost")

    told = await evening.ben.does("role.give", person=evening.id("Cho"), role=role)

    assert told["type"] == ("ack" if allowed else "refused")
    assert (evening.people["Cho"].id in evening.place.state().room.helpers) == allowed


async def test_cohosts_do_not_unmake_each_other(evening: Evening):
    await given(evening, "Ben", "cohost")
    await given(evening, "Cho", "cohost")

    refused = [
        await evening.ben.does("role.take", person=evening.id("Cho")),
        await evening.ben.does("role.give", person=evening.id("Cho"), role="captioner"),
        await evening.ben.does("role.give", person=evening.id("Ada"), role="captioner"),
    ]

    assert [told["code"] for told in refused] == ["room.may_not", "room.may_not", "role.host"]
    assert (await evening.ben.does("role.take", person=evening.id("Ben")))["type"] == "ack"


async def test_a_screener_is_never_on_air(evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await given(evening, "Ben", "screener")
    await given(evening, "Cho", "screener")

    accepted = await evening.ben.does("stage.accept")
    invited = await evening.ada.does("stage.invite", person=evening.id("Cho"))

    assert (accepted["code"], invited["code"]) == ("role.never_on_air", "role.never_on_air")
    assert list(evening.place.state().stage.seats) == [evening.people["Ada"].id]
    await evening.ada.does("role.take", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    seated = await evening.ada.does("role.give", person=evening.id("Ben"), role="screener")
    assert seated["code"] == "role.on_stage"


async def test_roles_go_to_people_who_are_here_by_name_or_have_an_account(evening: Evening):
    dee, _ = await evening.place.person("Dee")
    guest, _ = await evening.place.person("Gus", guest=True)

    told = [
        await evening.ada.does("role.give", person=person, role="captioner")
        for person in (dee.id, guest.id, evening.visitor.frames[0]["me"]["person"], "nobody")
    ]

    assert [one.get("code") for one in told] == [None, "stage.not_here", "stage.not_here", "stage.not_here"]
    assert [helper.name for helper in evening.place.state().room.helpers.values()] == ["Dee"]


async def test_a_guest_can_be_captioner_and_is_offered_nothing_else(evening: Evening):
    gus, cookie = await evening.place.person("Gus", guest=True)
    await evening.place.page(cookie).enter()

    offered = await offers(evening, gus.id)
    told = {
        role: (await evening.ada.does("role.give", person=gus.id, role=role)).get("code")
        for role in ("cohost", "screener", "may_lead", "captioner")
    }
    asked = await evening.ada.does("room.hand_over", person=gus.id)

    assert (offered, asked["code"]) == ((["captioner"], False), "role.account")
    refused = dict.fromkeys(("cohost", "screener", "may_lead"), "role.account")
    assert told == {**refused, "captioner": None}


async def test_nothing_is_offered_that_would_be_refused(evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await given(evening, "Cho", "captioner")

    seen = [await offers(evening, evening.id(name)) for name in ("Ada", "Ben", "Cho")]

    on_stage, captioner = ["cohost", "captioner", "may_lead"], ["cohost", "screener", "may_lead"]
    assert seen == [([], False), (on_stage, True), (captioner, True)]


async def offers(evening: Evening, person: str) -> tuple[list[str], bool]:
    """What Ada's sheet about somebody offers."""
    await evening.ada.does("role.preview", person=person)
    told = [frame for frame in evening.ada.frames if frame["type"] == "roles"][-1]
    return told["roles"], told["leads"]
