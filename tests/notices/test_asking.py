"""Who was asked along by e-mail is written to once, when the room is announced; wherever the program was killed."""

from functools import partial

import pytest
from sqlalchemy import func, select, update

from causerie.accounts import actions as accounts
from causerie.accounts import blocking
from causerie.accounts.emails import confirm
from causerie.accounts.models import people
from causerie.clock import SECOND
from causerie.i18n import t
from causerie.mail.letters import written
from causerie.notices.asking import claim, letter
from causerie.notices.deliveries import HELD
from causerie.rooms import actions as rooms
from causerie.rooms import asked_along, life
from causerie.rooms.asked_along import Whom, asked_by, asked_in
from causerie.rooms.models import asked_letters
from causerie.rooms.state import Room
from causerie.rooms.store import store
from tests.letters import text_of
from tests.notices.conftest import Telling

CHO = "cho@example.org"


async def draft(story: Telling, **more) -> Room:
    wanted = partial(rooms.open_room, host=story.people["Ada"], title="Swifts", draft=True, **more)
    return (await story.database.write(wanted))[0]


async def ask(story: Telling, room: Room, address: str = CHO, *, told: bool = True) -> str:
    """Somebody is asked by e-mail; gives what their link says."""
    opens = story.notices.delivering.links.asked
    whom = Whom(address.partition("@")[0], address=address, told=told)
    asked = partial(asked_along.ask, room=room.id, whom=whom, role="speaker", shown=True, opens=opens)
    return (await story.database.write(asked))[0][1]


async def announce(tx, room: Room) -> None:
    await store(tx, room.id, life.announce(room, now=tx.now))


async def waiting(story: Telling) -> int:
    async with story.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(asked_letters))).scalar_one()


async def restarted(story: Telling) -> None:
    story.notices = story.started()
    await story.notices.begin_anew()
    await story.notices.deliver()


async def test_a_draft_mails_nobody_and_once_it_is_announced_each_once(story: Telling):
    room = await draft(story)
    tokens = [await ask(story, room, address) for address in (CHO, "dee@example.org")]
    await story.notices.deliver()
    before = list(story.box.letters)

    await story.does(announce, room)
    for _ in range(2):
        await story.notices.deliver()
        await restarted(story)

    assert before == []
    assert [letter["To"] for letter in story.box.letters] == [CHO, "dee@example.org"]
    for said, token in zip(story.box.letters, tokens, strict=True):
        assert f"https://talk.example.org/w/{token}" in text_of(said)
    async with story.database.read() as connection:
        opened = [(await asked_by(connection, token)).address for token in tokens]
    assert (opened, await waiting(story)) == ([CHO, "dee@example.org"], 0)


@pytest.mark.parametrize("sent", [False, True], ids=["before it was sent", "before it was written down"])
async def test_killed_in_between_it_is_sent_after_all_and_under_the_same_name(story: Telling, sent: bool):
    room = await draft(story)
    await ask(story, room)
    await story.does(announce, room)
    ways = story.notices.delivering
    (one,), _ = await story.database.write(claim)
    if sent:
        await ways.post.send(written(letter(ways, one), sender="a@b.example", name="Evening", at=0))
        await ways.post.close()

    before = len(story.box.letters)
    await restarted(story)
    at_once = len(story.box.letters) - before
    story.clock.turn(HELD)
    await story.notices.deliver()
    story.clock.turn(HELD)
    await restarted(story)

    # Where other programs work on the same rows, it might be theirs: it is left to them until its time is over.
    assert at_once == (1 if story.database.sqlite else 0)
    assert (before, len(story.box.letters)) == ((1, 2) if sent else (0, 1))
    assert len({letter["Message-ID"] for letter in story.box.letters}) == 1


