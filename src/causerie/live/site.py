"""The desk as those see it who run this place or look after the room's group, and whom the host gave no part in it.

Who asked a question without a name and what is noted backstage is told to those alone whom the host trusts with the
desk; who knocks (`knocks`), to who looks after the group as well.
"""

from typing import Any

from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.views import nameless


def view(desk: wire.DeskView, live: LiveRoom, *, knocks: bool = False) -> wire.DeskView:
    """The whole desk."""
    called = _called(live)
    return desk.model_copy(
        update={
            "entries": entries(desk.entries, live),
            "questions": [question(one) for one in desk.questions],
            "invitations": [one for one in desk.invitations if one.person not in called],
            "backstage": [_guest(one) for one in desk.backstage],
            "knocks": desk.knocks if knocks else [],
        }
    )


def events(told: list[Any], before: LiveRoom, after: LiveRoom, *, knocks: bool = False) -> list[Any]:
    """What of a turn is told to them."""
    were, are = _called(before), _called(after)
    heard = told if knocks else [event for event in told if not isinstance(event, wire.KnockHeard | wire.KnockOver)]
    seen = [seen for event in heard if (seen := _event(event, were | are)) is not None]
    # Who was invited with a question and has taken their name off it is invited no more here.
    nameless = (are - were) & before.stage.invitations.keys() & after.stage.invitations.keys()
    return [*seen, *(wire.InvitationClosed(person=person, why="withdrawn") for person in sorted(nameless))]


def entries(queue: list[wire.Entry], live: LiveRoom) -> list[wire.Entry]:
    """The queue, in which a question that was asked without a name has none."""
    hidden = {id for id, one in live.questions.all.items() if one.hidden_from != "nobody"}
    return [nameless(one) if one.id in hidden else one for one in queue]


def question(shown: wire.Question) -> wire.Question:
    return shown.model_copy(update={"person": None, "name": None}) if shown.anonymous else shown


def _event(event: Any, called: frozenset[PersonId]) -> Any | None:
    match event:
        case wire.DeskQuestion(question=shown):
            return event.model_copy(update={"question": question(shown)})
        case wire.BackstageChanged(backstage=guests):
            return event.model_copy(update={"backstage": [_guest(one) for one in guests]})
        case wire.InvitationSent(invitation=given):
            return event if given.person not in called else None
        case wire.InvitationClosed(person=person):
            return event if person not in called else None
    return event


def _guest(shown: wire.Guest) -> wire.Guest:
    return shown.model_copy(update={"note": None})


def _called(live: LiveRoom) -> frozenset[PersonId]:
    """Who is invited with a question that they asked without a name: the invitation would tell whose it is."""
    hidden = {id for id, one in live.questions.all.items() if one.hidden_from != "nobody"}
    return frozenset(given.person for given in live.stage.invitations.values() if given.question in hidden)
