"""Copies through the real doors: who sees them and their files, what hosts change, who leaves; made in no time."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from causerie.clock import DAY, MINUTE
from causerie.copies.counting import counted
from causerie.db.tables import audit
from tests.copies.held import Held, held
from tests.folders import lying
from tests.place import opened

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Held]:
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place)
        await story.made()
        yield story


async def seen(story: Held, name: str = "Ada") -> Json:
    """The copy as somebody's page reads it."""
    return (await story.get("/api/v1/rooms/sparrows/copy", name)).json()


async def shows(story: Held, visibility: str) -> Json:
    copy = (await seen(story))["copy"]
    return (await story.post(f"/api/v1/copies/{copy}/visibility", "Ada", visibility=visibility)).json()


async def edited(story: Held, **said: Any) -> Json:
    """After a change, once it is made."""
    copy = (await seen(story))["copy"]
    told = await story.post(f"/api/v1/copies/{copy}/edits", "Ada", **said)
    assert told.status_code == 200, told.json()
    await story.made()
    return await seen(story)


def outline(view: Json) -> list[tuple[str, int, bool]]:
    return [(one["title"], round(one["begins"] / 1000), one["hidden"]) for one in view["chapters"]]


def files(data: Path) -> list[str]:
    return sorted(str(path.relative_to(data)) for path in lying(data / "files"))


async def verbs(story: Held) -> list[str]:
    async with story.place.causerie.database.read() as connection:
        return list((await connection.execute(select(audit.c.verb).order_by(audit.c.id))).scalars())


async def test_a_copy_is_its_hosts_alone_until_it_is_shown(story: Held):
    mine = await seen(story)
    before = [(await story.get("/api/v1/rooms/sparrows/copy", name)).status_code for name in ("Ben", "Cho", "")]
    unknown = await story.get("/api/v1/copies/nobody", "Ben")
    same = await story.get(f"/api/v1/copies/{mine['copy']}", "Ben")
    await shows(story, "unlisted")
    after = [await seen(story, name) for name in ("Ben", "Cho", "")]

    assert (mine["state"], mine["visibility"], mine["may"]) == (
        *("ready", "private"),
        ["edit", "publish", "clip", "delete", "tracks"],
    )
    assert outline(mine) == [("", 0, False), ("Who speaks for the river?", 2, False), ("What remains", 7, False)]
    assert [(one["who"], one["text"]) for one in mine["transcript"]] == [
        ("Ada", "On the boats we had a rule."),
        ("Ben", "A court needs a name."),
    ]
    assert before == [404, 404, 404]
    assert (same.status_code, same.json(), dict(same.headers)) == (404, unknown.json(), dict(unknown.headers))
    assert [(one["may"], len(one["files"])) for one in after] == [([], 10)] * 3
    assert [[bool(who["track"]) for who in one["speakers"]] for one in after] == [
        *([False, True], [False, False], [False, False])
    ]


async def test_who_spoke_has_their_own_track_and_no_other(story: Held):
    told = {name: await story.get("/api/v1/rooms/sparrows/part", name) for name in ("Ben", "Cho", "")}
    ben = told["Ben"].json()["track"]

    assert [one.status_code for one in told.values()] == [200, 404, 404]
    assert (await story.get(ben, "Ben")).content.startswith(b"sound/speakers/02.flac")
    assert [(await story.get(ben, name)).status_code for name in ("Cho", "")] == [404, 404]


async def test_those_who_run_this_place_take_back_what_is_shown_and_show_nothing(story: Held):
    path = f"/api/v1/copies/{(await seen(story))['copy']}/visibility"
    _, story.cookies["Root"] = await story.place.person("Root", admin=True)
    private = await story.post(path, "Root", visibility="published")
    await shows(story, "unlisted")
    rights = [(await seen(story, name))["may"] for name in ("Root", "Ben")]
    wider = await story.post(path, "Root", visibility="published")
    silent = await story.post(path, "Root", visibility="private")
    back = await story.post(path, "Root", visibility="private", reason="It names a child")

    assert (silent.status_code, silent.json()["code"]) == (422, "reason.needed")
    assert rights == [["delete", "unpublish"], []]
    assert [one.status_code for one in (private, wider, back)] == [404, 403, 200]
    assert (await seen(story))["visibility"] == "private"


async def test_a_private_file_is_for_one_person_and_five_minutes(story: Held):
    mine = await seen(story)
    url = next(one["url"] for one in mine["files"] if one["kind"] == "kit")
    for_ada = await story.get(url, "Ada")
    others = [(await story.get(url, name)).status_code for name in ("Ben", "")]
    bare = [
        (await story.get(bad, "Ada")).status_code for bad in (url.partition("?")[0], url.replace("sign=", "sign=0"))
    ]
    story.place.clock.turn(5 * MINUTE + 1)
    late = await story.get(url, "Ada")

    assert (for_ada.status_code, for_ada.headers["cache-control"]) == (200, "no-store")
    assert for_ada.headers["content-disposition"] == 'attachment; filename="sparrows-press-kit.zip"'
    assert (others, bare) == ([404, 404], [404, 404])
    assert late.status_code == 404


