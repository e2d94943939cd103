"""What a page makes of what it is told: the old snapshot and the frames since, folded as the browser folds them."""

from typing import Any

Json = dict[str, Any]


def folded(snapshot: Json, frames: list[Json]) -> Json:
    """The snapshot as it is after these frames."""
    state = {key: snapshot[key] for key in ("at", "room", "desk", "me")}
    for frame in frames:
        if frame["type"] == "tick":
            state = _in(state, "room", listeners=frame["listeners"])
        elif frame["type"] == "caption":
            state = _in(state, "room", captions=[*state["room"]["captions"], frame["line"]][-5:])
        elif frame["type"] == "events":
            channel = frame["channel"]
            assert frame["n"] == state["at"][channel] + len(frame["events"]), "numbers have no holes"
            for event in frame["events"]:
                state = _heard(state, event)
            state = _in(state, "at", **{channel: frame["n"]})
    return state


def comparable(snapshot: Json) -> Json:
    """A snapshot without what its moment is, and without an order where the order says nothing."""
    seen = {key: snapshot[key] for key in ("at", "room", "desk", "me")}
    seen = _in(seen, "room", questions=_by(seen["room"]["questions"], "id"))
    me = seen["me"]
    seen = _in(
        seen, "me", voted=sorted(me["voted"]), against=sorted(me["against"]), questions=_by(me["questions"], "id")
    )
    if seen["desk"] is not None:
        desk = seen["desk"]
        seen = _in(seen, "desk", questions=_by(desk["questions"], "id"))
        seen = _in(seen, "desk", hands=_by(desk["hands"], "person"), invitations=_by(desk["invitations"], "person"))
        seen = _in(seen, "desk", helpers=_by(desk["helpers"], "person"))
    return seen


