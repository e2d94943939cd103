"""Who is told what: each event as it goes to the room, to the desk, to single persons; and nothing goes further."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from causerie.clock import MINUTE
from causerie.floor import events as queue
from causerie.floor.events import Listed
from causerie.floor.state import OnDeck
from causerie.ids import PersonId, QuestionId
from causerie.live.telling import announcement
from causerie.questions import events as asking
from causerie.recordings import events as taking
from causerie.recordings.live import RecordedRoom, fold
from causerie.rooms import events as life
from causerie.rooms.audience import events as doors
from causerie.rooms.audience.events import Raider
from causerie.rooms.audience.state import Audience, Knock
from causerie.rooms.roles import Helper, Leader
from causerie.rooms.settings import RoomSettings
from causerie.rooms.zones import Start
from causerie.safety import events as safety
from causerie.safety.bans import Ban
from causerie.safety.reports import Report
from causerie.stage import events as stage
from causerie.stage.state import Guest, Hand, Invitation, Seat, Stage, Waiting
from tests.hall import ADA, BEN, CHO, DEE, NOW, asked, box, live

Q, OTHER = QuestionId("q"), QuestionId("other")
EVE = PersonId("eve")
REPORT = Report("r", "person", DEE, "Dee", None, "other", "Shouts", NOW, ("Ada",), None, apart=False, reporter=CHO)
BAN = Ban("b", DEE, "Dee", frozenset({DEE}), "203.0.113.0/24", "Shouts", ADA, NOW, None)
RAIDER = Raider(DEE, "Dee", frozenset({DEE}), NOW)
BUSY = RecordedRoom(
    replace(live, helpers={CHO: Helper(CHO, "Cho", "cohost", NOW)}, settings=RoomSettings(agenda=("Dust",))),
    Stage(
        seats={BEN: Seat(BEN, "Ben", 2, "speaker", muted=True, since=NOW)},
        hands={CHO: Hand(CHO, "Cho", "a word", NOW)},
        invitations={DEE: Invitation(DEE, "Dee", NOW)},
        waiting={CHO: Waiting(CHO, "Cho", 3, False, NOW), DEE: Waiting(DEE, "Dee", 4, False, NOW)},
        backstage={DEE: Guest(DEE, "Dee", 4, False, NOW, note="loud")},
        kept={BEN: NOW},
    ),
    audience=Audience(locked=True, knocks={EVE: Knock(EVE, "Eve", None, NOW)}, raided={DEE: RAIDER}),
)


def with_question(**more: Any) -> RecordedRoom:
    """The same room with a question of Ben's, and one of Cho's that an earlier one of Dee's is one with."""
    same = asked("same", DEE, state="merged", merged_into=OTHER)
    return replace(BUSY, questions=box(asked("q", BEN, **more), asked("other", CHO), same))


def told(before: RecordedRoom, *events: object) -> dict[str, Any]:
    """What is said of it, by names; what says nothing is not there."""
    after = before
    for event in events:
        after = fold(event, after)
    said = announcement([*events], before, after)
    names = {
        "room": [event.is_ for event in said.room],
        "desk": [event.is_ for event in said.desk],
        "me": {person: [event.is_ for event in heard] for person, heard in said.me.items()},
    }
    return {key: value for key, value in {**vars(said), **names}.items() if value and key not in ("site", "group")}


