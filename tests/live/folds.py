"""What each event does to what a page knows: most set one thing, put one among others or take one out."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Fold = Callable[[Json, Json], Json]


def within(state: Json, part: str, **changed: Any) -> Json:
    return {**state, part: {**state[part], **changed}}


def without(things: list[Json], key: str, value: str) -> list[Json]:
    return [thing for thing in things if thing[key] != value]


def sets(part: str, **names: str) -> Fold:
    """The event's fields are the part's; `names` are by the part's names."""
    return lambda state, event: within(state, part, **{name: event[told] for name, told in names.items()})


def is_now(part: str, **values: Any) -> Fold:
    return lambda state, _: within(state, part, **values)


def puts(part: str, among: str, told: str, key: str) -> Fold:
    """One that is there already stays where it is among the others."""

    def fold(state: Json, event: Json) -> Json:
        things, new = state[part][among], event[told]
        if any(thing[key] == new[key] for thing in things):
            return within(state, part, **{among: [new if thing[key] == new[key] else thing for thing in things]})
        return within(state, part, **{among: [*things, new]})

    return fold


def takes(part: str, among: str, told: str, key: str) -> Fold:
    return lambda state, event: within(state, part, **{among: without(state[part][among], key, event[told])})


def _planned(state: Json, event: Json) -> Json:
    return within(state, "room", **{name: value for name, value in event.items() if name != "is"})


def _question(state: Json, event: Json) -> Json:
    question = event["question"]
    rest = without(state["room"]["questions"], "id", question["id"])
    return _counts(
        within(state, "room", questions=rest if question["state"] == "withdrawn" else [*rest, question]), event
    )


def _gone(state: Json, event: Json) -> Json:
    rest = without(state["room"]["questions"], "id", event["question"])
    return _counts(within(state, "room", questions=rest), event)


def _counts(state: Json, event: Json) -> Json:
    return within(state, "room", **{name: event[name] for name in ("open_count", "answered_count")})


def _put_aside(state: Json, event: Json) -> Json:
    return within(state, "desk", **{name: event[name] for name in ("pending_count", "dismissed_count")})


def _counted(state: Json, event: Json) -> Json:
    """Every list a question stands in shows its new tally."""
    for part in ("room", "me", *(("desk",) if state["desk"] else ())):
        told = [_tallied(one, event["tallies"], event["guests"]) for one in state[part]["questions"]]
        state = within(state, part, questions=told)
    return state


def _carried_over(state: Json, _: Json) -> Json:
    """What is open when the room ends is carried over, in every list."""
    for part in ("room", "me", *(("desk",) if state["desk"] else ())):
        told = [{**one, "state": "carried_over"} if one["state"] == "open" else one for one in state[part]["questions"]]
        state = within(state, part, questions=told)
    return state


def _tallied(question: Json, tallies: Json, guests: Json) -> Json:
    id = question["id"]
    return {**question, "votes": tallies[id], "guest_votes": guests.get(id, 0)} if id in tallies else question


def _voted(state: Json, question: str, value: int) -> Json:
    """One's vote on a question, instead of the one before."""
    votes = {"voted": 1, "against": -1}
    rest = {side: [id for id in state["me"][side] if id != question] for side in votes}
    return within(state, "me", **{side: rest[side] + [question] * (value == given) for side, given in votes.items()})


def _locked(state: Json, event: Json) -> Json:
    state = within(state, "room", locked=event["on"])
    return state if event["on"] or state["desk"] is None else within(state, "desk", knocks=[])


def _banned(state: Json, event: Json) -> Json:
    return within(state, "desk", bans=[*state["desk"]["bans"], event["ban"]])


def _dumped(state: Json, event: Json) -> Json:
    kept = [line for line in state["room"]["captions"] if not event["begins"] <= line["at"] < event["ends"]]
    return within(state, "room", captions=kept)


def _caught_up(state: Json, event: Json) -> Json:
    """Answers that can be heard stand in the order they were given."""
    other = {*event["gone"], *(one["question"] for one in event["added"])}
    known = [one for one in state["room"]["catch_up"] if one["question"] not in other]
    all_ = sorted([*known, *event["added"]], key=lambda one: (one["at"], one["question"]))
    return within(state, "room", catch_up=all_)


def _seen(state: Json, event: Json) -> Json:
    return {**state, "desk": event["desk"], "at": {**state["at"], "desk": event["n"]}}