def _heard(state: Json, event: Json) -> Json:
    room, me, desk = state["room"], state["me"], state["desk"]
    match event:
        case {"is": "room.started", "at": at}:
            return _in(state, "room", phase="live", started_at=at)
        case {"is": "room.changed", "settings": settings}:
            return _in(state, "room", settings=settings)
        case {"is": "room.pinned", "pin": pin}:
            return _in(state, "room", pinned=pin)
        case {"is": "room.ended", "at": at}:
            return _in(state, "room", phase="ended", ended_at=at)
        case {"is": "speaker.came" | "speaker.changed", "seat": seat}:
            return _in(state, "room", seats=_put(room["seats"], "person", seat))
        case {"is": "speaker.left", "person": person}:
            return _in(state, "room", seats=_without(room["seats"], "person", person))
        case {"is": "stage.hushed", "on": on}:
            return _in(state, "room", hushed=on)
        case {"is": "backstage.changed", "backstage": backstage}:
            return _in(state, "desk", backstage=backstage)
        case {"is": "me.backstage", "muted": muted}:
            return _in(state, "me", backstage_muted=muted)
        case {"is": "stage.awaited", "waiting": waiting}:
            return _in(state, "desk", waiting=waiting)
        case {"is": "microphones.asked", "asking": asking}:
            return _in(state, "desk", asking=asking)
        case {"is": "me.waiting", "place": place}:
            return _in(state, "me", waiting=place)
        case {"is": "question.asked" | "question.changed", "question": question, **counts}:
            rest = _without(room["questions"], "id", question["id"])
            shown = rest if question["state"] == "withdrawn" else [*rest, question]
            return _in(state, "room", questions=shown, **_counts(counts))
        case {"is": "question.gone", "question": question, **counts}:
            return _in(state, "room", questions=_without(room["questions"], "id", question), **_counts(counts))
        case {"is": "votes.counted", "tallies": tallies, "guests": guests}:
            for part in ("room", "me", *(("desk",) if desk else ())):
                told = [_counted(one, tallies, guests) for one in state[part]["questions"]]
                state = _in(state, part, questions=told)
            return state
        case {"is": "desk.question", "question": question}:
            return _in(state, "desk", questions=_put(desk["questions"], "id", question))
        case {"is": "desk.question_gone", "question": question}:
            return _in(state, "desk", questions=_without(desk["questions"], "id", question))
        case {"is": "desk.words", "words": words}:
            return _in(state, "desk", words=words)
        case {"is": "me.question", "question": question}:
            return _in(state, "me", questions=_put(me["questions"], "id", question))
        case {"is": "me.question_gone", "question": question}:
            return _in(state, "me", questions=_without(me["questions"], "id", question))
        case {"is": "hand.raised", "hand": hand}:
            return _in(state, "desk", hands=_put(desk["hands"], "person", hand))
        case {"is": "hand.lowered", "person": person}:
            return _in(state, "desk", hands=_without(desk["hands"], "person", person))
        case {"is": "invitation.sent", "invitation": given}:
            return _in(state, "desk", invitations=_put(desk["invitations"], "person", given))
        case {"is": "invitation.closed", "person": person}:
            return _in(state, "desk", invitations=_without(desk["invitations"], "person", person))
        case {"is": "silence.counted", "silent": silent}:
            return _in(state, "desk", silent=silent)
        case {"is": "room.locked", "on": on}:
            state = _in(state, "room", locked=on)
            return state if on or desk is None else _in(state, "desk", knocks=[])
        case {"is": "knock.heard", "knock": knock}:
            return _in(state, "desk", knocks=_put(desk["knocks"], "person", knock))
        case {"is": "knock.over", "person": person}:
            return _in(state, "desk", knocks=_without(desk["knocks"], "person", person))
        case {"is": "raid.changed", "people": people}:
            return _in(state, "desk", raided=people)
        case {"is": "ban.given", "ban": ban}:
            return _in(state, "desk", bans=[*desk["bans"], ban])
        case {"is": "ban.lifted", "ban": ban}:
            return _in(state, "desk", bans=_without(desk["bans"], "id", ban))
        case {"is": "floor.ordered", "entries": entries}:
            return _in(state, "desk", entries=entries)
        case {"is": "role.given", "helper": helper}:
            return _in(state, "desk", helpers=_put(desk["helpers"], "person", helper))
        case {"is": "role.taken", "person": person}:
            return _in(state, "desk", helpers=_without(desk["helpers"], "person", person))
        case {"is": "room.planned", **plan}:
            return _in(state, "room", **{name: plan[name] for name in ("phase", "starts_at", "ends_at", "late_since")})
        case {"is": "speaker_link.tried"}:
            return state
        case {"is": "host.asked", "asked": asked}:
            return _in(state, "desk", asked=asked)
        case {"is": "host.changed", "person": person, "name": name}:
            return _in(state, "room", host=name, host_person=person)
        case {"is": "chair.empty", "since": since}:
            return _in(state, "room", chair_empty_since=since)
        case {"is": "chair.filled"}:
            return _in(state, "room", chair_empty_since=None)
        case {"is": "room.ending", "ending": ending}:
            return _in(state, "room", ending=ending)
        case {"is": "me.asked_to_host", "by": by}:
            return _in(state, "me", asked_to_host=by)
        case {"is": "me.desk", "n": n, "desk": seen}:
            return {**state, "desk": seen, "at": {**state["at"], "desk": n}}
        case {"is": "me.named", "name": name}:
            return _in(state, "me", name=name)
        case {"is": "me.hand", "raised_at": at, "note": note}:
            return _in(state, "me", hand_at=at, note=note)
        case {"is": "me.invited", "invitation": given}:
            return _in(state, "me", invitation=given)
        case {"is": "me.uninvited"}:
            return _in(state, "me", invitation=None)
        case {"is": "me.voted", "question": question, "value": value}:
            return _voted(state, question, value)
        case {"is": "me.merged", "question": question, "into": into, "value": value}:
            return _voted(_voted(state, question, 0), into, value)
        case {"is": "floor.opens", "opens": opens}:
            return _in(state, "room", opens=opens)
        case {"is": "me.on_deck", "on_deck": on_deck}:
            return _in(state, "me", on_deck=on_deck)
        case {"is": "me.placed", "place": place}:
            return _in(state, "me", place=place)
        case {"is": "me.rights", "role": role, "rights": rights}:
            return _in(state, "me", role=role, rights=rights)
    raise AssertionError(f"no page knows {event}")


def _counted(question: Json, tallies: Json, guests: Json) -> Json:
    """A question with its new tally, where there is one."""
    id = question["id"]
    return {**question, "votes": tallies[id], "guest_votes": guests.get(id, 0)} if id in tallies else question


def _counts(told: Json) -> Json:
    return {name: told[name] for name in ("open_count", "answered_count")}


def _voted(state: Json, question: str, value: int) -> Json:
    """One's vote on a question, instead of the one before."""
    votes = {"voted": 1, "against": -1}
    rest = {side: [id for id in state["me"][side] if id != question] for side in votes}
    return _in(state, "me", **{side: rest[side] + [question] * (value == given) for side, given in votes.items()})


def _in(state: Json, part: str, **changed: Any) -> Json:
    return {**state, part: {**state[part], **changed}}


def _put(things: list[Json], key: str, new: Json) -> list[Json]:
    if any(thing[key] == new[key] for thing in things):
        return [new if thing[key] == new[key] else thing for thing in things]
    return [*things, new]


def _without(things: list[Json], key: str, value: str) -> list[Json]:
    return [thing for thing in things if thing[key] != value]


def _by(things: list[Json], key: str) -> dict[str, Json]:
    return {thing[key]: thing for thing in things}
