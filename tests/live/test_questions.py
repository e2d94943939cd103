"""Questions through the real door: who sees what of them, and what is refused."""

import json
from pathlib import Path

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.live import asked
from tests.live.conftest import Evening, evening_in
from tests.place import Page, opened


async def asks(evening: Evening, page: Page, text: str = "Why do sparrows bathe?", **more: object) -> str:
    """A question, long enough after the one before."""
    evening.place.clock.turn(11 * SECOND)
    return str((await page.does("question.ask", text=text, **more))["made"])


def heard(page: Page, after: int = 0) -> str:
    """Everything a page was told since then."""
    return json.dumps(page.frames[after:])


def at(evening: Evening) -> dict[str, int]:
    return {name: len(getattr(evening, name).frames) for name in ("ada", "ben", "cho", "visitor")}


async def guest(evening: Evening, name: str = "Gus") -> Page:
    _, cookie = await evening.place.person(name, guest=True)
    page = evening.place.page(cookie)
    await page.enter()
    return page


# ---- read first ----


async def test_a_guests_question_is_seen_by_the_desk_and_its_asker_alone(evening: Evening):
    gus = await guest(evening)
    before = at(evening)

    made = await asks(evening, gus)
    await evening.place.settle()

    assert gus.events("me")[-1] == "me.question"
    assert "desk.question" in evening.ada.events("desk")
    assert [made in heard(getattr(evening, name), n) for name, n in before.items()] == [True, False, False, False]
    snapshots = {name: await getattr(evening, name).enter() for name in ("ada", "cho")}
    assert (await gus.enter())["me"]["questions"][0]["state"] == "pending"
    assert [question["held"] for question in snapshots["ada"]["desk"]["questions"]] == ["guest"]
    assert made not in json.dumps(snapshots["cho"])


async def test_dismissed_it_never_was_before_the_room_and_its_asker_reads_why(evening: Evening):
    gus = await guest(evening)
    before = at(evening)
    made = await asks(evening, gus)

    await evening.ada.does("question.dismiss", question=made, reason="off_topic")
    await evening.place.settle()

    assert [made in heard(getattr(evening, name), n) for name, n in before.items()] == [True, False, False, False]
    assert [(q["state"], q["reason"]) for q in (await gus.enter())["me"]["questions"]] == [("dismissed", "off_topic")]
    await evening.ada.does("question.restore", question=made)
    assert made in heard(evening.visitor)


async def test_a_word_of_the_list_is_read_first_and_the_room_does_not_know_the_list(evening: Evening):
    await evening.ada.does("room.set", words=["casino"])

    made = await asks(evening, evening.ben, "Which CASINO?")

    assert "casino" not in (heard(evening.visitor) + heard(evening.cho)).lower()
    told = (await evening.ben.enter())["me"]["questions"]
    assert [(question["id"], question["state"], question["held"]) for question in told] == [(made, "pending", None)]
    assert (await evening.ada.enter())["desk"]["words"] == ["casino"]


# ---- without a name ----


async def test_hosts_see_who_asked_where_a_name_may_be_hidden(evening: Evening):
    await evening.ada.does("room.set", anonymous="allowed")
    before = at(evening)

    made = await asks(evening, evening.ben, anonymous=True)
    await evening.ada.does("floor.pick", question=made)
    await evening.ada.does("floor.answered", question=made)
    await evening.place.settle()

    assert evening.id("Ben") in heard(evening.ada, before["ada"])
    for name in ("cho", "visitor"):
        assert evening.id("Ben") not in heard(getattr(evening, name), before[name])
        [shown] = (await getattr(evening, name).enter())["room"]["questions"]
        assert (shown["person"], shown["name"], shown["anonymous"]) == (None, None, True)
    assert (await evening.ben.enter())["me"]["questions"][0]["person"] == evening.id("Ben")


