"""What is on its way: by mail and push once, unless killed inside the delivery; later, or not at all, where it must."""

import json
from functools import partial

import pytest
from sqlalchemy import select, update

from causerie.accounts.models import sessions
from causerie.accounts.speaking import speak
from causerie.clock import DAY, HOUR, MINUTE, SECOND
from causerie.notices import devices, wishes
from causerie.notices.deliveries import claim, let_go_of_all, waiting_letters
from causerie.notices.models import deliveries
from causerie.notices.models import devices as devices_kept
from causerie.notices.wishes import Wishes
from causerie.rooms import actions as rooms
from causerie.rooms import life
from causerie.rooms.store import store
from tests.notices.conftest import Telling
from tests.push.service import browser, opened


async def live(story: Telling, title: str = "Sparrows") -> None:
    """Ada goes live; everybody who follows her is told."""
    await story.does(rooms.start, await story.room(title))
    await story.notices.sweep()


async def test_who_follows_is_told_by_push_and_by_mail(story: Telling):
    await story.person("Ben", push=True, mail=True)
    await story.follow("Ben")

    await live(story)
    await story.notices.deliver()
    await story.started().deliver()

    (sent,), (letter,) = story.service.sent, story.box.letters
    message = json.loads(opened(sent.body, *story.keys["Ben"]))
    number = message["tag"].removeprefix("notice-")
    assert message == {
        "title": "Live: Sparrows",
        "text": "Ada is live.",
        "path": "/r/sparrows",
        "tag": f"notice-{number}",
        "language": "en",
    }
    assert sent.headers["topic"] == f"notice-{number}"
    assert (letter["To"], letter["Subject"]) == ("ben@example.org", "Live: Sparrows")
    assert letter["Message-ID"] == f"<notice-{number}@talk.example.org>"
    assert await story.states() == [("push", "sent"), ("mail", "sent")]


async def test_killed_inside_the_delivery_it_goes_once_more_under_the_same_name(
    story: Telling, monkeypatch: pytest.MonkeyPatch
):
    await story.person("Ben", push=True, mail=True)
    await story.follow("Ben")
    await live(story)

    # Both are held and sent; the program dies before it is written down that they were.
    killed = story.notices.delivering
    monkeypatch.setattr(killed, "write", nothing)
    await killed.deliver_some()
    again = story.started()
    held = await again.delivering.deliver_some()
    await story.database.write(let_go_of_all)
    await again.deliver()

    assert held == 0
    assert [sent.headers["topic"] for sent in story.service.sent] == [story.service.sent[0].headers["topic"]] * 2
    assert [letter["Message-ID"] for letter in story.box.letters] == [story.box.letters[0]["Message-ID"]] * 2
    assert await story.states() == [("push", "sent"), ("mail", "sent")]


async def nothing(*_: object, **__: object) -> None: ...


async def test_what_another_holds_is_left_to_it_until_its_time_is_over(story: Telling):
    await story.person("Ben", push=True)
    await story.follow("Ben")
    await live(story)
    await story.database.write(partial(claim, mail=True))

    await story.started().deliver()
    at_first = len(story.service.sent)
    story.clock.turn(6 * MINUTE)
    await story.started().deliver()

    assert (at_first, len(story.service.sent)) == (0, 1)


async def test_a_push_service_that_is_away_is_tried_again_ever_later_and_given_up(story: Telling):
    await story.person("Ben", push=True)
    await story.follow("Ben")
    story.service.answers["/ben"] = "503 Away"
    await live(story)
    await story.database.write(lambda tx: tx.run(update(deliveries).values(good_until=story.clock.now() + 9 * DAY)))

    tried = []
    for wait in (0, 20 * SECOND, 10 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY):
        story.clock.turn(wait)
        await story.notices.deliver()
        tried.append(len(story.service.sent))

    assert tried == [1, 1, 2, 3, 4, 5, 6, 6]
    assert await story.states() == [("push", "failed")]


async def test_a_browser_that_is_gone_is_forgotten(story: Telling):
    await story.person("Ben", push=True)
    await story.person("Cho", push=True)
    await story.follow("Ben", "Cho")
    story.service.answers["/ben"] = "410 Gone"

    await live(story)
    await story.notices.deliver()

    async with story.database.read() as connection:
        left = (await connection.execute(select(devices_kept.c.endpoint))).scalars().all()
    assert left == [story.service.endpoint("cho")]
    assert sorted(await story.states()) == [("push", "dropped"), ("push", "sent")]


async def test_a_browser_that_signed_out_is_told_nothing(story: Telling):
    ben = await story.person("Ben", push=True)
    await story.follow("Ben")
    await live(story)

    await story.database.write(lambda tx: tx.run(sessions.delete().where(sessions.c.person == ben.id)))
    await story.notices.deliver()

    assert story.service.sent == []
    assert await story.states() == [("push", "dropped")]


async def test_a_mail_server_that_is_away_keeps_letters_waiting_and_one_refused_keeps_no_other(story: Telling):
    for name in ("Ben", "Cho", "Dee"):
        await story.person(name, mail=True)
    await story.follow("Ben", "Cho", "Dee")
    story.box.answers = ["554 never", "451 come again"]

    await live(story)
    await story.notices.deliver()
    at_first = len(story.box.letters)
    story.clock.turn(30 * SECOND)
    await story.notices.deliver()

    assert (at_first, len(story.box.letters)) == (0, 2)
    assert sorted(await story.states()) == [("mail", "failed"), ("mail", "sent"), ("mail", "sent")]


