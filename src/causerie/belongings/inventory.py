"""Every table that names people, in the order in which it is emptied. A table that is not here fails the tests."""

from causerie.accounts import models as accounts
from causerie.belongings.fates import Kept, Stays, by_copy, by_question, by_room, by_take
from causerie.captions import models as captions
from causerie.copies import models as copies
from causerie.db import tables
from causerie.floor import models as floor
from causerie.groups import models as groups
from causerie.notices import models as notices
from causerie.questions import models as questions
from causerie.recordings import models as recordings
from causerie.rooms import models as rooms
from causerie.rooms.audience import models as audience
from causerie.safety import models as safety
from causerie.stage import models as stage

ROOM_OF_OTHERS = Stays("others took part in it, and their questions and answers stay in it")
PROOF = Stays("that they said yes, in which words and when, is proved by it")
POWER = Stays("who used which power on whom can be told by it; nothing is ever taken out of it")
KEPT_OUT = Stays("who is kept out stays kept out, by whatever browser they come again")
HELD = Stays("what was reported is held for 30 days, for those who run this place; then it is emptied")

ONESELF = (
    Kept(
        notices.deliveries,
        {"person": "goes"},
        untold="how each notice was sent; the notices themselves are told",
    ),
    Kept(notices.notices, {"person": "goes"}, "notices"),
    Kept(notices.devices, {"person": "goes"}, "devices", hidden=("session", "endpoint", "p256dh", "auth")),
    Kept(notices.wishes, {"person": "goes"}, "wishes"),
    Kept(notices.switched_off, {"person": "goes"}, "switched_off"),
    Kept(notices.interests, {"person": "goes"}, "reminders"),
    Kept(
        notices.strangers,
        {"person": "goes"},
        untold="an address that somebody without an account gave for one room: by itself it is nobody's here",
    ),
    Kept(
        notices.tellings,
        {"subject": "goes", "cursor": Stays("how far a telling is, in the order of ids; it goes with the telling")},
        untold="what many are told at once; what reached them is told",
    ),
    Kept(accounts.links, {"person": "goes"}, "links", hidden=("hash",)),
    Kept(accounts.sessions, {"person": "goes"}, "sessions", hidden=("hash",)),
    Kept(accounts.passkeys, {"person": "goes"}, "passkeys", hidden=("credential", "public_key", "signed")),
    Kept(accounts.challenges, {"person": "goes"}, untold="what a browser is to sign, for two minutes"),
    Kept(accounts.emails, {"person": "goes"}, "emails"),
    Kept(accounts.passwords, {"person": "goes"}, "password", hidden=("hash",)),
    Kept(
        accounts.handles,
        {"person": Stays("nobody else may go by it for a year, so that nobody passes for them")},
        "handles",
    ),
    Kept(accounts.profiles, {"person": "goes"}, "profile"),
    Kept(accounts.person_terms, {"person": "goes"}, untold="the words of one's name and profile, to be found by"),
    Kept(accounts.proofs, {"person": "goes"}, "proofs"),
    Kept(accounts.check_requests, {"person": "goes"}, "check_request"),
    Kept(accounts.checks, {"person": "goes", "by": "nobody"}, "checks", hidden=("by",)),
    Kept(accounts.appeals, {"person": "goes", "answered_by": "nobody"}, "appeals", hidden=("answered_by",)),
    Kept(
        accounts.decisions,
        {"person": POWER, "by": "nobody", "undone_by": "nobody"},
        "decisions",
        hidden=("by", "undone_by"),
    ),
    Kept(accounts.acceptances, {"person": "goes"}, "acceptances"),
    Kept(accounts.follows, {"person": "goes", "subject": "goes"}, "follows"),
    Kept(accounts.blocks, {"person": "goes", "blocked": "goes"}, "blocks"),
    Kept(accounts.exports, {"person": "goes"}, "exports", hidden=("file",)),
    Kept(
        accounts.aliases,
        {"account": PROOF, "guest": PROOF},
        "guests",
    ),
    Kept(
        accounts.departures,
        {"person": Stays("that they have gone, and when; it says no name when everything of theirs is found")},
        untold="only who has gone is in it",
    ),
    Kept(groups.memberships, {"person": "goes"}, "memberships"),
    Kept(groups.group_asks, {"person": "goes"}, "group_asks"),
    Kept(groups.group_bans, {"person": "goes", "by": "nobody"}, "group_bans", hidden=("by",)),
    Kept(groups.group_invitations, {"made_by": "goes"}, "group_invitations", hidden=("hash",)),
    Kept(groups.groups, {"heir": "nobody"}, untold="a group is not one person's; memberships are told"),
    Kept(tables.commands, {"person": "goes"}, untold="ids by which what is sent twice is done once"),
    Kept(tables.audit, {"actor": POWER, "subject": POWER}, "deeds", hidden=("subject",)),
    Kept(
        accounts.people,
        {"id": Stays("rooms and proofs hang on it; it has no name, no picture and no way in any more")},
        "account",
    ),
)

