"""What was decided about oneself, and answering to it: signed in, or at the door by a paper that signing in gave."""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import appeals as appealing
from causerie.accounts.decisions import UNDONE, Decision, decisions_about
from causerie.accounts.errors import DecisionUnknown, Suspended
from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.ids import PersonId
from causerie.web.house import House, house
from causerie.web.oneself import account

decisions = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Text = Annotated[str, Field(max_length=10_000, examples=["It was not me who spoke: my seat was taken by another."])]
GOOD_FOR = DAY


class Said(BaseModel):
    """What one says to a decision."""

    model_config = ConfigDict(extra="forbid")
    text: Text


class AtDoor(Said):
    """`paper`: what the refusal at sign-in gave along; good for a day, for this decision alone."""

    paper: Annotated[str, Field(max_length=500)]


@decisions.get("/me/decisions")
async def own(home: Home, person: Annotated[Person, Depends(account)]) -> list[dict[str, Any]]:
    """What those who run this place decided about oneself, why, and what became of one's answers."""
    async with home.database.read() as connection:
        found = await decisions_about(connection, person.id)
        said = await appealing.appeals_to(connection, [one.id for one in found])
    return [shown(one, said.get(one.id, []), now=home.clock.now()) for one in found]


@decisions.post("/me/decisions/{id}/appeal", status_code=201)
async def appeal(home: Home, person: Annotated[Person, Depends(account)], id: str, said: Said) -> dict[str, Any]:
    """Say why it should not hold."""
    made, _ = await home.database.write(lambda tx: appealing.appeal(tx, person.id, id, text=said.text))
    return asdict(made)


@decisions.post("/suspension/appeal", status_code=201)
async def at_door(home: Home, said: AtDoor) -> dict[str, Any]:
    """The same of who is not let in any more."""
    person, decision = _read(home, said.paper)
    made, _ = await home.database.write(lambda tx: appealing.appeal(tx, person, decision, text=said.text))
    return asdict(made)


async def told_at_door(home: House, refusal: Suspended) -> dict[str, Any]:
    """Why somebody is not let in and until when, what became of their answer, and a paper to answer with."""
    decision = refusal.decision
    async with home.database.read() as connection:
        said = await appealing.appeals_to(connection, [decision.id])
    one = shown(decision, said.get(decision.id, []), now=home.clock.now())
    return {**one, "paper": _paper(home, decision)}


def shown(decision: Decision, said: list[appealing.Appeal], *, now: int) -> dict[str, Any]:
    """Never who decided it."""
    told = ("id", "kind", "title", "path", "reason", "at", "until", "undone_at", "undone_reason")
    waits = any(one.answered_at is None for one in said)
    open_ = decision.undone_at is None and not waits and len(said) < appealing.MOST
    return {
        **{name: getattr(decision, name) for name in told},
        "holds": decision.holds(now),
        "final": decision.kind not in UNDONE,
        "may_appeal": open_,
        "appeals": [asdict(one) for one in said],
    }


def _paper(home: House, decision: Decision) -> str:
    plain = json.dumps([decision.person, decision.id, home.clock.now() + GOOD_FOR]).encode()
    said = base64.urlsafe_b64encode(plain).decode().rstrip("=")
    return f"{said}.{_signed(home, said)}"


def _read(home: House, paper: str) -> tuple[PersonId, str]:
    """Whose paper it is and what about; or `DecisionUnknown`."""
    said, _, signature = paper.partition(".")
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), _signed(home, said).encode()):
        raise DecisionUnknown
    person, decision, until = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    if until <= home.clock.now():
        raise DecisionUnknown
    return PersonId(person), decision


def _signed(home: House, said: str) -> str:
    # The key signs visitors, files and letters as well; what it signs here begins with a word of its own.
    return hmac.new(home.cookies.key, b"appeal " + said.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
