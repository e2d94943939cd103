"""Sound for other programs: WHEP out, WHIP in (RFC 9725), over the same media core as the page's own."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from causerie.accounts.people import hashed
from causerie.accounts.queries import person_by_id
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId, secret
from causerie.media import ELSEWHERE, OfferTooLarge, Peer
from causerie.rooms.errors import NotLive
from causerie.safety.comers import Comer, comer
from causerie.stage.encoders import encoder_of
from causerie.web.house import House, at_door, house

sound = APIRouter()

SDP, LARGEST = "application/sdp", 64 * 1024
Home = Annotated[House, Depends(house)]
RoomName = Annotated[str, Path(max_length=120)]


class Unsupported(Refusal):
    code, text = "sdp.type", "An offer of sound comes as application/sdp."


class NoToken(Refusal):
    code, text = "token.needed", "Speaking through an encoder needs its token."


class WrongToken(Refusal):
    code, text = "token.refused", "This token is not good for this room."


class NoSession(Refusal):
    code, text = "session.unknown", "There is no such session."


@dataclass(eq=False)
class Session:
    """One program's sound: its id opens only what its own token opened."""

    id: str
    key: str
    peer: Peer
    token: str
    person: PersonId | None = None


class Sessions:
    """What other programs hear and say, by session id."""

    def __init__(self) -> None:
        self.all: dict[str, Session] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def later(self, work: "asyncio.Task[None]") -> None:
        self.tasks.add(work)
        work.add_done_callback(self.tasks.discard)


async def offered(request: Request) -> str:
    """The SDP of a request, after what can be said without reading it."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != SDP:
        raise Unsupported
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise OfferTooLarge
    return body.decode("utf-8", "replace")


@sound.post("/whep/{name}", status_code=201, response_class=Response)
async def listen(request: Request, home: Home, name: RoomName, voices: bool = False) -> Response:
    """Hear a room by another program: all mixed into one on the first line, or the n loudest on n lines if it asks."""
    sdp = await offered(request)
    key = await home.rooms.key_of(name)
    sessions: Sessions = request.app.state.sessions
    listener = PersonId(f"whep-{secrets.token_hex(8)}")
    coming = (await at_door(request)).together(Comer(frozenset({listener})))
    home.rooms.admit(key, coming)
    session: Session | None = None

    def changed(peer: Peer) -> None:
        home.rooms.hears(key, listener, now=peer.link in ("up", "lost"))
        if peer.link == "gone":
            home.rooms.parts(key, listener)
            if session is not None:
                sessions.all.pop(session.id, None)

    programme = None if voices else ELSEWHERE
    peer, answer = await home.media.offer(
        key,
        listener,
        home.rooms.number(key, listener),
        sdp,
        changed,
        publishes=False,
        programme=programme,
        yields=True,
    )
    _still_welcome(home, key, coming, peer)
    home.rooms.joins(key, listener, coming, peer)
    session = Session(secret(), key, peer, hashed(_bearer(request)))
    sessions.all[session.id] = session
    return _created(f"/whep/{name}/{session.id}", answer)


@sound.post("/whip/{name}", status_code=201, response_class=Response, responses={401: {"description": "Unauthorized"}})
async def speak(request: Request, home: Home, name: RoomName) -> Response:
    """Speak through an encoder: a seat while it is connected. A second encoder of a person replaces the first."""
    token = _bearer(request)
    if not token:
        raise NoToken
    sdp = await offered(request)
    key = await home.rooms.key_of(name)
    async with home.database.read() as connection:
        speaks_for = await encoder_of(connection, token, now=home.clock.now())
        if speaks_for is None or speaks_for[0] != key:
            raise WrongToken
        person = await person_by_id(connection, speaks_for[1])
    live = home.rooms.alive(key)
    if person is None or live is None or live.room.phase != "live":
        raise NotLive
    coming = comer(person.id, host=request.client.host if request.client else None)
    home.rooms.admit(key, coming)
    sessions: Sessions = request.app.state.sessions
    number = home.rooms.number(key, person.id)
    session: Session | None = None

    def changed(peer: Peer) -> None:
        if peer.link == "gone":
            home.rooms.parts(key, f"whip-{peer.number}")
        if peer.link == "gone" and session is not None and sessions.all.pop(session.id, None) is not None:
            sessions.later(asyncio.create_task(home.rooms.went(key, person.id)))

    for before in [s for s in sessions.all.values() if s.person == person.id and s.key == key]:
        del sessions.all[before.id]
        home.media.leave(before.peer)
    peer, answer = await home.media.offer(key, person.id, number, sdp, changed, listens=False, programme=None)
    _still_welcome(home, key, coming, peer)
    home.rooms.joins(key, f"whip-{peer.number}", coming, peer)
    session = Session(secret(), key, peer, hashed(token), person.id)
    sessions.all[session.id] = session
    home.media.take_microphone(peer)
    await home.rooms.came(key, person.id)

    async def seated(tx: Tx, live: LiveRoom) -> None:
        if peer.link == "gone":  # sent out while it came
            raise WrongToken
        await actions.seat_encoder(tx, live, person, number=number)

    await home.rooms.act(key, seated)
    return _created(f"/whip/{name}/{session.id}", answer)


@sound.patch("/whep/{_name}/{id}", status_code=204)
@sound.patch("/whip/{_name}/{id}", status_code=204)
async def trickle(request: Request, _name: str, id: str) -> None:
    """Candidates are accepted and not needed: the server answers where checks come from."""
    _session(request, id, whip=request.url.path.startswith("/whip/"))


@sound.delete("/whep/{_name}/{id}", status_code=204)
async def stop_listening(request: Request, home: Home, _name: str, id: str) -> None:
    session = _ended(request, id, whip=False)
    home.rooms.parts(session.key, session.peer.person)
    home.media.leave(session.peer)


@sound.delete("/whip/{_name}/{id}", status_code=204)
async def stop_speaking(request: Request, home: Home, _name: str, id: str) -> None:
    """Step down: the seat is free."""
    session = _ended(request, id, whip=True)
    assert session.person is not None
    home.media.leave(session.peer)
    home.media.shut(session.key, session.person)
    async with home.database.read() as connection:
        person = await person_by_id(connection, session.person)
    if person is not None:
        await home.rooms.act(session.key, lambda tx, live: actions.step_down(tx, live, person), closing=True)


def _still_welcome(home: House, key: str, coming: Comer, peer: Peer) -> None:
    """Nobody slips in while the door is being shut before them."""
    try:
        home.rooms.admit(key, coming)
    except Refusal:
        home.media.leave(peer)
        raise


def _session(request: Request, id: str, *, whip: bool) -> Session:
    """A session, where the same token asks that made it."""
    sessions: Sessions = request.app.state.sessions
    found = sessions.all.get(id)
    if found is None or (found.person is not None) != whip:
        raise NoSession
    if not secrets.compare_digest(found.token, hashed(_bearer(request))):
        raise WrongToken
    return found


def _ended(request: Request, id: str, *, whip: bool) -> Session:
    """Take a session out."""
    sessions: Sessions = request.app.state.sessions
    return sessions.all.pop(_session(request, id, whip=whip).id)


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _created(location: str, answer: str) -> Response:
    return Response(answer, status_code=201, media_type=SDP, headers={"location": location})
