"""What the API's description shows as examples: everything in it, asked where something of everything is."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from causerie.accounts import actions as accounts
from causerie.groups.models import groups
from causerie.ids import PersonId
from causerie.web.described import described, shapes
from causerie.web.site import site
from tests.filled import Filled
from tests.place import Place

API = "/api/v1"
WHY = {"reason": "Insults from the stage, twice after a warning"}
GROUP = {"name": "Les Amis", "description": "", "private": False, "joining": "request", "hidden_list": False}
# What is said where nothing is answered but that it is done. A new route has no line here, and fails.
SAID: dict[str, Any] = {
    "PUT /api/v1/me/papers": {"papers": {"rules": "9f86d081884c"}},
    "PUT /api/v1/me/language": {"language": "fr"},
    "PUT /api/v1/people/{id}/may-open-rooms": {"may": True},
    "PUT /api/v1/people/{id}/minor": {"minor": True},
    "PUT /api/v1/passkeys/{id}": {"name": "My phone"},
    "POST /api/v1/me/emails/confirm": {"token": "V1StGXR8_Z5jdHi6B-myT0a9Zk3Lq7Wx"},
    "PUT /api/v1/me/password": {"password": "a river has many mouths", "now": "what it was before"},
    "POST /api/v1/me/deletion": {"name": "Aurélie"},
    "PUT /api/v1/me/profile": {
        "name": "Aurélie",
        "handle": "aurelie",
        "bio": "I measure what the Loire carries.",
        "links": ["https://example.org"],
        "languages": ["fr", "en"],
    },
    "PUT /api/v1/rooms/{name}/tags": {"tags": ["bees", "gardens"]},
    "PUT /api/v1/rooms/{name}/group": {"group": "loire"},
    "PUT /api/v1/rooms/{name}/with/me": {"yes": True},
    "POST /api/v1/asked/{token}": {"yes": True},
    "PUT /api/v1/groups/{handle}": GROUP,
    "PUT /api/v1/groups/{handle}/charter": {
        "opens": "moderators",
        "recording": "each",
        "quiet_from": "22:00",
        "quiet_to": "07:00",
        "zone": "Europe/Paris",
        "text": "We let each other finish.",
        "records": "may",
    },
    "PUT /api/v1/groups/{handle}/cover": {"picture": None},
    "POST /api/v1/groups/{handle}/asks/{person}": {"let_in": True},
    "PUT /api/v1/groups/{handle}/members/{person}/role": {"role": "moderator"},
    "PUT /api/v1/groups/{handle}/bans/{person}": {"reason": "Shouts"},
    "PUT /api/v1/groups/{handle}/heir": {"person": "01JC8ZK5V2Q0T9N3M7X4R6B1AD"},
    "POST /api/v1/copies/{name}/withdrawals/{id}": {"grant": True},
    "POST /api/v1/rooms/{name}/reports": {"about": "room", "grounds": "spam", "note": "The same three links again."},
    "POST /api/v1/admin/rooms/{name}/end": WHY,
    "POST /api/v1/admin/rooms/{name}/hide": WHY,
    "POST /api/v1/admin/bans/{id}/end": WHY,
    "POST /api/v1/admin/check-requests/{id}/decline": {"reason": "Nobody at the town hall knows you."},
    "PUT /api/v1/admin/reports/{id}/settled": {"outcome": "nothing", "answer": "Thank you. We have looked at it."},
    "PUT /api/v1/admin/appeals/{id}/answer": {"granted": True, "text": "We were wrong."},
    "POST /api/v1/admin/decisions/{id}/undo": WHY,
    "POST /api/v1/inbox/read": {"ids": [1, 2]},
    "POST /api/v1/inbox/read-all": {"up_to": 2},
    "PUT /api/v1/wishes": {
        "zone": "Europe/Paris",
        "quiet": True,
        "quiet_from": 22 * 60,
        "quiet_until": 7 * 60,
        "off": [["live", "mail"]],
    },
    "POST /api/v1/devices": {
        "endpoint": "https://push.example.org/send/1",
        "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx", "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
    },
    "PUT /api/v1/devices/here": {
        "endpoint": "https://push.example.org/send/2",
        "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx", "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
    },
    "POST /api/v1/devices/gone": {"endpoint": "https://push.example.org/send/1"},
    "PUT /api/v1/rooms/{name}/interest": {"times": ["day", "soon"]},
}


def routes(place: Place) -> dict[str, dict[str, Any]]:
    """Every route of the description by method and path, with what it takes and gives as JSON: `said`, `answer`."""
    paths = described(site(place.causerie.house))["paths"]
    return {f"{how.upper()} {path}": shapes(route) for path, methods in paths.items() for how, route in methods.items()}


@dataclass
class Telling:
    """Asks everything once, and keeps what was said and answered."""

    of: Filled
    told: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def does(self, route: str, role: str, path: str, said: Any = None, *, place: Place | None = None) -> Any:
        """Somebody of this role, or who has this cookie, says this, here or in another `place`; it works."""
        cookie = self.of.cookies.get(role, role)
        async with (place or self.of.place).browser(cookie) as browser:
            answer = await browser.request(route.split()[0], f"{API}{path}", json={} if said is None else said)
        assert answer.status_code < 300, (route, answer.status_code, answer.text)
        self.keep(route, said, answer.json() if answer.content else None)
        return answer.json() if answer.content else None

    def keep(self, route: str, said: Any, answer: Any) -> None:
        kept = {"said": said, "answer": answer}
        self.told[f"{route.split()[0]} {API}{route.split()[1]}"] = {k: v for k, v in kept.items() if v is not None}

    async def looks(self) -> None:
        """Every page that can be looked at, by whoever of all finds the most of it."""
        for route, shape in routes(self.of.place).items():
            if route.startswith("GET ") and "answer" in shape:
                found = [await self._seen(route[4:], role) for role in self.of.cookies]
                assert any(one is not None for one in found), f"{route} finds nothing here"
                self.told[route] = {"answer": max(found, key=len_of)}

    async def _seen(self, path: str, role: str) -> Any:
        async with self.of.place.browser(self.of.cookies[role]) as browser:
            for address in self.of.addresses(path, role):
                answer = await browser.get(address)
                if answer.status_code == 200:
                    return answer.json()
        return None

    async def group(self, handle: str) -> str:
        async with self.of.place.causerie.database.read() as connection:
            return str((await connection.execute(select(groups.c.id).where(groups.c.handle == handle))).scalar_one())

    async def turned_away(self, person: str) -> str:
        """The paper that somebody who is suspended is given at the door, to answer with."""
        write = self.of.place.causerie.database.write
        token, _ = await write(lambda tx: accounts.person_link(tx, PersonId(person)))
        async with self.of.place.browser(self.of.place.visitor()) as browser:
            told = await browser.post(f"{API}/sign-in/{token}", json={"token": token})
        return str(told.json()["suspension"]["paper"])


def len_of(answer: Any) -> int:
    return 0 if answer is None else len(repr(answer))
