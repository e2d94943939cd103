"""Which right goes with what: the tables that `floor/rules.py` decides by.

`BY_ROLE` is the table of authority in a room, `BY_NAME` what everybody with a name may do, `BY_SEAT` what a seat adds,
`BY_CHAIR` what some may while nobody leads, `BY_SITE` what site admins may in any room, `BY_GROUP` and `BY_MODERATOR`
what those may who look after its group, `KEPT` what the host can keep from co-hosts.
`docs/building/rights.md` says the same by hand, and the tests compare the two.
"""

from causerie.rooms.roles import Authority
from causerie.rooms.settings import CohostRight

BY_NAME = ("question.ask", "question.vote", "hand.raise", "react")
BY_SEAT = ("stage.speak",)
BY_CHAIR = ("chair.take",)
SENDS_OUT = ("room.remove", "room.ban")
WHEN_MISSED = ("room.cancel", "room.reopen", "floor.see")

HOSTS: frozenset[Authority] = frozenset({"host", "cohost"})
DESK: frozenset[Authority] = HOSTS | {"screener"}

BY_ROLE: dict[str, frozenset[Authority]] = {
    "room.start": HOSTS,
    "room.end": HOSTS,
    "room.open_backstage": HOSTS,
    "room.cancel": HOSTS,
    "room.move": HOSTS,
    "room.plan": HOSTS,
    "room.reopen": HOSTS,
    "room.extend": HOSTS,
    "room.set": HOSTS,
    "room.remove": HOSTS,
    "room.ban": HOSTS,
    "room.lock": HOSTS,
    "room.raid": HOSTS,
    "room.dump": HOSTS,
    "knock.answer": HOSTS,
    "room.pin": HOSTS,
    "room.record": HOSTS,
    "caption.say": frozenset({"host", "captioner"}),
    "audience.see": HOSTS,
    "room.hand_over": frozenset({"host"}),
    "role.give": HOSTS,
    "role.cohost": frozenset({"host"}),
    "role.limit": frozenset({"host"}),
    "stage.invite": HOSTS,
    "stage.mute": HOSTS,
    "stage.mute_all": HOSTS,
    "stage.hush": HOSTS,
    "stage.ask_unmute": HOSTS,
    "stage.put_on_air": HOSTS,
    "backstage.talk": DESK,
    "backstage.note": DESK,
    "stage.move_down": HOSTS,
    "question.see_pending": DESK,
    "question.moderate": DESK,
    "question.merge": HOSTS,
    "floor.see": DESK,
    "report.see": DESK,
    "floor.pick": HOSTS,
    "floor.shortlist": HOSTS,
    "floor.place": HOSTS,
    "floor.topic": HOSTS,
    "hand.lower_all": HOSTS,
    "floor.answer": DESK,
}


# What those who run this place may do in any room, without a seat and seen like everybody else.
BY_SITE: frozenset[str] = frozenset(
    {
        "room.start",
        "room.end",
        "room.cancel",
        "room.extend",
        "room.move",
        "room.reopen",
        "room.set",
        "room.pin",
        "room.lock",
        "room.raid",
        "room.dump",
        "room.remove",
        "room.ban",
        "audience.see",
        "room.hand_over",
        "role.give",
        "role.cohost",
        "stage.invite",
        "stage.put_on_air",
        "stage.mute",
        "stage.mute_all",
        "stage.hush",
        "stage.move_down",
        "question.see_pending",
        "question.moderate",
        "floor.see",
        "report.see",
        "floor.pick",
        "floor.place",
        "floor.answer",
    }
)


# What owner and admins of a group may do in its rooms, seen like everybody else: what those who run this place may, and
# let in who knocks. The desk trusts them with that, but not with who asked without a name.
BY_GROUP: frozenset[str] = BY_SITE | {"knock.answer"}

# What moderators of a group may do in its rooms while nobody leads there: all that co-hosts may, but for what waits
# for somebody who does: recording, calling people up, roles, backstage, the plan. Who takes the chair has that, too.
BY_MODERATOR: frozenset[str] = frozenset(verb for verb, may_do in BY_ROLE.items() if "cohost" in may_do) - {
    "room.start",
    "room.open_backstage",
    "room.cancel",
    "room.move",
    "room.plan",
    "room.reopen",
    "room.record",
    "role.give",
    "stage.invite",
    "stage.put_on_air",
    "backstage.talk",
    "backstage.note",
    "floor.pick",
    "floor.topic",
}


# What the host can keep from co-hosts (`RoomSettings.cohosts_without`), and all that goes with it.
KEPT: dict[CohostRight, frozenset[str]] = {
    "room.start": frozenset({"room.start"}),
    "room.extend": frozenset({"room.extend"}),
    "room.end": frozenset({"room.end", "room.cancel"}),
    "room.set": frozenset({"room.set", "room.plan", "room.move"}),
    "room.ban": frozenset({"room.ban"}),
    "room.record": frozenset({"room.record"}),
    "role.give": frozenset({"role.give"}),
    "floor.pick": frozenset({"floor.pick", "floor.topic", "stage.invite", "stage.put_on_air"}),
}