async def test_in_quiet_hours_nothing_comes_until_they_are_over(story: Telling):
    ben = await story.person("Ben", mail=True)
    room = await story.room(within=3 * DAY)
    await story.remind(room, "Ben")
    # 08:00 in London; Ben sleeps until nine.
    await story.database.write(partial(speak, person=ben.id, language="fr"))
    quiet = Wishes("Europe/London", quiet=True, quiet_from=22 * 60, quiet_until=9 * 60)
    await story.database.write(partial(wishes.wish, person=ben.id, wanted=quiet))
    await story.does(rooms.start, room)
    await story.notices.sweep()
    await story.database.write(lambda tx: tx.run(update(deliveries).values(good_until=story.clock.now() + 2 * HOUR)))

    await story.notices.deliver()
    story.clock.turn(59 * MINUTE)
    await story.notices.deliver()
    asleep = len(story.box.letters)
    story.clock.turn(MINUTE)
    await story.notices.deliver()

    assert asleep == 0
    assert [letter["Subject"] for letter in story.box.letters] == ["En direct : Sparrows"]
    assert await story.told("Ben") == {"Ben": ["room.live"]}


async def test_what_is_not_worth_it_after_quiet_hours_stays_in_the_inbox_only(story: Telling):
    ben = await story.person("Ben", mail=True)
    await story.follow("Ben")
    quiet = Wishes("Europe/London", quiet=True, quiet_from=22 * 60, quiet_until=12 * 60)
    await story.database.write(partial(wishes.wish, person=ben.id, wanted=quiet))

    await live(story)
    await story.notices.deliver()

    assert story.box.letters == []
    assert await story.states() == [("mail", "dropped")]
    assert await story.told("Ben") == {"Ben": ["room.live"]}


async def test_what_is_switched_off_for_one_way_takes_the_other(story: Telling):
    ben = await story.person("Ben", push=True, mail=True)
    await story.follow("Ben")
    await story.database.write(partial(wishes.switch, person=ben.id, topic="live", channel="mail", on=False))

    await live(story)
    await story.notices.deliver()

    assert (len(story.service.sent), story.box.letters) == (1, [])


async def test_without_a_mail_server_no_letter_is_made_and_one_that_waits_is_handed_over(story: Telling):
    await story.person("Ben", mail=True)
    await story.follow("Ben")
    await live(story)  # with a mail server: a letter waits
    story.notices.delivering.post = None

    await live(story, "Swifts")
    await story.notices.deliver()
    async with story.database.read() as connection:
        waiting, _ = await waiting_letters(connection, now=story.clock.now(), after=0, most=9)

    letters = [(name, story.notices.delivering.letter(one).subject) for name, one in waiting]
    assert letters == [("Ben", "Live: Sparrows")]
    assert await story.told("Ben") == {"Ben": ["room.live", "room.live"]}


async def test_a_browser_that_is_reached_elsewhere_is_told_there_also_what_waits(story: Telling):
    ben, _ = await story.person("Ben", push=True), await story.person("Cho", push=True)
    await story.follow("Ben", "Cho")
    await live(story)
    key, receiver = browser()
    async with story.database.read() as connection:
        session = (await connection.execute(select(sessions.c.hash).where(sessions.c.person == ben.id))).scalar_one()
    moved = partial(devices.renew_device, person=ben.id, session=session, receiver=receiver)

    await story.database.write(lambda tx: moved(tx, endpoint=story.service.endpoint("ben-2")))
    await story.notices.deliver()
    sent = [
        (one.path, json.loads(opened(one.body, key, receiver))["title"])
        for one in story.service.sent
        if one.path != "/cho"
    ]
    await story.database.write(lambda tx: moved(tx, endpoint=story.service.endpoint("cho")))

    async with story.database.read() as connection:
        left = [tuple(row) for row in await connection.execute(select(devices_kept.c.person, devices_kept.c.endpoint))]
    assert sent == [("/ben-2", "Live: Sparrows")]
    assert left == [(ben.id, story.service.endpoint("cho"))]


async def test_a_browser_belongs_to_whoever_says_so_last(story: Telling):
    ben, cho = await story.person("Ben", push=True), await story.person("Cho")
    _, receiver = story.keys["Ben"]
    endpoint = story.service.endpoint("ben")
    async with story.database.read() as connection:
        session = (await connection.execute(select(sessions.c.hash).where(sessions.c.person == cho.id))).scalar_one()

    await story.database.write(lambda tx: devices.add_device(tx, cho.id, session, endpoint, receiver))
    await story.follow("Ben", "Cho")
    await live(story)
    await story.notices.deliver()

    async with story.database.read() as connection:
        left = (await connection.execute(select(devices_kept.c.person))).scalars().all()
    assert (left, len(story.service.sent)) == ([cho.id], 1)
    assert ben.id not in left


async def test_what_waited_for_the_morning_is_not_delivered_where_its_time_is_no_more(story: Telling):
    ben = await story.person("Ben", push=True, mail=True)
    room = await story.room(within=DAY)
    await story.remind(room, "Ben")
    asleep = Wishes(quiet=True, quiet_from=0, quiet_until=24 * 60 - 1)
    await story.database.write(partial(wishes.wish, person=ben.id, wanted=asleep))
    await story.notices.sweep()
    await story.notices.deliver()

    await story.does(lambda tx, room: store(tx, room.id, life.move(room, None, now=tx.now)), room)
    await story.database.write(partial(wishes.wish, person=ben.id, wanted=Wishes()))
    await story.notices.sweep()
    story.clock.turn(23 * HOUR)
    await story.notices.deliver()

    assert [letter["Subject"] for letter in story.box.letters] == ["No time any more: Sparrows"]
    assert [json.loads(opened(sent.body, *story.keys["Ben"]))["title"] for sent in story.service.sent] == [
        "No time any more: Sparrows"
    ]
    assert sorted(await story.states()) == [
        ("mail", "dropped"),
        ("mail", "sent"),
        ("push", "dropped"),
        ("push", "sent"),
    ]
