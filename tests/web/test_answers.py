"""An answer as the world sees it: its page, its player elsewhere, and how others are told to show it."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import insert, update

from causerie.copies.models import answers, copies
from causerie.questions.models import questions
from causerie.rooms.models import rooms
from causerie.safety.models import banned, bans
from tests.copies.shelf import ANSWERS, MP3, NAME, NOON, TOPIC, Shelf, shelved
from tests.place import HOST, Place

HERE = f"http://{HOST}"
PAGE = f"/a/{ANSWERS['nour']}"


class Reader(HTMLParser):
    """A page as somebody reads it without a script: its words, and each element's attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._in.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and "script" not in self._in[-1:]:
            self.words.append(" ".join(data.split()))

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        return next(has for name, has in self.found if name == tag and wanted.items() <= has.items())

    def meta(self, name: str) -> str | None:
        found = [
            has["content"]
            for tag, has in self.found
            if tag == "meta" and name in (has.get("name"), has.get("property"))
        ]
        return found[0] if found else None


@pytest.fixture
async def shelf(place: Place) -> Shelf:
    return await shelved(place)


async def read(shelf: Shelf, path: str = PAGE, name: str = "") -> Reader:
    response = await shelf.get(path, name)
    assert response.status_code == 200, path
    return Reader(response.text)


async def test_an_answer_is_read_without_a_script(shelf: Shelf):
    page = await read(shelf)

    said = " ".join(page.words)
    for words in (
        "Can a river have <rights>?",
        "18 November 2026",
        "Who speaks for the <river>?",
        "Nour asked",
        "and 2 others wanted to know",
        "They asked me this.",
        "On the boats <we> had a rule. You said what you saw.",
    ):
        assert words in said, words
    assert page.one("html") == {"lang": "en", "dir": "ltr"}
    assert [tag for tag, _ in page.found].count("h1") == 1
    people = said.partition("Who answered")[2].partition("Also answered")[0].split()
    assert [word for word in people if len(word) > 1] == ["Karim", "Tomasz"], (
        "the longest first, the asker is no answer"
    )
    audio = page.one("audio")
    assert ("controls" in audio, audio["preload"]) == (True, "none")
    assert page.one("a", href=f"/a/{ANSWERS['ben']}")
    assert page.one("a", href=f"{HERE}/c/{NAME}#t=0.5")


async def test_its_sound_is_just_this_answer_by_a_link_that_lasts(shelf: Shelf):
    audio = (await read(shelf)).one("audio")

    sound = await shelf.get(str(audio["src"]).removeprefix(HERE))
    part = await shelf.get(str(audio["src"]).removeprefix(HERE), range="bytes=3-6")

    assert (sound.status_code, sound.content, sound.headers["content-type"]) == (200, MP3, "audio/mpeg")
    assert (part.status_code, part.content) == (206, MP3[3:7])
    await shelf.change(visibility="private", generation=4)
    assert (await shelf.get(str(audio["src"]).removeprefix(HERE))).status_code == 404


async def test_who_hid_their_name_is_not_named(shelf: Shelf):
    page = await read(shelf, f"/a/{ANSWERS['ben']}")

    assert "Asked from the audience" in page.words
    assert "Ben" not in (await shelf.get(f"/a/{ANSWERS['ben']}")).text
    await shelf.sql(update(questions).where(questions.c.id == "Q1").values(hidden_from="everybody"))
    assert "Nour asked" not in " ".join((await read(shelf)).words)


UNSEEN = {
    "private": update(copies).values(visibility="private"),
    "not made": update(copies).values(made=0),
    "deleted": update(copies).values(deleted_at=1),
    "hidden": update(answers).values(hidden=True),
    "cut out": update(answers).values(at=None, until=None),
}


