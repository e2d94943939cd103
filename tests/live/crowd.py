"""A busy evening of twelve on a real server, in which everything that is kept is there."""

from dataclasses import dataclass
from typing import Any

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import WallClock
from causerie.db import Database, Tx
from causerie.rooms.actions import open_room
from tests.e2e.house import House
from tests.live.lines import Line

Json = dict[str, Any]
ROOM = "rivers"
NAMES = ["Ada", "Ben", "Cho", "Dee", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jon", "Kim", "Lea"]


@dataclass
class Crowd:
    """Everybody's line and id, by name; what each was told is done, or the story ends."""

    lines: dict[str, Line]
    ids: dict[str, str]

    async def does(self, name: str, do: str, *, to: str | None = None, **fields: Any) -> Any:
        if to is not None:
            fields["person"] = self.ids[to]
        told = await self.lines[name].does(do, **fields)
        assert told["type"] == "ack", (name, do, told)
        return told["made"]

    async def see(self) -> dict[str, Json]:
        return {name: await line.enters(ROOM) for name, line in self.lines.items()}


async def crowd_of(house: House, url: str) -> Crowd:
    """Twelve accounts and a room of Ada's."""

    async def written(tx: Tx) -> list[tuple[str, str, str]]:
        people = [await accounts.add_person(tx, name=name, may_open_rooms=name == "Ada") for name in NAMES]
        await open_room(tx, people[0], title="Rivers")
        return [(one.name or "", one.id, await accounts.open_session(tx, one)) for one in people]

    database = Database(url, WallClock())
    await database.open()
    made, _ = await database.write(written)
    await database.close()
    lines = {name: Line(house.web, f"{SESSION}={token}") for name, _, token in made}
    return Crowd(lines, {name: id for name, id, _ in made})


async def busy(crowd: Crowd) -> None:
    """An evening in which everything that is kept is there."""
    does = crowd.does
    for name, line in crowd.lines.items():
        await line.comes()
        if name != "Ivy":
            await line.enters(ROOM)
    await does("Ada", "room.start")
    await roles_are_given(does)
    for name in ("Ben", "Eve", "Hal"):
        await does("Ada", "stage.invite", to=name)
        await does(name, "stage.accept")
    await does("Eve", "microphone.unmute")
    await does("Ada", "stage.mute", to="Eve", hold=True)
    await does("Eve", "microphone.ask")
    await does("Ada", "room.ban", to="Hal", reason="Shouted", hours=2, network=False)
    await does("Ada", "room.set", backstage=True, words=["weir"])
    await does("Ada", "stage.invite", to="Kim")
    await does("Kim", "stage.accept")
    await does("Cho", "backstage.note", to="Kim", topic="Dams", note="Speaks softly", ready=True)
    await does("Ada", "room.pin", text="Read this", link="https://example.org/")
    await does("Ada", "stage.hush", on=True)
    await does("Ada", "room.hand_over", to="Jon")
    await does("Lea", "caption.say", text="Good evening", speaker=crowd.ids["Ada"])
    await questions_are_asked(does)
    await does("Ada", "room.set", slow=30, reactions=False)
    await does("Ada", "room.lock", on=True)
    await does("Ivy", "room.knock", room=ROOM, note="I was late")


async def somebody_is_ready(crowd: Crowd) -> str:
    """Who is next is asked ahead and says *Ready*; their name."""
    while True:
        queue = (await crowd.lines["Ada"].enters(ROOM))["desk"]["entries"]
        if asked := [entry["name"] for entry in queue if entry["deck"] == "asked"]:
            await crowd.does(asked[0], "deck.ready")
            return str(asked[0])


async def roles_are_given(does: Any) -> None:
    for name, role in (("Ben", "cohost"), ("Cho", "screener"), ("Lea", "captioner"), ("Jon", "may_lead")):
        await does("Ada", "role.give", to=name, role=role)


async def questions_are_asked(does: Any) -> None:
    """One answered, one next, one dismissed, one read first; two open, one of them on the shortlist; two hands."""
    asked = {
        name: await does(name, "question.ask", text=text, myself=True)
        for name, text in (
            ("Dee", "Who owns a river?"),
            ("Eve", "Which river is the oldest?"),
            ("Fay", "May one swim in it?"),
            ("Gus", "Who pays for the bridge?"),
            ("Lea", "Is the weir a wall?"),
        )
    }
    for name in ("Fay", "Gus"):
        await does(name, "question.vote", question=asked["Dee"])
    await does("Dee", "question.vote", question=asked["Gus"])
    await does("Cho", "question.dismiss", question=asked["Eve"], reason="unclear")
    await does("Fay", "hand.raise", note="Since noon")
    await does("Jon", "hand.raise")
    await does("Ada", "floor.shortlist", entry={"kind": "question", "id": asked["Fay"]}, on=True)
    await does("Ada", "floor.pick", question=asked["Dee"])
    await does("Ada", "floor.read_out", question=asked["Dee"])
    await does("Ada", "floor.answered", question=asked["Dee"], thanks=False)
    await does("Ada", "floor.pick", question=asked["Gus"])
