"""Quiet hours in a group's charter: members hear of its rooms in the inbox then, and aloud when they are over."""

from functools import partial

import pytest

from causerie.clock import MINUTE
from causerie.groups import actions as groups
from causerie.groups.charter import Charter
from causerie.notices.group_quiet import quiet_hours
from causerie.notices.quiet import Quiet
from causerie.rooms import actions as rooms
from tests.notices.conftest import Telling


async def went_live(story: Telling, charter: Charter) -> None:
    """Ada goes live in her group at eight in the morning (UTC); Ben is in it, and Cho, who follows her as well."""
    ada = story.people["Ada"]
    await story.database.write(partial(groups.found, by=ada, handle="loire", name="Loire"))
    await story.database.write(partial(groups.set_charter, by=ada, handle="loire", charter=charter))
    for name in ("Ben", "Cho"):
        member = await story.person(name, push=True, mail=True)
        await story.database.write(partial(groups.join, by=member, handle="loire"))
    await story.follow("Cho")
    room, _ = await story.database.write(partial(rooms.open_room, host=ada, title="Locks", group="loire"))
    await story.does(rooms.start, room)
    await story.notices.sweep()
    await story.notices.deliver()


def rang(story: Telling) -> list[str]:
    """Whose browsers were woken."""
    return sorted(sent.path.rsplit("/", 1)[-1] for sent in story.service.sent)


@pytest.mark.parametrize(
    "charter", [Charter(), Charter(quiet_from="08:01", quiet_to="07:59"), Charter(quiet_from="10:00", quiet_to="08:00")]
)
async def test_at_any_other_hour_members_are_told_at_once(story: Telling, charter: Charter):
    await went_live(story, charter)

    assert rang(story) == ["ben", "cho"]


async def test_in_quiet_hours_nothing_rings_but_for_who_chose_to_hear_of_it(story: Telling):
    # Half past one in the afternoon in Kolkata.
    await went_live(story, Charter(quiet_from="13:00", quiet_to="16:00", zone="Asia/Kolkata"))

    assert await story.told("Ben", "Cho") == {"Ben": ["room.live"], "Cho": ["room.live"]}
    assert (rang(story), len(story.box.letters)) == (["cho"], 1)
    assert await story.states() == [("push", "sent"), ("mail", "sent")]


async def test_what_is_worth_it_when_they_are_over_rings_then(story: Telling):
    await went_live(story, Charter(quiet_from="22:00", quiet_to="08:20"))
    before = rang(story)

    story.clock.turn(19 * MINUTE)
    await story.notices.deliver()
    almost = rang(story)
    story.clock.turn(MINUTE)
    await story.notices.deliver()

    assert (before, almost, rang(story)) == (["cho"], ["cho"], ["ben", "cho"])
    assert len(story.box.letters) == 2


@pytest.mark.parametrize(
    ("charter", "hours"),
    [
        (Charter(), None),
        (Charter(quiet_from="22:30", quiet_to="07:05", zone="Europe/Paris"), Quiet(1350, 425, "Europe/Paris")),
    ],
)
def test_the_hours_a_charter_says(charter: Charter, hours: Quiet | None):
    assert quiet_hours(charter) == hours
