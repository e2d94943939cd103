"""A site admin at the desk of a room that others lead: what they see, what they do there, and what they never learn."""

from typing import Any

import pytest

from tests.live.conftest import Evening
from tests.live.page import comparable, folded
from tests.live.test_site_admin import max_, written
from tests.live.write_transcripts import HEARD, SCENES
from tests.place import Frame, Page

__all__ = ["max_"]

AT_DESK = ("moderation", "stage", "full", "deck", "backstage", "roles", "safety", "doors")


@pytest.mark.parametrize("scene", AT_DESK)
async def test_their_desk_and_the_frames_since_are_the_desk_as_it_is(evening: Evening, max_: Page, scene: str):
    before, told = await max_.enter(), len(max_.frames)

    await SCENES[scene](evening)
    await evening.place.settle()

    heard = [frame for frame in max_.frames[told:] if frame["type"] in HEARD]
    after = await evening.place.page(max_.cookie).enter()
    assert before["desk"] is not None
    assert comparable(folded(before, heard)) == comparable(after)


async def hidden(evening: Evening) -> str:
    """Ben asks without a name, and wants to ask it himself; it waits to be read."""
    await evening.ada.does("room.set", anonymous="allowed", read_first=True)
    text, mine = "Who pays for the birds?", {"anonymous": True, "myself": True}
    return str((await evening.ben.does("question.ask", text=text, **mine))["made"])


def tells(frames: list[Frame], evening: Evening) -> bool:
    return "Ben" in str(frames) or evening.id("Ben") in str(frames)


async def paged(page: Page, tab: str) -> list[dict[str, Any]]:
    """What a page is told of a tab, as the desk sees it."""
    await page.does("question.page", tab=tab, after=None)
    return [frame for frame in page.frames if frame["type"] == "questions"][-1]["desk"]


async def test_who_asked_without_a_name_is_hidden_from_them_whatever_becomes_of_it(evening: Evening, max_: Page):
    asked = await hidden(evening)
    await evening.place.tick()

    for do, more in [
        ("question.approve", {}),
        ("question.edit", {"text": "Who pays for all the birds?"}),
        ("floor.pick", {}),
        ("floor.put_back", {}),
        ("floor.pick", {}),
    ]:
        assert (await max_.does(do, question=asked, **more))["type"] == "ack"
        await evening.place.tick()
    await evening.place.page(max_.cookie).enter()
    await evening.ben.does("stage.decline")
    await evening.place.tick()
    (entry,) = (await max_.enter())["desk"]["entries"]
    await max_.does("question.dismiss", question=asked, reason="unclear")
    pages = await paged(max_, "dismissed")

    assert [(one["id"], one["person"], one["anonymous"]) for one in pages] == [(asked, None, True)]
    assert (entry["id"], entry["person"], entry["name"]) == (asked, None, None)
    assert not tells(max_.frames, evening)
    assert [one["name"] for one in await paged(evening.ada, "dismissed")] == ["Ben"]
    told = {"invitation.sent": 2, "invitation.closed": 2}
    assert {kind: evening.ada.events("desk").count(kind) for kind in told} == told
    assert set(max_.events("desk")).isdisjoint(told)


async def test_who_takes_their_name_off_while_they_are_called_is_called_no_more_here(evening: Evening, max_: Page):
    asked = (await evening.ben.does("question.ask", text="Who pays for the birds?"))["made"]
    await evening.ada.does("floor.pick", question=asked)
    await evening.place.tick()
    before, told = await max_.enter(), len(max_.frames)

    await evening.ben.does("question.hide_name", question=asked)
    await evening.place.tick()

    heard = [frame for frame in max_.frames[told:] if frame["type"] in HEARD]
    after = await max_.enter()
    assert [one["person"] for one in before["desk"]["invitations"]] == [evening.id("Ben")]
    assert after["desk"]["invitations"] == []
    assert comparable(folded(before, heard)) == comparable(after)
    assert not tells([after["desk"], after["room"]["questions"]], evening)
    assert [one["person"] for one in (await evening.ada.enter())["desk"]["invitations"]] == [evening.id("Ben")]


async def test_in_the_list_of_who_is_here_nobody_stepped_forward_by_what_has_no_name(evening: Evening, max_: Page):
    asked = await hidden(evening)
    await evening.ada.does("question.approve", question=asked)

    seen = {}
    for page in (max_, evening.ada):
        await page.does("audience.page", skip=0)
        people = [frame for frame in page.frames if frame["type"] == "audience"][-1]["people"]
        seen[page] = [one["name"] for one in people if one["stepped_forward"]]

    assert (seen[max_], seen[evening.ada]) == (["Ada"], ["Ada", "Ben"])


async def test_who_knocks_and_what_is_noted_backstage_is_for_those_the_host_trusts(evening: Evening, max_: Page):
    await evening.ada.does("room.set", backstage=True)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ada.does("backstage.note", person=evening.id("Ben"), topic="Dust", note="Shy", ready=True)
    await evening.ada.does("room.lock", on=True)
    _, cookie = await evening.place.person("Dee")
    await evening.place.page(cookie).does("room.knock", room="sparrows", name=None, note="Let me in")

    desk = (await max_.enter())["desk"]

    assert [(one["name"], one["topic"], one["note"]) for one in desk["backstage"]] == [("Ben", "Dust", None)]
    assert desk["knocks"] == []
    assert not any(word in str(max_.frames) for word in ("Shy", "Let me in"))
    assert [one["note"] for one in (await evening.ada.enter())["desk"]["knocks"]] == ["Let me in"]


async def test_all_they_do_there_is_written_down(evening: Evening, max_: Page):
    asked = (await evening.ben.does("question.ask", text="Why do sparrows bathe?"))["made"]
    await evening.ada.does("room.set", policy="by_hand")

    for do, more in [
        ("question.edit", {"question": asked, "text": "Why do they bathe?"}),
        ("floor.place", {"entry": {"kind": "question", "id": asked}, "before": None}),
        ("floor.read_out", {"question": asked}),
        ("floor.answered", {"question": asked}),
        ("question.reopen", {"question": asked}),
        ("room.hand_over", {"person": evening.id("Cho")}),
    ]:
        assert (await max_.does(do, **more))["type"] == "ack", do

    acts = ["question.edit", "floor.place", "floor.read_out", "floor.answered", "question.reopen", "room.hand_over"]
    assert await written(evening.place, evening.id("Max")) == acts


async def test_whom_they_ask_to_lead_must_accept_and_reads_who_asks(evening: Evening, max_: Page):
    await max_.does("room.hand_over", person=evening.id("Cho"))
    asked = await evening.place.page(evening.cho.cookie).enter()

    assert (asked["me"]["asked_to_host"], evening.place.state().room.host) == ("Max", evening.id("Ada"))
    await evening.cho.does("host.accept")
    room = evening.place.state().room
    assert (room.host, sorted(room.helpers)) == (evening.id("Cho"), [evening.id("Ada")])


async def test_with_a_part_of_the_hosts_authority_they_have_the_whole_desk(evening: Evening, max_: Page):
    await hidden(evening)

    await evening.ada.does("role.give", person=evening.id("Max"), role="screener")
    (now,) = [event for frame in max_.frames for event in frame.get("events", []) if event["is"] == "me.desk"]
    names = [one["name"] for one in now["desk"]["questions"]]
    await evening.ada.does("role.take", person=evening.id("Max"))
    again = [event for frame in max_.frames for event in frame.get("events", []) if event["is"] == "me.desk"][-1]

    assert (names, [one["name"] for one in again["desk"]["questions"]]) == (["Ben"], [None])
