"""A host without a browser: opens a room, goes live, hands out encoder tokens. What loads a room needs one first."""

import json
from dataclasses import dataclass

import httpx
import websockets

from causerie.accounts import actions as accounts
from causerie.clock import WallClock
from causerie.config import read
from causerie.db import Database, Tx
from causerie.ids import RoomId
from causerie.rooms.queries import room_by_name
from causerie.stage.encoders import encoder_token
from tests.e2e.house import House


@dataclass
class Room:
    """A live room with an empty stage; whoever comes to it by an encoder is heard."""

    house: House
    name: str

    @property
    def whep(self) -> str:
        """Where another program hears the programme."""
        return f"http://127.0.0.1:{self.house.web}/whep/{self.name}"

    @property
    def voices(self) -> str:
        """Where another program hears each voice."""
        return f"{self.whep}?voices=1"

    @property
    def whip(self) -> str:
        return f"http://127.0.0.1:{self.house.web}/whip/{self.name}"

    async def tokens(self, count: int) -> list[str]:
        """Encoder tokens for so many new people."""

        database = Database(read(data=self.house.data).database_url, WallClock())
        await database.open()
        try:
            async with database.read() as connection:
                room = await room_by_name(connection, self.name)
            assert room is not None
            return (await database.write(lambda tx: _tokens(tx, room.id, count)))[0]
        finally:
            await database.close()


async def _tokens(tx: Tx, room: RoomId, count: int) -> list[str]:
    people = [await accounts.add_person(tx, name=f"Talker {number}") for number in range(count)]
    return [await encoder_token(tx, room, person.id) for person in people]


async def live_room(house: House, title: str) -> Room:
    """The first admin comes by the setup link, plans a room, goes live, and leaves the stage to others."""
    origin = f"http://127.0.0.1:{house.web}"
    link = house.setup_link().rsplit("/", 1)[1]
    async with httpx.AsyncClient(base_url=f"{origin}/api/v1", headers={"origin": origin}) as host:
        (await host.post(f"/sign-in/{link}", json={"token": link, "name": "Aurélie"})).raise_for_status()
        planned = (await host.post("/rooms", json={"title": title})).raise_for_status().json()
        cookie = "; ".join(f"{name}={value}" for name, value in host.cookies.items())
    room = Room(house, planned["room"])
    await _go_live(origin, cookie, room.name)
    return room


async def _go_live(origin: str, cookie: str, room: str) -> None:
    address = f"{origin.replace('http', 'ws', 1)}/live"
    async with websockets.connect(address, origin=origin, additional_headers={"cookie": cookie}) as live:  # type: ignore[arg-type]  # an Origin is text
        for id, do in enumerate(({"do": "room.enter", "room": room}, {"do": "room.start"}, {"do": "stage.step_down"})):
            await live.send(json.dumps({"id": str(id), **do}))
            while (said := json.loads(await live.recv())).get("id") != str(id):
                pass
            assert said["type"] == "ack", said
