"""What those who run the place do to an account: whoever it is done to knows, and it holds where they are just now."""

from tests.live.conftest import Evening
from tests.live.test_recording import KEEP, both_agree, gone, recorded_people
from tests.place import Place
from tests.web.test_overseeing import asked, root


async def test_of_who_is_marked_as_a_minor_nothing_stays_recorded(place: Place, evening: Evening):
    """Ben is on stage and agreed to be recorded."""
    await both_agree(evening)
    before, cookie = recorded_people(evening), await root(place)

    status, _ = await asked(place, cookie, "PUT", f"/people/{evening.id('Ben')}/minor", {"minor": True})
    again = await evening.ben.does("recording.consent", **KEEP)
    shown = (await asked(place, cookie, "GET", "/admin/people"))[1]["found"]

    assert (evening.id("Ben") in before, status) == (True, 204)
    await gone(evening)
    assert recorded_people(evening) == before - {evening.id("Ben")}
    assert again["code"] == "recording.never"
    assert {one["name"] for one in shown if one["minor"]} == {"Ben"}


async def test_who_is_no_minor_after_all_is_asked_where_they_come_in_next(place: Place):
    ben, his = await place.person("Ben")
    cookie, marks = await root(place), f"/people/{ben.id}/minor"

    told = [(await asked(place, cookie, "PUT", marks, {"minor": minor}))[0] for minor in (True, False)]
    nobody = await asked(place, cookie, "PUT", f"/people/{'0' * 26}/minor", {"minor": True})

    assert told == [204, 204]
    assert (nobody[0], nobody[1]["code"]) == (404, "person.unknown")
    assert not [one for one in (await asked(place, cookie, "GET", "/admin/people"))[1]["found"] if one["minor"]]
    assert his


async def test_whose_account_another_made_a_way_into_hears_who_did(place: Place):
    ben, his = await place.person("Ben")
    root_, cookie = await place.person("Root", admin=True)

    for person in (ben, root_):
        assert (await asked(place, cookie, "POST", f"/people/{person.id}/link"))[0] == 200
    await place.causerie.notices.sweep()
    told = [(await asked(place, one, "GET", "/inbox"))[1]["notices"] for one in (his, cookie)]

    assert [(one["title"], one["path"]) for one in told[0]] == [("Somebody can come in as you", "/settings")]
    assert "made by Root" in told[0][0]["text"]
    assert told[1] == []
