"""A guest who comes in by an account they have: from then on the two are one person, in every room."""

import pytest

from causerie.accounts import actions as accounts
from causerie.accounts import aliases
from causerie.accounts.people import Person
from causerie.ids import QuestionId
from causerie.questions import store
from causerie.questions.state import Question, Questions
from tests.live.conftest import Evening
from tests.place import Page, Place


async def comes_in(place: Place, guest: str, account: Person) -> None:
    """The guest of this cookie uses a link of that account."""
    token, _ = await place.causerie.database.write(lambda tx: accounts.person_link(tx, account.id))
    async with place.browser(guest) as browser:
        answer = await browser.post(f"/api/v1/sign-in/{token}", json={"token": token})
    assert answer.json()["person"]["id"] == account.id


async def guest_in(evening: Evening) -> tuple[Person, str, Page]:
    eve, cookie = await evening.place.person("Eve", guest=True)
    page = evening.place.page(cookie)
    await page.enter()
    return eve, cookie, page


async def asked(evening: Evening, page: Page, text: str) -> QuestionId:
    """A question that everybody sees."""
    question = (await page.does("question.ask", text=text))["made"]
    if evening.place.state().questions.all[question].state == "pending":
        await evening.ada.does("question.approve", question=question)
    return question


async def kept(place: Place) -> Questions:
    """The questions as they are written."""
    async with place.causerie.database.read() as connection:
        return await store.read(connection, place.state().room.id)


async def test_questions_move_of_two_votes_one_stays_and_none_on_ones_own(evening: Evening):
    place = evening.place
    _, cookie, page = await guest_in(evening)
    dee, dee_cookie = await place.person("Dee")
    dee_page = place.page(dee_cookie)
    await dee_page.enter()
    hers = await asked(evening, page, "Why do sparrows dust?")
    bens = await asked(evening, evening.ben, "Where do swifts sleep?")
    chos = await asked(evening, evening.cho, "Who rings the bells?")
    dees = await asked(evening, dee_page, "What remains of it?")
    for voter, question in ((dee_page, hers), (dee_page, bens), (page, bens), (page, chos), (page, dees)):
        assert (await voter.does("question.vote", question=question))["type"] == "ack"

    await comes_in(place, cookie, dee)
    await page.task

    def told(question: Question) -> tuple:
        return question.person, question.name, question.voters, question.guests

    after, nobody, only_dee = place.state().questions, frozenset(), frozenset({dee.id})
    assert {id: told(question) for id, question in after.all.items()} == {
        hers: (dee.id, "Dee", nobody, nobody),
        bens: (evening.id("Ben"), "Ben", only_dee, nobody),
        chos: (evening.id("Cho"), "Cho", only_dee, nobody),
        dees: (dee.id, "Dee", nobody, nobody),
    }
    assert (await kept(place), page.closed) == (after, 1008)
    changed = [f["events"] for f in evening.ben.frames if f["type"] == "events" and f["channel"] == "room"]
    names = [e["question"]["name"] for events in changed for e in events if e["is"] == "question.changed"]
    assert "Dee" in names


async def test_who_is_banned_as_a_guest_is_banned_as_themselves(evening: Evening):
    place = evening.place
    eve, cookie, _ = await guest_in(evening)
    dee, dee_cookie = await place.person("Dee")
    inside = place.page(dee_cookie)
    await inside.enter()
    await evening.ada.does("room.ban", person=eve.id)

    await comes_in(place, cookie, dee)
    await inside.task
    _, again = await another(place, dee)
    refused = await place.page(again).enter()

    assert (inside.closed, refused["type"], refused["code"]) == (4002, "refused", "room.unknown")
    assert {frozenset({eve.id, dee.id})} == {ban.ids for ban in place.state().safety.bans.values()}


async def another(place: Place, person: Person) -> tuple[str, str]:
    """A fresh browser of somebody's."""
    token, _ = await place.causerie.database.write(lambda tx: accounts.open_session(tx, person))
    return token, f"causerie_session={token}"


async def test_what_was_agreed_to_and_audited_keeps_the_old_id_which_leads_to_the_new(evening: Evening):
    place = evening.place
    eve, cookie, page = await guest_in(evening)
    dee, _ = await place.person("Dee")
    await asked(evening, page, "Why do sparrows dust?")

    await comes_in(place, cookie, dee)
    async with place.causerie.database.read() as connection:
        known = (await connection.exec_driver_sql("SELECT guest, account FROM aliases")).all()
        lines = (await connection.exec_driver_sql("SELECT actor, subject FROM audit WHERE verb = 'person.join'")).all()

    assert (known, lines) == ([(eve.id, dee.id)], [(dee.id, eve.id)])


async def test_what_a_program_before_has_not_finished_is_found_again(evening: Evening):
    place = evening.place
    eve, _, page = await guest_in(evening)
    dee, _ = await place.person("Dee")
    hers = await asked(evening, page, "Why do sparrows dust?")
    await place.causerie.database.write(lambda tx: aliases.note(tx, eve.id, dee.id))

    for _ in range(2):
        await place.causerie.house.joining.sweep()

    async with place.causerie.database.read() as connection:
        assert await aliases.waiting(connection) == []
    assert place.state().questions.all[hers].person == dee.id


@pytest.mark.parametrize("guest", [False, True])
async def test_nobody_but_a_guest_by_name_becomes_somebody_else(place: Place, guest: bool):
    dee, _ = await place.person("Dee")
    cookie = place.visitor() if guest else (await place.person("Ben"))[1]

    await comes_in(place, cookie, dee)

    async with place.causerie.database.read() as connection:
        assert await aliases.waiting(connection) == []