async def test_it_is_in_the_readers_language_else_in_that_of_the_room(story: Telling):
    ben = await story.person("Ben", mail=True)
    await story.database.write(lambda tx: tx.run(update(people).where(people.c.id == ben.id).values(language="ar")))
    room = await draft(story, language="fr")
    for address in (CHO, "ben@example.org"):
        await ask(story, room, address)
    await story.does(announce, room)
    await story.notices.deliver()

    told = {str(letter["To"]): letter["Subject"].replace("\u202f", " ") for letter in story.box.letters}
    asks = "{host} asks you to take part: {title}"
    assert told == {
        address: t(language, asks, host="Ada", title="Swifts").replace("\u202f", " ")
        for address, language in ((CHO, "fr"), ("ben@example.org", "ar"))
    }


@pytest.mark.parametrize("why", ["untold", "answered", "taken back", "cancelled", "blocks the host", "a minor"])
async def test_who_is_not_to_be_written_to_is_not(story: Telling, why: str):
    room = await draft(story)
    token = await ask(story, room, told=why != "untold")
    cho = await accounts_at(story, CHO)
    async with story.database.read() as connection:
        asked = await asked_by(connection, token)
    assert asked is not None
    if why == "answered":
        await story.database.write(partial(asked_along.answer, asked=asked, by=cho.id, yes=False))
    elif why == "taken back":
        await story.database.write(partial(asked_along.ask_no_more, asked=asked.id))
    elif why == "blocks the host":
        await story.database.write(partial(blocking.block, person=cho.id, other=story.people["Ada"].id))
    elif why == "a minor":
        await story.database.write(partial(accounts.mark_minor, person=cho.id, minor=True))
    room = await story.does(announce, room)
    if why == "cancelled":
        await story.does(lambda tx, room: store(tx, room.id, life.cancel(room, now=tx.now)), room)
    await story.notices.deliver()

    assert story.box.letters == []


async def test_what_others_have_between_them_keeps_no_letter_back(story: Telling):
    room = await draft(story)
    await ask(story, room)
    await accounts_at(story, CHO)
    ben = await story.person("Ben")
    await story.database.write(partial(blocking.block, person=ben.id, other=story.people["Ada"].id))
    await story.does(announce, room)
    await story.notices.deliver()

    assert [letter["To"] for letter in story.box.letters] == [CHO]


async def accounts_at(story: Telling, address: str):
    person = await story.person("Cho")
    await story.database.write(partial(confirm, address=address, person=person.id))
    return person


async def test_a_mail_server_that_is_away_keeps_them_waiting_and_one_that_is_refused_is_given_up(story: Telling):
    room = await draft(story)
    for address in (CHO, "nobody@example.org", "dee@example.org"):
        await ask(story, room, address)
    await story.does(announce, room)
    story.box.answers = ["451 come again"]

    await story.notices.deliver()
    away = len(story.box.letters), await waiting(story)
    story.clock.turn(30 * SECOND)
    await story.notices.deliver()

    assert away == (0, 3)
    assert [letter["To"] for letter in story.box.letters] == [CHO, "dee@example.org"]
    assert await waiting(story) == 0


async def test_a_start_does_not_hasten_what_waits_for_a_mail_server(story: Telling):
    await ask(story, await story.room())
    story.box.answers = ["451 come again"] * 9
    await story.notices.deliver()

    for _ in range(9):
        await restarted(story)
    tried = 9 - len(story.box.answers)
    story.box.answers = []
    story.clock.turn(30 * SECOND)
    await story.notices.deliver()

    assert (tried, len(story.box.letters), await waiting(story)) == (1, 1, 0)


async def test_who_is_asked_anew_is_written_to_anew(story: Telling):
    room = await story.room()
    first = await ask(story, room)
    await story.notices.deliver()
    story.clock.turn(SECOND)
    second = await ask(story, room)
    await story.notices.deliver()

    assert [token in text_of(said) for said, token in zip(story.box.letters, (first, second), strict=True)] == [
        True
    ] * 2
    async with story.database.read() as connection:
        assert (await asked_by(connection, first), len(await asked_in(connection, room.id))) == (None, 1)
