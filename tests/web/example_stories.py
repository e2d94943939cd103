"""Everything that answers with something, done once by somebody who may: what it answers is its example."""

import base64
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.authenticator import Authenticator
from tests.copies.held import held
from tests.copies.shelf import NAME
from tests.filled import does, filled, picture
from tests.growing import a_listener, follows_a_stream
from tests.letters import with_mail
from tests.place import Place, opened
from tests.web.examples import API, SAID, WHY, Telling
from tests.web.test_papers import written
from tests.web.test_passkeys import opened as localhost
from tests.web.test_passwords import GOOD, with_password
from tests.web.test_plans import drawing
from tests.web.test_proofs import Domains


async def told_now(folder: Path) -> dict[str, dict[str, Any]]:
    """Every example, as it happens in a new place; what is hidden and who is suspended comes last."""
    data = written(folder / "data", privacy="We keep little.")
    async with with_mail(data) as (place, _):
        telling = Telling(await filled(place))
        place.killed = True  # what holds when everything was done is looked at elsewhere
        await telling.looks()
        for story in (coming_in, oneself, planning, grouping, copying, overseeing):
            await story(telling)
    async with opened(folder / "evening") as place:
        await trimming(telling, place)
    async with opened(folder / "home", sign_in={"passwords": True}) as place:
        await by_finger_and_password(telling, place)
    return telling.told | {route: {"said": said} for route, said in SAID.items()}


async def coming_in(telling: Telling) -> None:
    """As a guest, by a link, by e-mail."""
    member, guest = telling.of.people["member"].id, telling.of.place.visitor()
    await telling.does("POST /guests", guest, "/guests", {"name": "Zoé"})
    await telling.does("POST /people", "site admin", "/people", {"name": "Jeanne"})
    link = await telling.does("POST /people/{id}/link", "site admin", f"/people/{member}/link")
    token = link["url"].rsplit("/", 1)[1]
    await telling.does("POST /sign-in/{token}", telling.of.place.visitor(), f"/sign-in/{token}", {"token": token})
    await telling.does("POST /email-links", guest, "/email-links", {"address": "zoe@example.org"})
    await telling.does("POST /me/emails", "member", "/me/emails", {"address": "nour@example.org"})


async def by_finger_and_password(telling: Telling, place: Place) -> None:
    """In a place on the machine itself that has passwords, too: only there a passkey needs no https."""
    phone, browser = Authenticator(), await localhost(place)

    async def says(path: str, said: Any) -> Any:
        answer = await browser.post(f"{API}{path}", json=said)
        assert answer.status_code < 300, (path, answer.text)
        telling.keep(f"POST {path}", said, answer.json())
        return answer.json()

    await says("/passkeys", {"credential": phone.makes(await says("/passkeys/options", {"name": "Ida"}))})
    await says("/passkeys/sign-in", {"credential": phone.signs(await says("/passkeys/sign-in/options", {}))})
    await with_password(place)
    await says("/sign-in-by-password", {"name": "Ada", "password": GOOD})


async def oneself(telling: Telling) -> None:
    """What one shows of oneself, what was proved, what is kept of one."""
    await telling.does("PUT /me/picture", "host", "/me/picture", {"picture": picture()})
    proof = await telling.does("POST /me/proofs", "member", "/me/proofs", {"domain": "example.net"})
    Domains({proof["where"]["record"]: [proof["where"]["says"]]}).of(telling.of.place)
    await telling.does("POST /me/proofs/{id}/look", "member", f"/me/proofs/{proof['id']}/look")
    await telling.does("POST /me/export", "host", "/me/export")
    await does(telling.of, "member", "PUT", f"{API}/me/blocks/{telling.of.shelf.people['Ben']}")
    await telling.does("GET /me/blocks", "member", "/me/blocks")
    said = {"address": "zoe@example.org", "language": "fr", "zone": "Europe/Paris", "times": ["soon"]}
    await telling.does("POST /rooms/{name}/letters", telling.of.place.visitor(), "/rooms/swifts/letters", said)


async def planning(telling: Telling) -> None:
    """A room, its cover, who takes part."""
    starts = telling.of.place.clock.now() + 7 * 86_400_000
    planned = {"title": "What bees remember", "starts_at": starts, "length": 60, "language": "en", "tags": ["bees"]}
    room = (await telling.does("POST /rooms", "host", "/rooms", planned))["room"]
    cover = {"picture": base64.b64encode(drawing()).decode()}
    await telling.does("PUT /rooms/{name}/cover", "host", f"/rooms/{room}/cover", cover)
    link = await telling.does(
        "POST /rooms/{name}/speaker-links", "host", f"/rooms/{room}/speaker-links", {"name": "Otto"}
    )
    token = link["url"].rsplit("/", 1)[1]
    await telling.does("POST /speaker-links/{token}", "member", f"/speaker-links/{token}")
    asked = {"to": "Amara Eze", "role": "speaker", "shown": True}
    await telling.does("POST /rooms/{name}/asked", "host", f"/rooms/{room}/asked", asked)
    for part in ("speaker-links", "asked", "with"):
        await telling.does(f"GET /rooms/{{name}}/{part}", "host", f"/rooms/{room}/{part}")