WAIT = {CHO: ["me.waiting"], DEE: ["me.waiting"]}
STORIES: list[tuple[object, dict[str, Any]]] = [
    (stage.SpeakerCame(CHO, "Cho", 3, "speaker", True, NOW), {"room": ["speaker.came"], "rights": {CHO}}),
    (
        stage.SpeakerCame(BEN, "Ben", 2, "speaker", True, NOW),
        {"room": ["speaker.came"], "rights": {BEN}, "desk": ["microphones.asked"]},
    ),
    (
        stage.SpeakerLeft(BEN, "lost"),
        {"room": ["speaker.left"], "rights": {BEN}, "desk": ["microphones.asked"]},
    ),
    (stage.SpeakerMuted(BEN, ADA), {"room": ["speaker.changed"]}),
    (stage.SpeakerUnmuted(BEN), {"room": ["speaker.changed"]}),
    (stage.SpeakerHeld(BEN, NOW), {"room": ["speaker.changed"]}),
    (stage.SpeakerBack(BEN), {"room": ["speaker.changed"]}),
    (stage.SpeakerCalled(BEN, "cohost"), {"room": ["speaker.changed"]}),
    (stage.UnmuteWished(BEN), {"room": ["speaker.changed"]}),
    (stage.MicrophoneAway(BEN, True), {"room": ["speaker.changed"]}),
    (stage.MuteKept(BEN), {"room": ["speaker.changed"], "desk": ["microphones.asked"]}),
    (stage.MuteReleased(BEN), {"room": ["speaker.changed"], "desk": ["microphones.asked"]}),
    (stage.MicrophoneAsked(BEN, NOW), {"room": ["speaker.changed"], "desk": ["microphones.asked"]}),
    (stage.TalkedBackstage(BEN, True), {"room": ["speaker.changed"], "desk": ["backstage.changed"]}),
    (
        stage.BackstageCame(BEN, "Ben", 2, False, NOW),
        {"desk": ["backstage.changed"], "me": {BEN: ["me.backstage"]}},
    ),
    (stage.BackstageChanged(DEE, True, None), {"desk": ["backstage.changed"], "me": {DEE: ["me.backstage"]}}),
    (
        stage.BackstageNoted(DEE, "Dust", "quiet", True),
        {"desk": ["backstage.changed"], "me": {DEE: ["me.backstage"]}},
    ),
    (stage.BackstageLeft(DEE), {"desk": ["backstage.changed"], "me": {DEE: ["me.backstage"]}}),
    (stage.Hushed(True), {"room": ["stage.hushed"]}),
    (stage.SeatAwaited(BEN, "Ben", 2, False, NOW), {"desk": ["stage.awaited"], "me": WAIT | {BEN: ["me.waiting"]}}),
    (stage.WaiterLeft(CHO, NOW), {"desk": ["stage.awaited"], "me": WAIT}),
    (stage.WaitOver(CHO), {"desk": ["stage.awaited"], "me": WAIT}),
    (stage.HandRaised(CHO, "Cho", "dust", NOW), {"desk": ["hand.raised"], "me": {CHO: ["me.hand"]}}),
    (stage.HandLeft(CHO, NOW), {"desk": ["hand.raised"], "me": {CHO: ["me.hand"]}}),
    (stage.HandLowered(CHO), {"desk": ["hand.lowered"], "me": {CHO: ["me.hand"]}}),
    (stage.Invited(DEE, "Dee", NOW), {"desk": ["invitation.sent"], "me": {DEE: ["me.invited"]}}),
    (stage.InvitationClosed(DEE, "declined"), {"desk": ["invitation.closed"], "me": {DEE: ["me.uninvited"]}}),
    (stage.Talked(((BEN, 1),)), {}),
    (life.RoomStarted(NOW), {"room": ["room.started", "room.planned"], "everybody": True}),
    (life.MomentDumped(NOW - 10_000, NOW), {"room": ["room.dumped"]}),
    (life.RoomEnded(NOW), {"room": ["room.ended"], "everybody": True}),
    (life.RoomCancelled(NOW), {"room": ["room.planned"], "everybody": True}),
    (life.RoomMissed(NOW), {"room": ["room.planned"], "everybody": True}),
    (life.RoomReopened(NOW), {"room": ["room.planned"], "everybody": True}),
    (life.BackstageOpened(NOW), {"room": ["room.planned"]}),
    (life.RoomAnnounced(), {"room": ["room.planned"]}),
    (life.RoomReworded("Swifts", "", "en"), {"room": ["room.planned"]}),
    (life.VisibilityChanged("unlisted"), {"room": ["room.planned"]}),
    (life.RoomMoved(Start(NOW)), {"room": ["room.planned"]}),
    (life.RoomHeld(None, {}), {"room": ["room.planned"]}),
    (life.RoomTagged(("birds",)), {"room": ["room.planned"]}),
    (life.RoomCovered("/covers/swifts.jpg"), {"room": ["room.planned"]}),
    (life.RoomExtended(NOW), {"room": ["room.planned"]}),
    (life.HostLate(NOW), {"room": ["room.planned"]}),
    (life.HostArrived(), {"room": ["room.planned"]}),
    (life.EndNear(NOW, "length"), {"room": ["room.ending"]}),
    (life.EndLifted(), {"room": ["room.ending"]}),
    (life.LinkTried("Dee", None), {"desk": ["speaker_link.tried"]}),
    (life.LinkTaken("link", DEE, "Dee"), {"rights": {DEE}}),
    (life.RoomSet(BUSY.room.settings), {"room": ["room.changed"], "desk": ["desk.words", "desk.agenda"]}),
    (
        life.RoomSet(replace(BUSY.room.settings, cohosts_without=("room.ban",))),
        {"room": ["room.changed"], "desk": ["desk.words", "desk.agenda"], "rights": {CHO}},
    ),
    *(
        (
            life.RoomSet(replace(BUSY.room.settings, **opened)),
            {"room": ["room.changed"], "desk": ["desk.words", "desk.agenda"], "everybody": True},
        )
        for opened in ({"guests_ask": "no"}, {"guests_speak": True}, {"box_after_end": True})
    ),
    (life.RoleGiven(DEE, "Dee", "screener", NOW), {"desk": ["role.given"], "rights": {DEE}}),
    (life.RoleTaken(CHO), {"desk": ["role.taken"], "rights": {CHO}}),
    (life.HostAsked(CHO, "Cho", ADA, "Ada"), {"desk": ["host.asked"], "me": {CHO: ["me.asked_to_host"]}}),
    (life.HostUnasked(CHO, "declined"), {"desk": ["host.asked"], "me": {CHO: ["me.asked_to_host"]}}),
    (life.HostChanged(Leader(DEE, "Dee"), "handed"), {"room": ["host.changed"], "rights": {CHO, DEE}}),
    (life.ChairEmpty(NOW), {"room": ["chair.empty"], "everybody": True}),
    (life.RecordsAgreed("never"), {"room": ["room.planned"], "rights": {ADA, CHO}}),
    (life.AskersChanged(frozenset({BEN})), {"everybody": True}),
    (life.KeepersChanged({BEN: "admin", CHO: "moderator"}), {"rights": {BEN, CHO}}),
    (life.ChairFilled(), {"room": ["chair.filled"], "everybody": True}),
    (doors.Pinned("p", "Dust", None, NOW, ADA), {"room": ["room.pinned"]}),
    (doors.Unpinned(NOW), {"room": ["room.pinned"]}),
    (doors.Locked(frozenset({BEN}), NOW, ADA), {"room": ["room.locked"]}),
    (doors.Unlocked(), {"room": ["room.locked"], "opens": True}),
    (doors.Knocked(EVE, "Eve", "Please", NOW), {"desk": ["knock.heard"]}),
    (doors.TurnedAway(EVE), {"desk": ["knock.heard"], "door": {EVE: False}}),
    (doors.KnockOver(EVE), {"desk": ["knock.over"]}),
    (
        doors.LetIn(EVE, frozenset({EVE}), knocked=True, raided=False),
        {"desk": ["knock.over"], "door": {EVE: True}},
    ),
    (
        doors.LetIn(DEE, frozenset({DEE}), knocked=False, raided=True),
        {"desk": ["raid.changed"], "door": {DEE: True}},
    ),
    (doors.SentOut(frozenset({BEN})), {}),
    (doors.Raided((RAIDER,)), {"desk": ["raid.changed"]}),
    (safety.Banned(BAN), {"desk": ["ban.given"]}),
    (safety.BanLifted("b", NOW, None), {"desk": ["ban.lifted"]}),
    (safety.Reported(REPORT), {"desk": ["report.heard"]}),
    (safety.Reported(replace(REPORT, apart=True)), {}),
    (safety.ReportDone("r", NOW, ADA), {"desk": ["report.over"]}),
    (queue.ShortlistSet(()), {}),
    (queue.AskedAhead(CHO, Listed(("hand", CHO), NOW), (), NOW), {"me": {CHO: ["me.on_deck"]}}),
    (queue.DeckLeft(CHO), {"me": {CHO: ["me.on_deck"]}}),
    (queue.CountedDown(CHO, None, NOW), {"room": ["floor.opens"]}),
    (queue.TopicOnAir("t", "Swifts", NOW), {"room": ["topic.changed"]}),
    (queue.TopicOnAir("t", "Dust", NOW), {"room": ["topic.changed"], "desk": ["desk.agenda"]}),
    (queue.TopicOver("t", NOW), {"room": ["topic.changed"]}),
]


