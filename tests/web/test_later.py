"""Open questions answered after the room: who may, what is taken in, and what is refused in a sentence."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from causerie.accounts.models import people
from causerie.copies.models import answers, copies
from causerie.errors import Refusal
from causerie.questions.models import questions
from causerie.web.answers import later
from tests.copies.shelf import NAME, NOON, Shelf, shelved
from tests.copies.test_hearing import KINDS, recorded
from tests.place import Place

OPEN = f"/api/v1/copies/{NAME}/answers/Q4"


@pytest.fixture
async def shelf(place: Place) -> Shelf:
    return await shelved(place)


async def given(shelf: Shelf) -> list[dict[str, Any]]:
    """Every later answer as it is kept, without its names."""
    wanted = select(answers).where(answers.c.kind == "later")
    async with shelf.place.causerie.database.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    return [
        {name: row[name] for name in ("question", "title", "begins", "ends", "text", "who", "hidden")} for row in rows
    ]


async def said(shelf: Shelf, sound: bytes, kind: str = "audio/webm;codecs=opus", name: str = "Aurélie") -> Any:
    return await shelf.post(OPEN, name, content=sound, headers={"content-type": kind})


async def test_a_host_answers_by_a_text(shelf: Shelf):
    told = await shelf.post(OPEN, "Aurélie", json={"text": " By law.\n\n\nNot by might. "})

    copy = await shelf.copy()
    assert (told.status_code, told.json()["answer"][:3]) == (201, "/a/")
    assert (copy.state, copy.wanted, copy.made) == ("processing", 2, 1), "what is there is seen until the next is made"
    begins = NOON + 20_500
    assert await given(shelf) == [
        {
            "question": "Q4",
            "title": "What is still open?",
            "begins": begins,
            "ends": begins,
            "text": "By law.\nNot by might.",
            "who": "Aurélie",
            "hidden": False,
        }
    ]
    page = await shelf.get(told.json()["answer"])
    assert page.status_code == 200
    for words in ("What is still open?", "By law.", "Not by might.", "Answered after the room", "Cho", "Aurélie"):
        assert words in page.text, words
    async with shelf.place.causerie.database.read() as connection:
        state = (await connection.execute(select(questions.c.state).where(questions.c.id == "Q4"))).scalar()
    assert state == "carried_over", "in the room it stays as it was"


async def test_a_host_answers_by_voice(shelf: Shelf, tmp_path: Path):
    told = await said(shelf, recorded(tmp_path / "sent", *KINDS[0]).read_bytes())

    (row,) = await given(shelf)
    assert (told.status_code, row["text"]) == (201, None)
    assert row["ends"] - row["begins"] == pytest.approx(2000, abs=80)
    data = shelf.place.causerie.settings.data
    kept = [path.name for path in (data / "files" / "copies" / NAME / "later").iterdir()]
    assert kept == [f"{told.json()['chapter']}.flac"]
    assert list((data / later.SAID).iterdir()) == [], "what was sent is gone"


async def test_one_answer_comes_behind_the_other(shelf: Shelf):
    await shelf.sql(update(questions).where(questions.c.id == "Q3").values(state="open"))
    await shelf.sql(update(answers).where(answers.c.id == "A3").values(question=None))
    for question in ("Q4", "Q3"):
        await shelf.post(f"/api/v1/copies/{NAME}/answers/{question}", "Aurélie", json={"text": "Yes."})

    assert [one["begins"] - NOON for one in await given(shelf)] == [20_500, 21_000]


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("Q1", 409, "question.not_open"),
        ("Q5", 409, "question.not_open"),
        ("nothing", 404, "question.unknown"),
    ],
)
async def test_only_open_questions_are_answered(shelf: Shelf, question: str, status: int, code: str):
    told = await shelf.post(f"/api/v1/copies/{NAME}/answers/{question}", "Aurélie", json={"text": "Yes."})

    assert (told.status_code, told.json()["code"]) == (status, code)
    assert await given(shelf) == []


async def test_a_question_is_answered_once(shelf: Shelf):
    told = [await shelf.post(OPEN, "Aurélie", json={"text": "Yes."}) for _ in range(2)]

    assert [one.status_code for one in told] == [201, 409]
    assert told[1].json()["code"] == "later.answered"


@pytest.mark.parametrize("name", ["Karim", "Cho", ""])
async def test_only_who_leads_the_room_answers(shelf: Shelf, name: str):
    told = await shelf.post(OPEN, name, json={"text": "Yes."})
    await shelf.sql(update(copies).values(visibility="private"))
    hidden = await shelf.post(OPEN, name, json={"text": "Yes."})

    assert (told.status_code, hidden.status_code) == (403, 404)
    assert await given(shelf) == []


async def test_whose_part_is_never_recorded_answers_by_a_text(shelf: Shelf):
    await shelf.sql(update(people).where(people.c.id == shelf.people["Aurélie"]).values(minor=True))

    told = await said(shelf, b"anything")
    written = await shelf.post(OPEN, "Aurélie", json={"text": "Yes."})

    assert (told.status_code, told.json()["code"], written.status_code) == (403, "recording.never", 201)


BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "too long": ({"json": {"text": "a" * 5001}}, 422, "later.length"),
    "empty": ({"json": {"text": " \n "}}, 422, "later.length"),
    "no text": ({"json": {"words": "a"}}, 415, "later.kind"),
    "no JSON": ({"content": b"{", "headers": {"content-type": "application/json"}}, 415, "later.kind"),
    "a form": ({"data": {"text": "a"}}, 415, "body.type"),
    "a picture": ({"content": b"a", "headers": {"content-type": "image/png"}}, 415, "body.type"),
    "no sound": ({"content": b"no sound", "headers": {"content-type": "audio/webm"}}, 422, "later.unreadable"),
}


@pytest.mark.parametrize("bad", BAD)
async def test_what_is_no_answer_is_refused(shelf: Shelf, bad: str):
    sent, status, code = BAD[bad]
    told = await shelf.post(OPEN, "Aurélie", **sent)

    assert (told.status_code, told.json()["code"]) == (status, code)
    assert await given(shelf) == []
    said_ = shelf.place.causerie.settings.data / later.SAID
    assert not said_.exists() or list(said_.iterdir()) == []


async def test_more_than_we_take_is_refused_before_it_is_heard(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(later, "LARGEST_SOUND", 100)

    told = await said(shelf, bytes(101))

    assert (told.status_code, told.json()["code"]) == (413, "later.too_large")


async def test_a_sound_whose_answer_is_refused_leaves_nothing(shelf: Shelf, tmp_path: Path, monkeypatch):
    async def refuses(*_: Any, **__: Any) -> None:
        raise Refusal

    monkeypatch.setattr(later, "answer_later", refuses)

    told = await said(shelf, recorded(tmp_path / "sent", *KINDS[2]).read_bytes(), "audio/wav")

    assert told.status_code == 400
    assert [key for key in shelf.place.causerie.house.copying.storage.keys("copies/") if "/later/" in key] == []


async def test_another_site_sends_no_sound(shelf: Shelf):
    told = await shelf.post(
        OPEN, "Aurélie", content=b"a", headers={"content-type": "audio/webm", "origin": "https://elsewhere.test"}
    )

    assert (told.status_code, told.json()["code"]) == (403, "origin.refused")


def test_what_was_being_heard_at_the_end_is_gone_at_the_next_start(tmp_path: Path):
    (tmp_path / later.SAID / "01J").mkdir(parents=True)
    (tmp_path / later.SAID / "01J" / "sent").touch()

    later.forget(tmp_path)

    assert list(tmp_path.iterdir()) == []