@pytest.mark.parametrize("why", UNSEEN)
async def test_what_may_not_be_seen_is_no_answer_at_all(shelf: Shelf, why: str):
    unknown = [await shelf.get(path, "Aurélie") for path in addresses("b" * 22)]

    await shelf.sql(UNSEEN[why])
    now = [await shelf.get(path, "Aurélie") for path in addresses(ANSWERS["nour"])]
    await shelf.place.causerie.jobs.work.clear_gone()

    assert [page.status_code for page in now] == [404] * 3
    assert [page.text for page in now] == [page.text for page in unknown]


def addresses(name: str) -> list[str]:
    return [f"/a/{name}", f"/e/a/{name}", f"/oembed?url={quote(f'{HERE}/a/{name}')}"]


@pytest.mark.parametrize("name", [ANSWERS["cho"], TOPIC, "b" * 22, "x" * 500, "%00", "..%2f.."])
async def test_a_hidden_answer_and_a_topic_have_no_page(shelf: Shelf, name: str):
    assert (await shelf.get(f"/a/{name}")).status_code == 404
    assert (await shelf.get(f"/e/a/{name}")).status_code == 404


async def test_to_who_is_banned_there_is_no_answer(shelf: Shelf):
    cho = shelf.people["Cho"]
    ban = {"id": "B1", "room": shelf.room.id, "person": cho, "name": "Cho", "reason": "", "by": cho, "at": NOON}
    await shelf.sql(insert(bans).values(ban))
    await shelf.sql(insert(banned).values(ban="B1", person=cho))

    seen = [(await shelf.get(path, name)).status_code for name in ("Cho", "Ben") for path in addresses(ANSWERS["nour"])]

    assert seen == [404] * 3 + [200] * 3


async def test_unlisted_is_found_by_no_search_engine(shelf: Shelf):
    listed = (await read(shelf)).meta("robots")
    await shelf.change(visibility="unlisted")

    assert (listed, (await read(shelf)).meta("robots")) == (None, "noindex")


async def test_a_preview_is_told_whole(shelf: Shelf):
    page = await read(shelf)

    assert page.meta("og:title") == "Who speaks for the <river>?"
    assert page.meta("og:url") == page.one("link", rel="canonical")["href"] == HERE + PAGE
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "630")
    assert page.meta("twitter:card") == "summary_large_image"
    card = await shelf.get(str(page.meta("og:image")).removeprefix(HERE))
    assert (card.status_code, card.headers["content-type"]) == (200, "image/png")
    text = (await shelf.get(PAGE)).text
    data = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data["mainEntity"]["name"] == "Who speaks for the <river>?"
    assert data["mainEntity"]["author"]["name"] == "Nour"
    assert data["mainEntity"]["acceptedAnswer"]["associatedMedia"]["contentUrl"] == page.one("audio")["src"]


async def test_nothing_that_was_written_is_ever_run(shelf: Shelf):
    bad = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    await shelf.sql(update(questions).values(text=bad, name=bad))
    await shelf.sql(update(rooms).values(title=bad))

    for path in (PAGE, f"/e/a/{ANSWERS['nour']}"):
        response = await shelf.get(path)
        page = Reader(response.text)
        inside = [has.get("type") for tag, has in page.found if tag == "script" and "src" not in has]
        assert inside == ["application/ld+json"][: path == PAGE]
        assert not any(name.startswith("on") or name == "style" for _, has in page.found for name in has)
        assert not any(tag == "img" for tag, _ in page.found)
        assert bad in " ".join(page.words)


async def test_its_policy_lets_no_script_in_but_ours(shelf: Shelf):
    page, player = await shelf.get(PAGE), await shelf.get(f"/e/a/{ANSWERS['nour']}")

    policies = [one.headers["content-security-policy"] for one in (page, player)]
    assert all("script-src 'self';" in one and "'unsafe" not in one for one in policies)
    assert [one.rpartition(" frame-ancestors ")[2] for one in policies] == ["'none'", "*"]
    assert [one.headers.get("set-cookie") for one in (page, player)] == [None, None]