@pytest.mark.parametrize(
    ("event", "said"), STORIES, ids=[f"{type(e).__name__} {n}" for n, (e, _) in enumerate(STORIES)]
)
def test_each_event_is_told_to_whom_it_concerns(event: object, said: dict[str, Any]):
    assert told(BUSY, event) == said


@pytest.mark.parametrize("event", [event for event, _ in STORIES], ids=lambda event: type(event).__name__)
def test_site_admins_hear_what_the_desk_hears_but_for_who_knocks(event: object):
    said = announcement([event], BUSY, fold(event, BUSY))

    heard = [one.is_ for one in said.desk if one.is_ not in ("knock.heard", "knock.over")]
    assert [one.is_ for one in said.site] == heard


def test_what_somebody_on_deck_says_is_between_them_and_the_queue():
    on_deck = replace(BUSY.floor, deck={CHO: OnDeck(CHO, Listed(("hand", CHO), NOW), (), NOW)})

    said = told(replace(BUSY, floor=on_deck), queue.DeckAnswered(CHO, "ready", NOW))

    assert said == {"me": {CHO: ["me.on_deck"]}}


def test_what_comes_twice_in_a_turn_is_told_once():
    back = [doors.LetIn(DEE, frozenset({DEE}), knocked=False, raided=True), doors.Raided((RAIDER,))]

    assert told(BUSY, *back) == {"desk": ["raid.changed"], "door": {DEE: True}}
    assert told(BUSY, queue.TopicOver("t", NOW), queue.TopicOnAir("u", "Swifts", NOW)) == {"room": ["topic.changed"]}