async def grouping(telling: Telling) -> None:
    """A group, its links, who comes in."""
    said = {"handle": "bees", "name": "Fife Bee Society", "joining": "request"}
    await telling.does("POST /groups", "host", "/groups", said)
    await telling.does("POST /groups/{handle}/join", "member", "/groups/bees/join", {"line": "I keep two hives."})
    await telling.does("GET /groups/{handle}/asks", "host", "/groups/bees/asks")
    hours = {"hours": 24, "uses": 9}
    made = await telling.does("POST /groups/{handle}/invitations", "host", "/groups/bees/invitations", hours)
    token = made["url"].rsplit("/", 1)[1]
    await telling.does("POST /group-invitations/{token}", "site admin", f"/group-invitations/{token}")
    await telling.does("PUT /groups/{handle}/deletion", "host", "/groups/bees/deletion", {"with_rooms": False})


async def copying(telling: Telling) -> None:
    """A piece of the copy, an answer given later, who sees it."""
    copy = f"/copies/{NAME}"
    clip = {"begins": 0, "ends": 15_000, "title": "A rule"}
    made = await telling.does("POST /copies/{name}/clips", "host", f"{copy}/clips", clip)
    assert made
    later = {"text": "Nobody's, and that is the point."}
    await telling.does("POST /copies/{name}/answers/{question}", "host", f"{copy}/answers/Q4", later)
    seen = {"visibility": "unlisted"}
    await telling.does("POST /copies/{name}/visibility", "host", f"{copy}/visibility", seen)


async def trimming(telling: Telling, place: Place) -> None:
    """In a place where a room was really held: what nobody is to hear of its copy falls away."""
    place.causerie.jobs.open()
    with patch("causerie.copies.work.CHILD", "tests.copies.quick_child"):
        story = await held(place)
        await story.made()
        name = (await story.get(f"{API}/rooms/sparrows/copy", "Ada")).json()["copy"]
        edit = {"edit": "trim", "begins": 1000, "ends": 9000}
        path = f"/copies/{name}/edits"
        await telling.does("POST /copies/{name}/edits", story.cookies["Ada"], path, edit, place=place)
        await story.made()


async def overseeing(telling: Telling) -> None:
    """What those who run the place decide, and what people say to it."""
    host, group = telling.of.people["host"].id, await telling.group("loire")
    await telling.does("POST /people/{id}/checks", "site admin", f"/people/{host}/checks", {"note": "Seen at work."})
    said = {"text": "I edit the Loire Courier: call its desk and ask for me."}
    await telling.does("POST /me/check-request", "member", "/me/check-request", said)
    decided = "/admin/groups/{id}/suspension"
    await telling.does(f"POST {decided}", "site admin", decided.replace("{id}", group), WHY)
    [decision] = await telling.does("GET /me/decisions", "host", "/me/decisions")
    said = {"text": "It was not us who shouted."}
    await telling.does("POST /me/decisions/{id}/appeal", "host", f"/me/decisions/{decision['id']}/appeal", said)
    await telling.does("GET /admin/appeals", "site admin", "/admin/appeals")
    await does(telling.of, "host", "POST", f"{API}/groups", {"handle": "hives", "name": "Hives"})
    gone, group = "/admin/groups/{id}/deletion", await telling.group("hives")
    await telling.does(f"POST {gone}", "site admin", gone.replace("{id}", group), {**WHY, "with_rooms": False})
    member = telling.of.people["member"].id
    out = "/admin/people/{id}/suspension"
    await telling.does(f"POST {out}", "site admin", out.replace("{id}", member), {**WHY, "days": 7})
    paper = await telling.turned_away(member)
    said = {"paper": paper, "text": "It was my brother."}
    await telling.does("POST /suspension/appeal", telling.of.place.visitor(), "/suspension/appeal", said)
    out = {"person": telling.of.people["guest"].id, "reason": "Shouted", "hours": 2, "network": False}
    page = telling.of.place.page(telling.of.cookies["host"])
    await page.enter()
    assert (await page.does("room.ban", **out))["type"] == "ack"
    await telling.does("GET /admin/bans", "site admin", "/admin/bans")
    await a_listener(telling.of, 1)
    hear = "/admin/rooms/{name}/listeners"
    await telling.does(f"GET {hear}", "site admin", hear.replace("{name}", telling.of.shelf.room.name))
    await follows_a_stream(telling.of, 1)
    follow = "/admin/rooms/{name}/streams"
    await telling.does(f"GET {follow}", "site admin", follow.replace("{name}", telling.of.shelf.room.name))
    await telling.of.shelf.change(state="failed", failed_code="copy.not_made", failed_text="It could not be made.")
    await telling.does("GET /admin/jobs", "site admin", "/admin/jobs")