ROOM: dict[str, Fold] = {
    "room.started": lambda state, event: within(state, "room", phase="live", started_at=event["at"]),
    "room.changed": sets("room", settings="settings"),
    "room.dumped": _dumped,
    "room.pinned": sets("room", pinned="pin"),
    "room.planned": _planned,
    "room.ending": sets("room", ending="ending"),
    "room.ended": lambda state, event: within(state, "room", phase="ended", ended_at=event["at"]),
}
STAGE: dict[str, Fold] = {
    "speaker.came": puts("room", "seats", "seat", "person"),
    "speaker.changed": puts("room", "seats", "seat", "person"),
    "speaker.left": takes("room", "seats", "person", "person"),
    "speaker_link.tried": lambda state, _: state,
    "stage.hushed": sets("room", hushed="on"),
    "stage.awaited": sets("desk", waiting="waiting"),
    "backstage.changed": sets("desk", backstage="backstage", talking="talking"),
    "me.backstage": sets("me", backstage="backstage"),
    "me.waiting": sets("me", waiting="place"),
    "lines.graded": sets("desk", lines="lines"),
    "me.graded": sets("me", line="line"),
    "microphones.asked": sets("desk", asking="asking"),
    "silence.counted": sets("desk", silent="silent"),
}
QUESTIONS: dict[str, Fold] = {
    "question.asked": _question,
    "question.changed": _question,
    "questions.carried_over": _carried_over,
    "question.gone": _gone,
    "votes.counted": _counted,
    "desk.question": lambda state, event: _put_aside(puts("desk", "questions", "question", "id")(state, event), event),
    "desk.question_gone": lambda state, event: _put_aside(
        takes("desk", "questions", "question", "id")(state, event), event
    ),
    "desk.words": sets("desk", words="words"),
    "desk.one_network": sets("desk", one_network="one_network"),
    "me.question": puts("me", "questions", "question", "id"),
    "me.question_gone": takes("me", "questions", "question", "id"),
    "me.voted": lambda state, event: _voted(state, event["question"], event["value"]),
    "me.merged": lambda state, event: _voted(_voted(state, event["question"], 0), event["into"], event["value"]),
}
FLOOR: dict[str, Fold] = {
    "hand.raised": puts("desk", "hands", "hand", "person"),
    "hand.lowered": takes("desk", "hands", "person", "person"),
    "invitation.sent": puts("desk", "invitations", "invitation", "person"),
    "invitation.closed": takes("desk", "invitations", "person", "person"),
    "floor.ordered": sets("desk", entries="entries"),
    "floor.opens": sets("room", opens="opens"),
    "topic.changed": sets("room", topic="topic"),
    "desk.agenda": sets("desk", agenda="agenda"),
    "me.hand": sets("me", hand_at="raised_at", note="note", lost_seat="lost_seat"),
    "me.invited": sets("me", invitation="invitation"),
    "me.uninvited": is_now("me", invitation=None),
    "me.on_deck": sets("me", on_deck="on_deck"),
    "me.placed": sets("me", place="place"),
}
SAFETY: dict[str, Fold] = {
    "room.locked": _locked,
    "knock.heard": puts("desk", "knocks", "knock", "person"),
    "knock.over": takes("desk", "knocks", "person", "person"),
    "raid.changed": sets("desk", raided="people"),
    "report.heard": puts("desk", "reports", "report", "id"),
    "report.over": takes("desk", "reports", "report", "id"),
    "ban.given": _banned,
    "ban.lifted": takes("desk", "bans", "ban", "id"),
}
PEOPLE: dict[str, Fold] = {
    "role.given": puts("desk", "helpers", "helper", "person"),
    "role.taken": takes("desk", "helpers", "person", "person"),
    "host.asked": sets("desk", asked="asked"),
    "host.changed": sets("room", host="name", host_person="person"),
    "chair.empty": sets("room", chair_empty_since="since"),
    "chair.filled": is_now("room", chair_empty_since=None),
    "me.asked_to_host": sets("me", asked_to_host="by"),
    "me.desk": _seen,
    "me.named": sets("me", name="name"),
    "me.rights": sets("me", role="role", rights="rights"),
}
RECORDINGS: dict[str, Fold] = {
    "catch_up.changed": _caught_up,
    "recording.changed": sets("room", recording="recording"),
    "recording.trouble": sets("desk", recording_trouble="trouble"),
    "desk.recording": sets("desk", left_out="left_out", recording_missing="missing"),
    "me.recording": sets("me", recording="recording"),
}
FOLDS = ROOM | STAGE | QUESTIONS | FLOOR | SAFETY | PEOPLE | RECORDINGS