def test_a_guests_vote_counts_otherwise_when_the_room_is_set_otherwise():
    voted = with_question(voters=frozenset({DEE}), guests=frozenset({DEE}))

    assert told(voted, life.RoomSet(BUSY.room.settings))["votes"] == {Q}


def test_nobody_is_left_out():
    kinds = {kind for events in (stage, life, doors, safety, queue) for kind in get_args(events.Event)}

    silent = kinds - {type(event) for event, _ in STORIES}

    assert {kind.__name__ for kind in silent} == {
        "BanWidened",
        "DeckAnswered",
        "LeaderCame",
        "LeaderLeft",
        "LinkGone",
        "OrderedByHand",
    }


# ---- answers that can be heard again ----


def test_what_can_be_heard_again_is_told_to_the_room_when_it_is_otherwise():
    answered = with_question(state="answered", on_air_at=NOW, answered_at=NOW + MINUTE)
    made = taking.CatchUpMade(Q, "file", NOW, NOW + MINUTE, MINUTE, frozenset({"track"}))
    there = fold(made, answered)

    assert told(answered, made) == told(there, replace(made, file="other")) == {"room": ["catch_up.changed"]}
    assert told(there, taking.CatchUpGone(Q)) == {"room": ["catch_up.changed"]}
    assert told(there, made) == {}
    for event in (asking.QuestionNameHidden(Q, "audience"), asking.QuestionReopened(Q)):
        assert told(there, event)["room"][-1] == "catch_up.changed"
    assert "room" not in told(there, asking.Voted(Q, DEE))


# ---- questions ----


ASKED = asking.QuestionAsked(Q, BEN, "Ben", "Why?", True, NOW)
MERGED = asking.QuestionMerged(Q, OTHER, (), (CHO,))
TO_BEN, TO_DEE = {BEN: ["me.question"]}, {DEE: ["me.question"]}


