"""A captioner types what is said: everybody reads it, the speaker's name first; who comes later has the last lines."""

from pathlib import Path

import pytest

from causerie.captions.models import captions
from tests.hall import NOW
from tests.live.conftest import Evening, evening_in
from tests.place import Page, Place, opened


def lines(page: Page) -> list[dict[str, object]]:
    return [frame["line"] for frame in page.frames if frame["type"] == "caption"]


async def test_a_line_goes_to_everybody_with_the_name_of_who_said_it(evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="captioner")

    await evening.ben.does("caption.say", text=" Rivers have\n memories. ", speaker=evening.id("Ada"))

    line = {"speaker": "Ada", "text": "Rivers have memories.", "at": NOW}
    assert lines(evening.visitor) == lines(evening.ada) == [line]
    assert (await evening.cho.enter())["room"]["captions"] == [line]


async def test_left_out_the_speaker_is_who_is_loudest(evening: Evening):
    await evening.ada.does("media.offer", sdp="v=0")
    evening.place.engine.loudest = [evening.place.state().stage.seats[evening.people["Ada"].id].number]
    await evening.ada.does("caption.say", text="One.")
    evening.place.engine.loudest = []
    await evening.ada.does("caption.say", text="Two.")

    assert [line["speaker"] for line in lines(evening.cho)] == ["Ada", None]


async def test_all_lines_are_kept_and_the_last_five_are_there_after_a_restart(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        for n in range(7):
            await evening.ada.does("caption.say", text=f"Line {n}.")
    async with opened(tmp_path, url=database_url) as place:
        shown = (await place.page(evening.ada.cookie).enter())["room"]["captions"]
        async with place.causerie.database.read() as connection:
            kept = (await connection.execute(captions.select().order_by(captions.c.id))).mappings().all()

    assert [line["text"] for line in shown] == [f"Line {n}." for n in range(2, 7)]
    assert [row["text"] for row in kept] == [f"Line {n}." for n in range(7)]


async def test_the_log_is_read_backwards_page_by_page_to_its_first_line(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("causerie.captions.lines.PAGE", 3)
    for n in range(7):
        await evening.ada.does("caption.say", text=f"Line {n}.")

    pages = [await log(evening.visitor)]
    while pages[-1][1]:
        pages.append(await log(evening.visitor, before=pages[-1][1]))

    assert pages == [
        (["Line 4.", "Line 5.", "Line 6."], 4),
        (["Line 1.", "Line 2.", "Line 3."], 1),
        (["Line 0."], 0),
    ]


async def log(page: Page, **more: int) -> tuple[list[str], int]:
    before = len(page.frames)
    await page.does("caption.page", **more)
    told = next(frame for frame in page.frames[before:] if frame["type"] == "captions")
    return [line["text"] for line in told["lines"]], told["before"]


async def test_the_door_of_a_room_that_nobody_is_in_says_so_too(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    ben, _ = await place.person("Ben")
    room = await place.room(ada)
    host = place.page(cookie)

    async def captions_at_door() -> bool:
        async with place.browser() as browser:
            return bool((await browser.get(f"/api/v1/rooms/{room.name}")).json()["captions"])

    before = await captions_at_door()
    await host.enter()
    await host.does("role.give", person=ben.id, role="captioner")
    await host.leave()
    await place.settle()

    assert (place.causerie.rooms.alive(room.id), before, await captions_at_door()) == (None, False, True)


async def test_the_door_says_whether_there_are_captions(evening: Evening):
    async def captions_at_door() -> bool:
        async with evening.place.browser() as browser:
            return bool((await browser.get("/api/v1/rooms/sparrows")).json()["captions"])

    before = await captions_at_door()
    await evening.ada.does("role.give", person=evening.id("Ben"), role="captioner")
    given = await captions_at_door()
    await evening.ada.does("role.take", person=evening.id("Ben"))
    taken = await captions_at_door()
    await evening.ada.does("caption.say", text="Rivers have memories.")

    assert [before, given, taken, await captions_at_door()] == [False, True, False, True]


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("ben", {"text": "Buy my book"}, "room.may_not"),
        ("visitor", {"text": "Buy my book"}, "room.may_not"),
        ("ada", {"text": ""}, "caption.length"),
        ("ada", {"text": " \n "}, "caption.length"),
        ("ada", {"text": "x" * 201}, "caption.length"),
        ("ada", {"text": "He said", "speaker": "nobody"}, "stage.not_on_stage"),
    ],
)
async def test_what_is_refused_nobody_reads(evening: Evening, who: str, fields: dict[str, str], code: str):
    told = await getattr(evening, who).does("caption.say", **fields)

    assert (told["code"], lines(evening.cho)) == (code, [])
    async with evening.place.causerie.database.read() as connection:
        assert (await connection.execute(captions.select())).all() == []
