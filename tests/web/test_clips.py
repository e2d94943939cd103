"""Clips and figures through the real doors."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.clock import MINUTE
from causerie.copies.figures import Figures, Talk, as_csv
from causerie.db.tables import audit
from causerie.rooms.audience import attendance
from causerie.rooms.audience.attendance import Counted
from tests.copies.held import Held
from tests.copies.sixteen import sixteen
from tests.place import HOST, opened
from tests.web.test_answers import Reader

Json = dict[str, Any]
CLIP = {"begins": 0, "ends": 15_500, "title": "A rule"}


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    monkeypatch.setattr("causerie.copies.clip_work.CHILD", "tests.copies.quick_clip")
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await sixteen(place)


async def seen(story: Held, name: str = "Ada") -> Json:
    return (await story.get("/api/v1/rooms/sparrows/copy", name)).json()


async def path(story: Held) -> str:
    return f"/api/v1/copies/{(await seen(story))['copy']}"


async def shown(story: Held) -> Json:
    """The only clip of the copy, once it is made."""
    async with asyncio.timeout(30):
        while (clip := (await seen(story))["clips"][0])["state"] == "processing":  # noqa: ASYNC110  a clip has no bell
            await asyncio.sleep(0.05)
    return clip


async def takes_away(story: Held, clip: str, name: str) -> int:
    async with story.browser(name) as browser:
        return (await browser.delete(f"{await path(story)}/clips/{clip}")).status_code


async def verbs(story: Held) -> list[str]:
    """What the audit says of clips."""
    wanted = select(audit.c.verb).where(audit.c.verb.like("clip.%")).order_by(audit.c.id)
    async with story.place.causerie.database.read() as connection:
        return list((await connection.execute(wanted)).scalars())


async def test_a_host_cuts_a_clip_everybody_hears_it_and_it_is_taken_away(story: Held):
    told = await story.post(f"{await path(story)}/clips", "Ada", **CLIP)
    clip = await shown(story)
    await story.post(f"{await path(story)}/visibility", "Ada", visibility="published")
    theirs = (await seen(story, "Cho"))["clips"][0]
    heard = [(await story.get(theirs[what], "Cho")) for what in ("sound", "video")]
    nobodys = await story.get(theirs["sound"].partition("?")[0], "Cho")
    gone = await takes_away(story, clip["clip"], "Ada")

    name = told.json()["clip"]
    place = {"clip": name, **CLIP, "url": f"/k/{name}"}
    assert (told.status_code, told.json()) == (201, {**place, "state": "processing", "sound": None, "video": None})
    assert {key: clip[key] for key in place} == place
    assert [(one.status_code, one.headers["content-type"]) for one in heard] == [(200, "audio/mp4"), (200, "video/mp4")]
    assert (nobodys.status_code, gone, (await seen(story))["clips"]) == (404, 204, [])
    assert await verbs(story) == ["clip.make", "clip.delete"]
    assert (await story.get(theirs["sound"], "Cho")).status_code == 404


async def test_only_those_who_lead_cut_clips_take_them_away_and_read_figures(story: Held):
    await story.post(f"{await path(story)}/visibility", "Ada", visibility="unlisted")
    await story.post(f"{await path(story)}/clips", "Ada", **CLIP)
    name = (await shown(story))["clip"]

    for who in ("Ben", "Cho", ""):
        assert (await story.post(f"{await path(story)}/clips", who, **CLIP)).json()["code"] == "copy.may_not"
        assert await takes_away(story, name, who) == 403
        assert (await story.get(f"{await path(story)}/figures", who)).status_code == 403
        assert (await story.get(f"{await path(story)}/figures.csv", who)).status_code == 403
    assert [one["clip"] for one in (await seen(story))["clips"]] == [name]


async def test_a_clip_has_a_page_that_says_what_it_is_as_long_as_it_is_shown(story: Held):
    said = await story.post(f"{await path(story)}/clips", "Ada", **{**CLIP, "title": "A <rule> & more"})
    address = said.json()["url"]
    await shown(story)
    alone = (await story.get(address)).status_code
    await story.post(f"{await path(story)}/visibility", "Ada", visibility="published")
    page = await story.get(address)
    read = Reader(page.text)
    graph = {name: read.one("meta", property=f"og:{name}")["content"] or "" for name in ("video", "image", "audio")}
    links = [link.removeprefix(f"http://{HOST}") for link in graph.values()]
    files = [(await story.get(link)).headers["content-type"] for link in links]
    await story.post(f"{await path(story)}/visibility", "Ada", visibility="private")
    after = [(await story.get(one)).status_code for one in (address, *links)]

    assert (alone, page.status_code, after) == (404, 200, [404] * 4)
    assert {"A <rule> & more", "Ada", "Ben"} <= {*read.words}
    assert (graph["video"], graph["image"]) == (read.one("video")["src"], read.one("video")["poster"])
    assert files == ["video/mp4", "image/jpeg", "audio/mpeg"]
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert (await story.get("/k/no-such-clip")).status_code == 404


async def test_what_is_no_clip_is_refused_in_words(story: Held):
    at = f"{await path(story)}/clips"

    refused = [
        (await story.post(at, "Ada", **{**CLIP, **more})).json()["code"]
        for more in ({"ends": 14_999}, {"ends": 99_000}, {"title": ""}, {"begins": 1 << 50}, {"more": 1})
    ]

    assert refused[:3] == ["clip.short", "clip.outside", "clip.title"]
    assert not {*refused[3:]} & {"clip.short", "clip.outside"}
    assert await takes_away(story, "no-such-clip", "Ada") == 404
    assert (await seen(story))["clips"] == []


async def test_hosts_read_the_figures_of_the_room(story: Held):
    heard = Counted(40, gone={0: 9, 12: 3, 30: 2})
    noted = partial(attendance.note, room=story.place.state().room.id, counted=heard)
    await story.place.causerie.database.write(noted)

    figures = (await story.get(f"{await path(story)}/figures", "Ada")).json()
    table = await story.get(f"{await path(story)}/figures.csv", "Ada")

    names = [one.pop("name") for one in figures["talk"]]
    counts = {"peak": 40, "heard": 5, "median_stay": 12 * MINUTE, "questions": 0, "votes": 0, "speakers": 2}
    assert figures == {**counts, "talk": [{"share": 0}, {"share": 0}], "plays": 0, "downloads": 0}
    assert (names, (await seen(story))["heard_live"]) == (["Ada", "Ben"], 5)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert not any(name in table.text for name in names)


def test_the_table_names_nobody():
    figures = Figures(412, 300, 34 * MINUTE, 41, 980, 2, (Talk("=Ada", 0.75), Talk("Ben", 0.25)), 17, 3)

    assert as_csv(figures).split("\r\n") == [
        "figure,value",
        "peak,412",
        "heard,300",
        "questions,41",
        "votes,980",
        "speakers,2",
        "plays,17",
        "downloads,3",
        "median_stay_minutes,34",
        "talk_share_1,0.7500",
        "talk_share_2,0.2500",
        "",
    ]