@pytest.mark.parametrize(
    ("before", "event", "said"),
    [
        pytest.param({}, ASKED, {"room": ["question.asked"]}, id="asked"),
        pytest.param(
            {}, replace(ASKED, held="words"), {"desk": ["desk.question"], "me": TO_BEN}, id="asked and read first"
        ),
        pytest.param(
            {},
            replace(ASKED, hidden_from="audience"),
            {"room": ["question.asked"], "desk": ["desk.question"], "me": TO_BEN},
            id="asked without a name",
        ),
        pytest.param(
            {},
            replace(ASKED, hidden_from="everybody"),
            {"room": ["question.asked"], "me": TO_BEN},
            id="asked where nobody is to know",
        ),
        pytest.param(
            {"state": "pending"},
            asking.QuestionApproved(Q),
            {"room": ["question.asked"], "desk": ["desk.question_gone"], "me": {BEN: ["me.question_gone"]}},
            id="approved",
        ),
        pytest.param(
            {"state": "dismissed"},
            asking.QuestionRestored(Q),
            {"room": ["question.asked"], "desk": ["desk.question_gone"], "me": {BEN: ["me.question_gone"]}},
            id="restored",
        ),
        pytest.param(
            {},
            asking.QuestionDismissed(Q, "unclear"),
            {"room": ["question.gone"], "desk": ["desk.question"], "me": TO_BEN},
            id="dismissed",
        ),
        pytest.param(
            {"state": "pending"},
            asking.QuestionDismissed(Q, "unclear", unread=True),
            {"desk": ["desk.question"], "me": TO_BEN},
            id="dismissed unread",
        ),
        pytest.param({}, asking.QuestionWithdrawn(Q), {"room": ["question.changed"]}, id="taken back"),
        pytest.param(
            {"state": "pending"},
            asking.QuestionWithdrawn(Q, unread=True),
            {"desk": ["desk.question_gone"], "me": {BEN: ["me.question_gone"]}},
            id="taken back unread",
        ),
        pytest.param(
            {"hidden_from": "audience"},
            asking.QuestionWithdrawn(Q),
            {"room": ["question.changed"], "desk": ["desk.question_gone"], "me": {BEN: ["me.question_gone"]}},
            id="taken back without a name",
        ),
        pytest.param({}, asking.QuestionEdited(Q, "How?", NOW), {"room": ["question.changed"]}, id="worded otherwise"),
        pytest.param(
            {"state": "pending"},
            asking.QuestionEdited(Q, "How?", NOW),
            {"desk": ["desk.question"], "me": TO_BEN},
            id="worded otherwise unread",
        ),
        pytest.param({}, asking.QuestionsCarriedOver(), {"room": ["questions.carried_over"]}, id="carried over"),
        pytest.param(
            {},
            asking.QuestionNameHidden(Q, "audience"),
            {"room": ["question.changed"], "desk": ["desk.question"], "me": TO_BEN},
            id="its name taken off",
        ),
        pytest.param(
            {},
            asking.QuestionNameHidden(Q, "everybody"),
            {"room": ["question.changed"], "me": TO_BEN},
            id="its name taken off where nobody is to know",
        ),
        pytest.param(
            {"state": "dismissed"},
            asking.QuestionNameHidden(Q, "audience"),
            {"desk": ["desk.question"], "me": TO_BEN},
            id="its name taken off when dismissed",
        ),
        pytest.param(
            {"state": "merged"},
            asking.QuestionNameHidden(Q, "audience"),
            {"me": TO_BEN},
            id="its name taken off when merged",
        ),
        pytest.param(
            {"state": "withdrawn"},
            asking.QuestionNameHidden(Q, "audience"),
            {},
            id="its name taken off when taken back",
        ),
        pytest.param(
            {},
            MERGED,
            {"room": ["question.gone"], "votes": {OTHER}, "me": {CHO: ["me.merged"], **TO_BEN, **TO_DEE}},
            id="merged",
        ),
        pytest.param(
            {"state": "pending"},
            replace(MERGED, voters=(), unread=True),
            {"desk": ["desk.question_gone"], "votes": {OTHER}, "me": {**TO_BEN, **TO_DEE}},
            id="merged unread",
        ),
        pytest.param(
            {"hidden_from": "audience"},
            replace(MERGED, voters=()),
            {
                "room": ["question.gone"],
                "desk": ["desk.question_gone"],
                "votes": {OTHER},
                "me": {**TO_BEN, **TO_DEE},
            },
            id="merged without a name",
        ),
        pytest.param(
            {"state": "merged"},
            asking.QuestionParted(Q),
            {"room": ["question.asked"], "desk": ["desk.question_gone"], "me": {BEN: ["me.question_gone"]}},
            id="parted",
        ),
        pytest.param(
            {"state": "merged"},
            asking.QuestionParted(Q, unread=True),
            {"desk": ["desk.question"], "me": TO_BEN},
            id="parted and read first",
        ),
        pytest.param({}, asking.Voted(Q, DEE), {"votes": {Q}, "me": {DEE: ["me.voted"]}}, id="a vote"),
        pytest.param(
            {"voters": frozenset({DEE})},
            asking.Unvoted(Q, DEE),
            {"votes": {Q}, "me": {DEE: ["me.voted"]}},
            id="a vote back",
        ),
        *(
            pytest.param({}, event, {"room": ["question.changed"]}, id=type(event).__name__)
            for event in (
                asking.QuestionNext(Q, NOW),
                asking.QuestionOnAir(Q, NOW),
                asking.QuestionAnswered(Q, NOW),
                asking.QuestionPutBack(Q),
                asking.QuestionReopened(Q),
                asking.QuestionHandedOn(Q, CHO, "Cho"),
            )
        ),
    ],
)
def test_of_a_question_each_is_told_what_they_may_see(before: dict[str, Any], event: object, said: dict[str, Any]):
    assert told(with_question(**before), event) == said


