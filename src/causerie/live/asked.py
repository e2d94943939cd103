"""Questions as each may see them: the room, the desk, and who asked."""

from collections import Counter
from collections.abc import Collection
from typing import Any, Literal

from causerie.floor.live import LiveRoom
from causerie.floor.order import Entry, by_votes
from causerie.ids import PersonId, QuestionId
from causerie.live import protocol as wire
from causerie.questions import likeness
from causerie.questions.state import OPEN, UNSEEN, Question

Tab = Literal["wanted", "new", "answered", "pending", "dismissed"]
AT_DESK: frozenset[Tab] = frozenset({"pending", "dismissed"})
SHOWN = 50
SHOWN_AT_DESK = 200


def for_room(live: LiveRoom, question: Question) -> wire.Question:
    """As the audience sees it."""
    named = question.hidden_from == "nobody"
    return _shown(live, question, person=question.person if named else None, name=question.name if named else None)


def for_desk(live: LiveRoom, question: Question) -> wire.Question:
    """With its asker, unless nobody is to know, and with why it is read first."""
    named = question.hidden_from != "everybody"
    shown = _shown(live, question, person=question.person if named else None, name=question.name if named else None)
    return shown.model_copy(update={"held": question.held})


def for_asker(live: LiveRoom, question: Question) -> wire.Question:
    """As its asker sees it: where what it was merged into is dismissed, so is this, for the same reason."""
    shown = _shown(live, question, person=question.person, name=question.name)
    into = live.questions.all[question.merged_into] if question.merged_into else None
    if into is None or into.state != "dismissed":
        return shown
    return shown.model_copy(update={"state": into.state, "reason": into.reason})


def desk_apart(question: Question) -> bool:
    """Whether the desk sees more of it than the room."""
    before_the_room = question.state not in ("merged", "withdrawn")
    return question.state in UNSEEN or (question.hidden_from == "audience" and before_the_room)


def asker_apart(question: Question) -> bool:
    """Whether its asker sees more of it than the room."""
    hidden = question.hidden_from != "nobody" and question.state != "withdrawn"
    return question.state in UNSEEN or question.state == "merged" or hidden


def before_the_room(live: LiveRoom, viewer: PersonId, now: int) -> list[wire.Question]:
    """On air and on its way, the most wanted fifty, the last fifty answered, and the viewer's own."""
    asked = live.questions
    top = wanted(live, now)[:SHOWN]
    answered = sorted(asked.answered, key=lambda question: question.answered_at or 0)[-SHOWN:]
    shown = {question.id for question in [*top, *answered]}
    own = (question for question in asked.of(viewer) if question.state in OPEN | {"answered"})
    mine = [question for question in own if question.id not in shown]
    on_air = [question for question in asked.all.values() if question.state in ("on_air", "next")]
    return [for_room(live, one) for one in [*on_air, *top, *mine, *answered]]


def wanted(live: LiveRoom, now: int) -> list[Question]:
    """Open questions in the order of their votes."""
    asked = [
        Entry("question", question.id, question.person, question.name, question.asked_at, live.votes(question))
        for question in live.questions.open
    ]
    ranked = by_votes(asked, now, live.room.started_at)
    return [live.questions.all[QuestionId(entry.id)] for entry in ranked]


def page(live: LiveRoom, tab: Tab, after: str | None, now: int) -> tuple[list[Question], bool]:
    """The next fifty of a tab, and whether there are more; from the first where that one is not there any more."""
    listed = _listed(live, tab, now)
    begin = next((n for n, question in enumerate(listed, 1) if question.id == after), 0)
    return listed[begin : begin + SHOWN], begin + SHOWN < len(listed)


def _listed(live: LiveRoom, tab: Tab, now: int) -> list[Question]:
    """A tab in its order."""
    asked = live.questions
    match tab:
        case "wanted":
            return wanted(live, now)
        case "new":
            return asked.open[::-1]
        case "answered":
            return sorted(asked.answered, key=lambda question: question.answered_at or 0, reverse=True)
        case "pending":
            return [question for question in asked.all.values() if question.state == "pending"]
        case "dismissed":
            return [question for question in asked.all.values() if question.state == "dismissed"][::-1]


def like(live: LiveRoom, text: str) -> list[wire.Question]:
    """The open questions most like a text."""
    return [for_room(live, live.questions.all[id]) for id in likeness.like(text, live.questions.open)]


def at_desk(live: LiveRoom) -> list[wire.Question]:
    """What the desk sees otherwise than the room: at most so many of each kind, the oldest pending ones first."""
    apart = [question for question in live.questions.all.values() if desk_apart(question)]
    pending = [question for question in apart if question.state == "pending"][:SHOWN_AT_DESK]
    rest = [question for question in apart if question.state != "pending"][-SHOWN_AT_DESK:]
    return [for_desk(live, question) for question in [*pending, *rest]]


def put_aside(live: LiveRoom) -> dict[str, Any]:
    """How many wait to be read, and how many were dismissed, however many the desk was told of."""
    states = Counter(question.state for question in live.questions.all.values())
    return {"pending_count": states["pending"], "dismissed_count": states["dismissed"]}


def stepped_forward(live: LiveRoom) -> int:
    """How many of the audience have asked under their name, and wait; those on stage are seen there."""
    asked = live.questions.all.values()
    named = {one.person for one in asked if one.state in OPEN | {"next"} and one.hidden_from == "nobody"}
    return len(named - live.stage.seats.keys())


def of_asker(live: LiveRoom, person: PersonId) -> list[wire.Question]:
    """One's own as the room does not see them."""
    return [for_asker(live, question) for question in live.questions.of(person) if asker_apart(question)]


def counted(live: LiveRoom, ids: Collection[str]) -> wire.VotesCounted:
    """The tallies of these questions; those the room does not see have none."""
    there = [one for id in sorted(ids) if (one := live.questions.all[QuestionId(id)]).state not in UNSEEN | {"merged"}]
    return wire.VotesCounted(
        tallies={one.id: live.votes(one) for one in there},
        guests={one.id: apart for one in there if (apart := live.votes_apart(one))},
    )


def _shown(live: LiveRoom, question: Question, *, person: PersonId | None, name: str | None) -> wire.Question:
    return wire.Question(
        id=question.id,
        text=question.text,
        person=person,
        name=name,
        anonymous=question.hidden_from != "nobody",
        myself=question.myself,
        state=question.state,
        votes=live.votes(question),
        guest_votes=live.votes_apart(question),
        asked_at=question.asked_at,
        on_air_at=question.on_air_at,
        answered_at=question.answered_at,
        called_at=question.called_at,
        edited=question.edited_at is not None,
        reason=question.reason,
        into=question.merged_into,
    )