async def test_nobody_sees_who_asked_where_nobody_is_to_know(evening: Evening):
    await evening.ada.does("room.set", anonymous="always")
    before = at(evening)

    made = await asks(evening, evening.ben, myself=True)
    await evening.ada.does("question.approve", question=made)
    await evening.place.settle()
    await evening.ada.does("floor.pick", question=made)
    await evening.place.settle()

    for name in ("ada", "cho", "visitor"):
        assert evening.id("Ben") not in heard(getattr(evening, name), before[name])
    view = await evening.ada.enter()
    assert evening.id("Ben") not in json.dumps([view["desk"]["entries"], view["desk"]["questions"], view["room"]])
    assert "me.invited" not in evening.ben.events("me")


# ---- votes ----


async def test_votes_of_guests_stand_apart_until_hosts_count_them(evening: Evening):
    gus, made = await guest(evening), await asks(evening, evening.ben)
    for page in (evening.cho, evening.ada, gus):
        await page.does("question.vote", question=made)
    await evening.place.tick()
    [apart] = (await evening.visitor.enter())["room"]["questions"]

    await evening.ada.does("room.set", guests_vote_counts=True)
    await evening.place.tick()

    [counted] = (await evening.visitor.enter())["room"]["questions"]
    assert [(q["votes"], q["guest_votes"]) for q in (apart, counted)] == [(2, 1), (3, 0)]
    assert evening.visitor.events("room").count("votes.counted") == 2


async def test_joined_all_who_voted_are_told_once(evening: Evening):
    why, how = await asks(evening, evening.ben), await asks(evening, evening.cho, "How do sparrows bathe?")
    for page, question in [(evening.ada, why), (evening.cho, why), (evening.ada, how)]:
        await page.does("question.vote", question=question)
    await evening.place.tick()

    await evening.ada.does("question.merge", question=why, into=how)
    await evening.place.settle()

    assert [page.events("me").count("me.merged") for page in (evening.ada, evening.cho, evening.ben)] == [1, 1, 0]
    [stays] = (await evening.visitor.enter())["room"]["questions"]
    assert (stays["id"], stays["votes"]) == (how, 1)
    assert [q["into"] for q in (await evening.ben.enter())["me"]["questions"]] == [how]


async def test_what_was_joined_shares_what_becomes_of_it_and_outlives_it(evening: Evening):
    why, how = await asks(evening, evening.ben), await asks(evening, evening.cho, "How do sparrows bathe?")
    await evening.ada.does("question.vote", question=how)
    await evening.ada.does("question.merge", question=why, into=how)

    await evening.ada.does("question.dismiss", question=how, reason="unclear")
    [dismissed] = (await evening.ben.enter())["me"]["questions"]
    await evening.ada.does("question.restore", question=how)
    [restored] = (await evening.ben.enter())["me"]["questions"]
    await evening.cho.does("question.withdraw", question=how)

    assert [(q["state"], q["reason"]) for q in (dismissed, restored)] == [("dismissed", "unclear"), ("merged", None)]
    [outlives] = (await evening.visitor.enter())["room"]["questions"]
    assert (outlives["id"], outlives["state"], outlives["votes"]) == (why, "open", 1)
    assert (await evening.ben.enter())["me"]["questions"] == []


@pytest.mark.parametrize(("thanks", "on_stage"), [(False, ["Ada", "Ben"]), (True, ["Ada"])])
async def test_when_it_is_answered_its_asker_stays_or_goes_back_with_thanks(
    evening: Evening, thanks: bool, on_stage: list[str]
):
    why = await asks(evening, evening.ben)
    await evening.ada.does("microphone.unmute")
    await evening.ada.does("floor.pick", question=why)
    await evening.ben.does("stage.accept")

    await evening.ada.does("floor.answered", question=why, thanks=thanks)
    await evening.ada.does("floor.answered", question=why, thanks=True)

    told = await evening.visitor.enter()
    assert [seat["name"] for seat in told["room"]["seats"]] == on_stage
    assert heard(evening.ben).count('"why": "thanked"') == thanks