@pytest.mark.parametrize("event", [asking.QuestionDismissed(OTHER, "unclear"), asking.QuestionRestored(OTHER)])
def test_who_asked_what_is_one_with_a_question_hears_what_becomes_of_it(event: object):
    before = with_question()
    other = replace(
        before.questions.all[OTHER], state="dismissed" if isinstance(event, asking.QuestionRestored) else "open"
    )
    before = replace(before, questions=replace(before.questions, all={**before.questions.all, OTHER: other}))

    assert told(before, event)["me"][DEE] == ["me.question"]


@pytest.mark.parametrize(
    ("hidden", "room", "desk"), [("nobody", BEN, None), ("audience", None, BEN), ("everybody", None, None)]
)
def test_a_name_goes_no_further_than_it_may(hidden: Any, room: PersonId | None, desk: PersonId | None):
    before = with_question()
    event = replace(ASKED, question=QuestionId("new"), hidden_from=hidden)
    said = announcement([event], before, fold(event, before))

    of_room, of_desk, own = ([one.question for one in heard] for heard in (said.room, said.desk, said.me.get(BEN, [])))

    assert [(one.person, one.name, one.anonymous) for one in of_room] == [(room, room and "Ben", hidden != "nobody")]
    assert [(one.person, one.name) for one in of_desk] == ([(desk, "Ben")] if desk else [])
    assert [(one.question.person, one.question.name) for one in said.site] == [(None, None) for _ in of_desk]
    assert [one.person for one in own] == ([BEN] if hidden != "nobody" else [])


@pytest.mark.parametrize(("hidden", "name"), [("audience", "Ben"), ("everybody", None)])
def test_while_it_is_read_first_its_name_goes_no_further_either(hidden: Any, name: str | None):
    event = replace(ASKED, question=QuestionId("new"), hidden_from=hidden, held="room")
    said = announcement([event], BUSY, fold(event, BUSY))

    assert ([one.question.name for one in said.desk], said.room) == ([name], [])


def test_an_empty_chair_is_told_with_when_the_room_ends():
    event = life.ChairEmpty(NOW)

    [said] = announcement([event], BUSY, fold(event, BUSY)).room

    assert (said.since, said.ends_at) == (NOW, NOW + 10 * MINUTE)


def test_why_it_is_read_first_is_for_the_desk_and_not_for_its_asker():
    event = replace(ASKED, question=QuestionId("new"), held="words")
    said = announcement([event], BUSY, fold(event, BUSY))

    assert [one.question.held for one in (*said.desk, *said.me[BEN])] == ["words", None]


def test_how_a_vote_stands_is_told_where_it_goes_along():
    before = with_question(voters=frozenset({DEE}))
    event = replace(MERGED, carried=(asking.Vote(ADA, -1),), voters=(ADA, CHO))
    said = announcement([event], before, fold(event, before))

    assert [(said.me[person][0].into, said.me[person][0].value) for person in (ADA, CHO)] == [(OTHER, -1), (OTHER, 0)]


@pytest.mark.parametrize("by_host", [True, False])
def test_whose_hand_a_host_has_down_is_told_that(by_host: bool):
    event = stage.HandLowered(CHO, by_host=by_host)
    said = announcement([event], BUSY, fold(event, BUSY))

    assert [(one.raised_at, one.by_host) for one in said.me[CHO]] == [(None, by_host)]


def test_what_the_desk_notes_of_a_guest_is_not_told_to_them():
    event = stage.BackstageNoted(DEE, "Dust", "quiet", True)
    said = announcement([event], BUSY, fold(event, BUSY))

    assert [("quiet" in str(heard)) for heard in (said.desk, said.site, said.me)] == [True, False, False]


def test_words_agenda_and_networks_are_not_told_to_the_room():
    settings = replace(BUSY.room.settings, words=("casino",), agenda=("Dust",))
    events = [life.RoomSet(settings), safety.Banned(BAN)]
    said = announcement([*events], BUSY, fold(events[0], BUSY))

    assert [word in str(said.room) for word in ("casino", "Dust")] == [False, False]
    assert [word in str(said.desk) for word in ("casino", "Dust", "203.0.113")] == [True, True, False]