async def test_a_player_in_another_page_is_small_and_leads_here(shelf: Shelf):
    page = await read(shelf, f"/e/a/{ANSWERS['nour']}")

    assert page.one("audio")["src"] == (await read(shelf)).one("audio")["src"]
    link = page.one("a", href=HERE + PAGE)
    assert (link["target"], link["rel"]) == ("_blank", "noopener")
    assert page.meta("robots") == "noindex"
    gone = await shelf.get(f"/e/a/{'b' * 22}")
    assert (gone.status_code, gone.headers.get("set-cookie")) == (404, None)
    assert "This answer is not here any more." in gone.text
    assert gone.headers["content-security-policy"].endswith("frame-ancestors *")


async def test_in_the_rooms_language_and_from_its_side(place: Place):
    shelf = await shelved(place, "هل للنهر حقوق؟", language="ar")

    page = await read(shelf)

    assert page.one("html") == {"lang": "ar", "dir": "rtl"}
    assert "وأراد شخصان آخران أن يعرفا" in page.words
    assert "18 نوفمبر 2026" in page.words


async def test_style_and_script_are_those_of_the_build(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told = {"src/answer/answer.ts": {"file": "assets/answer-1.js", "css": ["assets/answer-2.css"]}}
    (tmp_path / "built.json").write_text(json.dumps(told))
    monkeypatch.setattr("causerie.web.pages.BUILT", tmp_path)

    page = await read(shelf)

    assert page.one("link", rel="stylesheet")["href"] == "/assets/answer-2.css"
    assert page.one("script", type="module")["src"] == "/assets/answer-1.js"


# ---- oEmbed ----


async def embedded(shelf: Shelf, **asked: str) -> Any:
    return await shelf.get("/oembed?" + "&".join(f"{name}={quote(said, safe='')}" for name, said in asked.items()))


async def test_another_page_is_told_how_to_show_it(shelf: Shelf):
    found = (await read(shelf)).one("link", type="application/json+oembed")
    told = await shelf.get(str(found["href"]).removeprefix(HERE))

    said = told.json()
    frame = Reader(said.pop("html")).one("iframe")
    card = said.pop("thumbnail_url")
    assert said == {
        "version": "1.0",
        "type": "rich",
        "title": "Who speaks for the <river>?",
        "author_name": "Aurélie",
        "provider_name": "causerie",
        "provider_url": f"{HERE}/",
        "cache_age": 3600,
        "width": 560,
        "height": 260,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    assert (frame["src"], frame["title"]) == (f"{HERE}/e/a/{ANSWERS['nour']}", "Who speaks for the <river>?")
    assert card.startswith(f"{HERE}/files/")
    assert told.headers["access-control-allow-origin"] == "*"


async def test_it_is_no_larger_than_was_asked_for(shelf: Shelf):
    said = (await embedded(shelf, url=HERE + PAGE, maxwidth="320", maxheight="200")).json()

    assert (said["width"], said["height"], "thumbnail_url" in said) == (320, 200, False)
    assert 'width="320" height="200"' in said["html"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"url": HERE + PAGE, "format": "xml"}, 501, "oembed.format"),
        ({"url": "https://elsewhere.test" + PAGE}, 404, "answer.unknown"),
        ({"url": HERE + "/r/river"}, 404, "answer.unknown"),
        ({"url": "http://[bad"}, 404, "answer.unknown"),
        ({}, 422, "body.invalid"),
        ({"url": HERE + PAGE, "maxwidth": "no"}, 422, "body.invalid"),
        ({"url": HERE + PAGE, "maxwidth": "0"}, 422, "body.invalid"),
    ],
)
async def test_what_is_no_answer_of_ours_is_refused(shelf: Shelf, asked: dict[str, str], status: int, code: str):
    told = await embedded(shelf, **asked)

    assert (told.status_code, told.json()["code"]) == (status, code)