async def test_links_to_what_is_shown_last_and_die_when_it_is_not(story: Held):
    view = await shows(story, "published")
    url = view["sound"]
    story.place.clock.turn(DAY)
    lasting = (await story.get(url)).status_code, (await seen(story, ""))["feed"] is not None
    kits = [one["kind"] for one in (await seen(story, ""))["files"]]
    await shows(story, "private")
    dead = (await story.get(url)).status_code
    await shows(story, "published")
    still_dead = (await story.get(url)).status_code

    assert lasting == (200, True)
    assert "kit" not in kits
    assert (dead, still_dead) == (404, 404)


async def test_any_part_of_a_file_can_be_had(story: Held):
    url = (await shows(story, "unlisted"))["sound"]
    whole = (await story.get(url)).content
    size = len(whole)

    async def part(said: str) -> tuple[int, bytes, str | None]:
        told = await story.get(url, headers={"range": said})
        return told.status_code, told.content, told.headers.get("content-range")

    assert await part("bytes=0-4") == (206, whole[:5], f"bytes 0-4/{size}")
    assert await part("bytes=-7") == (206, whole[-7:], f"bytes {size - 7}-{size - 1}/{size}")
    assert await part(f"bytes=10-{size * 3}") == (206, whole[10:], f"bytes 10-{size - 1}/{size}")
    for outside in (f"bytes={size}-", "bytes=-0", f"bytes={size + 9}-{size + 20}"):
        assert await part(outside) == (416, b"", f"bytes */{size}")
    for nonsense in ("bytes=9-3", "bytes=-", "pages=1-2", "bytes=0-1,4-5", "bytes=" + ",".join(["0-1"] * 10_000)):
        assert (await part(nonsense))[:2] == (200, whole)


async def test_what_a_host_changes_is_made_anew_and_nothing_is_lost(story: Held):
    first = await seen(story)
    before, (opening, river, remains) = files(story.place.causerie.settings.data), first["chapters"]

    renamed = await edited(story, edit="rename", chapter=river["id"], title="  The river ")
    hidden = await edited(story, edit="hide", chapter=river["id"])
    shown = await edited(story, edit="show", chapter=river["id"])
    split = await edited(story, edit="split", begins=9000, title="The end")
    joined = await edited(story, edit="join", chapter=split["chapters"][-1]["id"])
    moved = await edited(story, edit="move", chapter=remains["id"], begins=8000)
    trimmed = await edited(story, edit="trim", begins=1000, ends=10_000)
    wider = await edited(story, edit="trim", begins=-1000, ends=9000)

    assert outline(renamed)[1:] == [("The river", 2, False), ("What remains", 7, False)]
    assert (outline(hidden), hidden["length"]) == (
        [("", 0, False), ("The river", 2, True), ("What remains", 2, False)],
        7000,
    )
    assert outline(shown) == outline(renamed)
    assert outline(split)[-1] == ("The end", 9, False)
    assert outline(joined) == outline(renamed)
    assert outline(moved)[-1] == ("What remains", 8, False)
    assert (trimmed["length"], outline(trimmed)[-1], trimmed["edits"]) == (
        *(9000, ("What remains", 7, False)),
        {"trim_begins": 1000, "trim_ends": 2000, "hidden": []},
    )
    assert (wider["length"], wider["edits"]["trim_begins"]) == (10_000, 0)
    assert wider["chapters"][1]["answer"] == river["answer"]
    assert len(files(story.place.causerie.settings.data)) == len(before)
    assert opening["kind"] == "opening"


async def test_the_page_shows_the_hosts_own_cover_and_else_the_rooms(story: Held):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "PNG")
    before = await seen(story)
    changed = await edited(story, edit="cover", picture=base64.b64encode(picture.getvalue()).decode())

    assert before["cover"] is None
    assert changed["cover"].partition("?")[0].endswith("/pictures/cover.jpg")