async def test_whose_turn_comes_after_the_planned_end_is_told_when_that_is(evening: Evening):
    clock = evening.place.clock
    for text in ("Why?", "How?"):
        made = await asks(evening, evening.ben, text)
        await evening.ada.does("floor.read_out", question=made)
        clock.turn(20 * MINUTE)
        await evening.ada.does("floor.answered", question=made)
    for page, text in ((evening.ben, "Where?"), (evening.cho, "When?")):
        await asks(evening, page, text)
    places = []
    for length in (90, 45):
        await evening.ada.does("room.set", length=length)
        places.append([(await page.enter())["me"]["place"] for page in (evening.ben, evening.cho)])

    started = evening.place.state().room.started_at
    assert started is not None
    assert places == [
        [{"n": 1, "minutes": 0, "after_end": None}, {"n": 2, "minutes": 20, "after_end": None}],
        [{"n": 1, "minutes": 0, "after_end": None}, {"n": 2, "minutes": 20, "after_end": started + 45 * MINUTE}],
    ]


async def test_ten_votes_a_second(evening: Evening):
    made = await asks(evening, evening.ben)

    told = [await evening.cho.does("question.vote", question=made) for _ in range(11)]
    evening.place.clock.turn(SECOND)
    told.append(await evening.cho.does("question.unvote", question=made))

    assert [frame.get("code") for frame in told] == [None] * 10 + ["question.votes_too_fast", None]


# ---- looked up ----


async def test_while_one_writes_what_is_like_it_is_found(evening: Evening):
    made = await asks(evening, evening.ben, "Why do sparrows bathe in dust?")
    hidden = await asks(evening, await guest(evening), "Why do sparrows bathe in dust?")

    await evening.cho.does("question.similar", text="why do sparrows bathe in")

    told = evening.cho.frames[-2]
    assert (told["type"], [question["id"] for question in told["questions"]]) == ("similar", [made])
    assert hidden not in heard(evening.cho)


async def test_more_questions_come_by_page(evening: Evening):
    await evening.ada.does("room.set", questions_per_person=20, guests_ask="open")
    pages = [evening.ben, evening.cho, await guest(evening), await guest(evening, "Hal")]
    made = [await asks(evening, page, f"Question {n}?") for n in range(13) for page in pages]
    seen = [question["id"] for question in (await evening.visitor.enter())["room"]["questions"]]

    await evening.visitor.does("question.page", tab="wanted", after=seen[-1])
    rest = evening.visitor.frames[-2]
    await evening.visitor.does("question.page", tab="new")
    newest = evening.visitor.frames[-2]

    assert sorted([*seen, *(question["id"] for question in rest["questions"])]) == sorted(made)
    assert (len(seen), rest["more"]) == (50, False)
    assert ([question["id"] for question in newest["questions"]], newest["more"]) == (made[:1:-1], True)


