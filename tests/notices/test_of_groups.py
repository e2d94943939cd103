"""What groups tell, on both databases: those alone whom it concerns, and nothing that is not so any more."""

from functools import partial

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.groups import actions
from causerie.notices import of_groups
from tests.notices.conftest import Telling

LOIRE = {"handle": "loire", "name": "Les Amis", "joining": "request"}


async def with_group(story: Telling) -> tuple[Person, Person]:
    """Ada's group, Ben who was let in, and Cho outside."""
    ada = story.people["Ada"]
    ben, _ = await story.person("Ben"), await story.person("Cho")
    await story.database.write(partial(actions.found, by=ada, **LOIRE))
    await story.database.write(partial(actions.join, by=ben, handle="loire"))
    await story.database.write(partial(actions.answer, by=ada, handle="loire", person=ben.id, let_in=True))
    return ada, ben


async def test_a_request_is_told_to_owner_and_admins_and_to_no_member(story: Telling):
    await with_group(story)
    cho = story.people["Cho"]

    async def asks(tx):
        await actions.join(tx, cho, "loire")
        await of_groups.tell_of_request(tx, cho, "loire")

    await story.database.write(asks)
    await story.notices.sweep()
    await story.started().sweep()

    assert await story.told("Ada", "Ben", "Cho") == {"Ada": ["group.asked"], "Ben": [], "Cho": []}


async def test_that_it_goes_is_told_to_members_as_long_as_it_does(story: Telling):
    ada, _ = await with_group(story)

    async def goes(tx):
        goes_at = await actions.delete(tx, ada, "loire", with_rooms=True)
        await of_groups.tell_of_end(tx, ada, "loire", goes_at=goes_at)

    await story.database.write(goes)
    await story.database.write(partial(actions.undo_deletion, by=ada, handle="loire"))
    await story.notices.sweep()
    undone = await story.told("Ben")
    story.clock.turn(DAY)
    await story.database.write(goes)
    await story.notices.sweep()

    assert undone == {"Ben": []}
    assert await story.told("Ada", "Ben", "Cho") == {"Ada": [], "Ben": ["group.going"], "Cho": []}