REFUSED: list[tuple[Json, str]] = [
    ({"edit": "trim", "begins": -1, "ends": 5000}, "copy.trim"),
    ({"edit": "trim", "begins": 0, "ends": 12_001}, "copy.trim"),
    ({"edit": "trim", "begins": 5000, "ends": 5000}, "copy.trim"),
    ({"edit": "trim", "begins": 0, "ends": 1 << 40}, "copy.trim"),
    ({"edit": "rename", "chapter": "RIVER", "title": "🌊" * 300}, "copy.title"),
    ({"edit": "rename", "chapter": "RIVER", "title": " \x00 "}, "copy.title"),
    ({"edit": "hide", "chapter": "nobody"}, "copy.chapter"),
    ({"edit": "move", "chapter": "RIVER", "begins": 7000}, "copy.place"),
    ({"edit": "add", "begins": 13_000, "title": "Later"}, "copy.place"),
    ({"edit": "join", "chapter": "RIVER"}, "copy.first"),
    ({"edit": "cover", "picture": "bm8gcGljdHVyZQ=="}, "cover.unreadable"),
    ({"edit": "cover", "picture": "?"}, "cover.unreadable"),
    ({"edit": "burn"}, "body.invalid"),
]


async def test_what_cannot_be_meant_is_refused_and_changes_nothing(story: Held):
    before = await seen(story)
    path, river = f"/api/v1/copies/{before['copy']}/edits", before["chapters"][1]["id"]

    told = []
    for said, _ in REFUSED:
        meant = {name: river if value == "RIVER" else value for name, value in said.items()}
        told.append((await story.post(path, "Ada", **meant)).json()["code"])

    assert told == [code for _, code in REFUSED]
    after = await seen(story)
    assert (outline(after), after["state"]) == (outline(before), "ready")


async def test_others_change_nothing(story: Held):
    copy = (await shows(story, "published"))["copy"]
    tries = [
        ("visibility", {"visibility": "private"}),
        ("edits", {"edit": "trim", "begins": 0, "ends": 5000}),
        ("withdrawals/x", {"grant": True}),
    ]
    told = [(await story.post(f"/api/v1/copies/{copy}/{path}", "Ben", **said)).status_code for path, said in tries]
    async with story.browser("Cho") as browser:
        told.append((await browser.delete(f"/api/v1/copies/{copy}")).status_code)

    assert told == [403] * 4
    assert (await seen(story, ""))["visibility"] == "published"


async def test_deleted_it_is_gone_with_everything_it_was_made_of(story: Held):
    view = await shows(story, "published")
    data = story.place.causerie.settings.data
    async with story.browser("Ada") as browser:
        told = await browser.delete(f"/api/v1/copies/{view['copy']}")
    async with asyncio.timeout(20):
        while files(data) or lying(data, ".take"):
            await story.place.tick(1000)
            await asyncio.sleep(0.02)
    await story.place.causerie.jobs.sweep()

    assert told.status_code == 204
    assert [(await story.get(url)).status_code for url in (view["sound"], f"/api/v1/copies/{view['copy']}")] == [
        404,
        404,
    ]
    assert (await verbs(story))[-1] == "copy.delete"
    assert await story.copy() is None


async def test_who_leaves_is_gone_from_every_file(story: Held):
    view = await shows(story, "published")
    data = story.place.causerie.settings.data
    ben = view["speakers"][1]["name"]
    told = await story.post("/api/v1/rooms/sparrows/withdraw", "Ben")
    gone = (await story.get(view["sound"])).status_code
    edition = await story.made()
    async with asyncio.timeout(20):
        while len(lying(data, ".take")) > 1:
            await story.place.tick(1000)
            await asyncio.sleep(0.02)
    after = await seen(story, "")

    assert (told.status_code, gone, ben) == (204, 404, "Ben")
    assert [who["name"] for who in after["speakers"]] == ["Ada"]
    assert [one["text"] for one in after["transcript"]] == ["On the boats we had a rule."]
    assert (await seen(story))["left_out"] == {"people": ["Ben"], "length": 12_000}
    assert after["left_out"] is None
    assert edition.number == 2
    assert not any("Ben" in (data / name).read_text() for name in files(data))


async def test_a_name_taken_off_is_off_every_file(story: Held):
    view = await shows(story, "published")
    data, named = story.place.causerie.settings.data, view["chapters"][1]["asker"]
    written = all("Cho" in (data / name).read_text() for name in files(data))
    await story.evening.cho.does("question.hide_name", question=story.questions["Cho"])
    await story.made()

    assert (named, written) == ("Cho", True)
    assert not any("Cho" in (data / name).read_text() for name in files(data))
    assert (await seen(story))["chapters"][1]["asker"] is None


async def test_plays_and_downloads_are_counted_and_nobody_is(story: Held):
    view = await shows(story, "published")
    mp3 = next(one["url"] for one in view["files"] if one["kind"] == "mp3")
    for url, said in ((view["sound"], {}), (view["sound"], {"range": "bytes=9-20"}), (mp3, {}), (mp3, {})):
        await story.get(url, headers=said)
    await story.place.causerie.jobs.sweep()

    copy = await story.copy()
    async with story.place.causerie.database.read() as connection:
        assert await counted(connection, copy.id) == {"play": 1, "download": 2}