IN_ROOMS = (
    Kept(
        rooms.rooms,
        {"host": ROOM_OF_OTHERS, "heir": "nobody", "heir_by": "nobody", "lost_host": "nobody"},
        "rooms",
        hidden=("heir", "heir_by", "lost_host"),
        in_room=lambda room: rooms.rooms.c.id == room,
    ),
    Kept(rooms.helpers, {"person": "goes"}, "roles", in_room=by_room(rooms.helpers)),
    Kept(rooms.numbers, {"person": "counted"}, "numbers", in_room=by_room(rooms.numbers)),
    Kept(
        rooms.speaker_links,
        {"person": "counted"},
        "speaker_links",
        hidden=("hash",),
        names=("name",),
        in_room=by_room(rooms.speaker_links),
    ),
    Kept(
        rooms.asked_along,
        {"person": "goes"},
        "asked_along",
        hidden=("hash",),
        names=("name",),
        in_room=by_room(rooms.asked_along),
    ),
    Kept(audience.pins, {"by": "nobody"}, "pins", in_room=by_room(audience.pins)),
    Kept(audience.locks, {"by": "nobody"}, "locks", in_room=by_room(audience.locks)),
    Kept(audience.inside, {"person": "goes"}, "inside", in_room=by_room(audience.inside)),
    Kept(audience.knocks, {"person": "goes"}, "knocks", in_room=by_room(audience.knocks)),
    Kept(audience.raided, {"person": "goes", "id": "goes"}, "sent_out", in_room=by_room(audience.raided)),
    Kept(
        safety.bans,
        {"person": KEPT_OUT, "by": "nobody", "lifted_by": "nobody"},
        "bans",
        hidden=("by", "lifted_by", "network"),
        names=("name",),
        in_room=by_room(safety.bans),
    ),
    Kept(safety.banned, {"person": KEPT_OUT}, untold="the ids a ban is known by; the ban itself is told"),
    Kept(
        safety.reports,
        {"reporter": "counted", "subject": HELD, "done_by": "nobody", "settled_by": "nobody"},
        "reports",
        hidden=("subject", "name", "text", "on_stage", "on_air", "done_by", "settled_by"),
        in_room=by_room(safety.reports),
    ),
    Kept(stage.seats, {"person": "goes"}, "seats", in_room=by_room(stage.seats)),
    Kept(stage.hands, {"person": "goes"}, "hands", in_room=by_room(stage.hands)),
    Kept(stage.invitations, {"person": "goes"}, "invitations", in_room=by_room(stage.invitations)),
    Kept(stage.awaited_seats, {"person": "goes"}, "awaited_seats", in_room=by_room(stage.awaited_seats)),
    Kept(stage.backstage, {"person": "goes"}, "backstage", hidden=("note",), in_room=by_room(stage.backstage)),
    Kept(stage.kept_mutes, {"person": "goes"}, "kept_mutes", in_room=by_room(stage.kept_mutes)),
    Kept(stage.encoders, {"person": "goes"}, "encoders", hidden=("hash",), in_room=by_room(stage.encoders)),
    Kept(stage.spoken, {"person": "counted"}, "spoken", in_room=by_room(stage.spoken)),
    Kept(stage.stays, {"person": "counted"}, "on_stage", in_room=by_room(stage.stays)),
    Kept(floor.deck, {"person": "goes"}, "deck", hidden=("after",), in_room=by_room(floor.deck)),
    Kept(
        floor.shortlist,
        {"entry": "goes"},
        untold="what hosts put first; the hand or question itself is told",
        in_room=by_room(floor.shortlist),
    ),
    Kept(questions.votes, {"person": "counted"}, "votes", in_room=by_question(questions.votes)),
    Kept(
        questions.questions,
        {"person": "counted"},
        "questions",
        names=("name",),
        in_room=by_room(questions.questions),
    ),
    Kept(recordings.consents, {"person": PROOF}, "consents", in_room=by_room(recordings.consents)),
    Kept(
        recordings.tracks,
        {"person": "counted"},
        "tracks",
        names=("name",),
        in_room=by_take(recordings.tracks),
        only=recordings.tracks.c.withdrawn.is_(True),
        until="where a yes was the condition of speaking, the host of a copy that is shown has seven days to answer",
    ),
    Kept(captions.captions, {"by": "nobody"}, "captions_typed", in_room=by_room(captions.captions)),
    Kept(copies.answers, {"person": "goes"}, "answers_later", in_room=by_copy(copies.answers)),
    Kept(copies.clips, {"by": "nobody"}, "clips", in_room=by_copy(copies.clips)),
    Kept(
        copies.withdrawals,
        {"person": "counted", "answered_by": "nobody"},
        "withdrawals",
        hidden=("answered_by",),
        names=("name",),
        in_room=by_copy(copies.withdrawals),
        only=copies.withdrawals.c.state == "granted",
        until="the host has seven days to answer, and after a no those who run this place may still say yes",
    ),
)

EVERYTHING = ONESELF + IN_ROOMS