async def test_what_was_put_aside_is_counted_and_comes_by_page_at_the_desk(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(asked, "SHOWN_AT_DESK", 2)
    monkeypatch.setattr(asked, "SHOWN", 2)
    await evening.ada.does("room.set", questions_per_person=20, read_first=True)
    made = [await asks(evening, evening.ben, f"Question {n}?") for n in range(8)]
    for question in made[:3]:
        await evening.ada.does("question.dismiss", question=question, reason="unclear")

    desk = (await evening.ada.enter())["desk"]
    pages = {}
    for tab, after in (("pending", made[4]), ("dismissed", None)):
        await evening.ada.does("question.page", tab=tab, after=after)
        pages[tab] = evening.ada.frames[-2]
    refused = await evening.cho.does("question.page", tab="pending")

    assert (desk["pending_count"], desk["dismissed_count"]) == (5, 3)
    assert {question["id"] for question in desk["questions"]} == {*made[3:5], *made[1:3]}
    assert {tab: [question["id"] for question in page["desk"]] for tab, page in pages.items()} == {
        "pending": made[5:7],
        "dismissed": made[2:0:-1],
    }
    assert all(page["more"] and page["questions"] == [] for page in pages.values())
    assert refused["code"] == "room.may_not"


async def test_who_stepped_forward_is_counted_once_and_not_on_stage_or_without_a_name(evening: Evening):
    await evening.ada.does("room.set", anonymous="allowed")
    for page, anonymous in ((evening.ben, False), (evening.cho, True), (evening.ben, False)):
        await asks(evening, page, "Who is it?", anonymous=anonymous)
    at_first = (await evening.visitor.enter())["room"]["stepped_forward"]

    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.place.tick()

    ticks = [frame for frame in evening.cho.frames if frame["type"] == "tick"]
    assert (at_first, ticks[-1]["stepped_forward"]) == (1, 0)


# ---- refused ----


@pytest.mark.parametrize(
    ("who", "do", "fields", "code"),
    [
        ("cho", "question.approve", {}, "room.may_not"),
        ("cho", "question.dismiss", {"reason": "unclear"}, "room.may_not"),
        ("cho", "question.restore", {}, "room.may_not"),
        ("cho", "question.edit", {"text": "Otherwise?"}, "room.may_not"),
        ("cho", "question.reopen", {}, "room.may_not"),
        ("cho", "question.merge", {"into": "x"}, "room.may_not"),
        ("ben", "question.dismiss", {"reason": "unclear"}, "room.may_not"),
        ("visitor", "question.approve", {}, "room.may_not"),
        ("visitor", "question.vote", {}, "name.needed"),
        ("cho", "question.vote", {"value": -1}, "question.no_down_votes"),
        ("cho", "question.vote", {"value": 2}, "message.unknown"),
        ("cho", "question.vote", {"value": True}, "message.unknown"),
        ("ada", "question.dismiss", {"reason": "because"}, "message.unknown"),
        ("ada", "question.dismiss", {"reason": None}, "message.unknown"),
        ("ada", "question.edit", {"text": "x" * 256}, "question.length"),
        ("ada", "question.edit", {"text": " ? "}, "question.length"),
        ("ada", "question.restore", {"question": "nowhere"}, "question.unknown"),
        ("ada", "question.merge", {"into": "nowhere"}, "question.unknown"),
        ("ada", "question.reopen", {"question": "../etc"}, "message.unknown"),
        ("cho", "question.ask", {"text": "Who?", "anonymous": True}, "question.not_anonymous"),
        ("ada", "room.set", {"slow": 20}, "message.unknown"),
        ("ada", "room.set", {"words": ["x" * 41]}, "message.unknown"),
        ("ada", "room.set", {"questions_per_person": 0}, "message.unknown"),
    ],
)
async def test_what_is_refused_changes_nothing_and_nobody_notices(
    evening: Evening, who: str, do: str, fields: dict[str, object], code: str
):
    made = await asks(evening, evening.ben)
    await evening.place.settle()
    before, told = evening.place.state(), at(evening)
    commits = evening.place.causerie.database.commits
    about = {} if do in ("question.ask", "room.set") else {"question": made}

    refused = await getattr(evening, who).does(do, **(about | fields))

    assert (refused["type"], refused["code"]) == ("refused", code)
    assert (evening.place.state(), evening.place.causerie.database.commits) == (before, commits)
    assert at(evening) == {**told, who: told[who] + 1}


async def test_the_name_is_taken_off_everywhere_also_after_the_end(evening: Evening):
    why, how = await asks(evening, evening.ben), await asks(evening, evening.cho, "How do sparrows bathe?")
    await evening.ada.does("floor.read_out", question=why)
    await evening.ada.does("floor.answered", question=why)
    await evening.cho.does("question.hide_name", question=how)
    await evening.ada.does("room.end")

    said = await evening.ben.does("question.hide_name", question=why)

    assert said["type"] == "ack"
    seen = {page: await page.enter() for page in (evening.visitor, evening.ben, evening.ada)}
    names = [{one["id"]: one["name"] for one in told["room"]["questions"]} for told in seen.values()]
    assert names == [{why: None, how: None}] * 3
    assert {one["id"]: one["name"] for one in seen[evening.ada]["desk"]["questions"]} == {why: "Ben", how: "Cho"}
    assert [(one["id"], one["name"], one["anonymous"]) for one in seen[evening.ben]["me"]["questions"]] == [
        (why, "Ben", True)
    ]


async def test_what_the_room_ended_before_is_still_open_with_its_votes_also_after_a_restart(
    tmp_path: Path, database_url: str
):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        why, how = await asks(evening, evening.ben), await asks(evening, evening.cho, "How do sparrows bathe?")
        await evening.cho.does("question.vote", question=why)
        await evening.ada.does("floor.pick", question=how)
        await evening.ada.does("room.end")
        told = await evening.visitor.enter()
        heard = evening.visitor.events("room").count("questions.carried_over")
    async with opened(tmp_path, url=database_url) as place:
        _, cookie = await place.person("Dee")
        found = await place.page(cookie).enter()

    left = [[(one["id"], one["state"], one["votes"]) for one in seen["room"]["questions"]] for seen in (told, found)]
    assert left == [[(why, "carried_over", 1), (how, "carried_over", 0)]] * 2
    assert [(seen["room"]["open_count"], heard) for seen in (told, found)] == [(2, 1)] * 2


async def test_the_box_stays_open_after_the_end_where_hosts_want_it(evening: Evening):
    made = await asks(evening, evening.ben)
    await evening.ada.does("room.set", box_after_end=True)
    await evening.ada.does("room.end")

    voted = await evening.cho.does("question.vote", question=made)
    late = await asks(evening, evening.cho, "One more?")
    dismissed = await evening.ada.does("question.dismiss", question=late, reason="no_time")

    assert [voted["type"], dismissed["type"]] == ["ack", "ack"]
    assert set((await evening.cho.enter())["me"]["rights"]) == {"question.ask", "question.vote"}


async def test_who_comes_after_the_end_finds_the_box_where_it_is_open_and_its_page_says_so(
    tmp_path: Path, database_url: str
):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        made = await asks(evening, evening.ben)
        await evening.ada.does("room.set", box_after_end=True)
        await evening.ada.does("room.end")
    async with opened(tmp_path, url=database_url) as place:
        _, cookie = await place.person("Dee")
        dee = place.page(cookie)
        async with place.browser() as browser:
            card = (await browser.get("/api/v1/rooms/sparrows")).json()
        found = await dee.enter()
        voted = await dee.does("question.vote", question=made)

    assert (card["phase"], card["box_after_end"]) == ("ended", True)
    assert ([one["id"] for one in found["room"]["questions"]], voted["type"]) == ([made], "ack")


async def test_the_box_closes_with_the_room_otherwise(evening: Evening):
    made = await asks(evening, evening.ben)
    await evening.ada.does("room.end")

    told = [
        await evening.cho.does("question.ask", text="One more?"),
        await evening.cho.does("question.vote", question=made),
        await evening.ada.does("question.dismiss", question=made, reason="no_time"),
    ]

    assert [frame["code"] for frame in told] == ["question.closed"] * 3


async def test_guests_are_told_that_they_do_not_ask_here(evening: Evening):
    gus = await guest(evening)

    await evening.ada.does("room.set", guests_ask="no")

    told = next(event for frame in gus.frames[::-1] if frame.get("channel") == "me" for event in frame["events"])
    assert (told["is"], told["rights"]) == ("me.rights", ["question.vote", "react"])
    assert (await gus.does("question.ask", text="Why?"))["code"] == "question.guests"
