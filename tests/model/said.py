"""What people of chance say: a command of one of their pages, and what it means in the model."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.model.evening import Evening
from tests.model.people import Device
from tests.model.questions import WAITING
from tests.sound_on_paper import OFFER

ACCOUNTS, GUEST = ("Ada", "Ben", "Cho", "Dee"), "Gus"
EVERYBODY = (*ACCOUNTS, GUEST)
# What a host of chance keeps from co-hosts.
KEPT = (["floor.pick"], ["role.give", "room.ban"], ["room.set"], [])
OUTSIDE = ("room.enter", "room.leave", "room.knock")


@dataclass(frozen=True, eq=False)
class Said:
    """`person` and `question` are the model's; they become ids where they are said."""

    device: Device
    do: str
    means: Callable[[Evening], bool] = field(repr=False)
    more: dict[str, Any] = field(default_factory=dict)

    def done_in(self, model: Evening) -> bool:
        """Whether the model does it; who is not in the room does nothing there."""
        if self.do not in OUTSIDE and self.device not in model.pages:
            return False
        return self.means(model)


@dataclass(frozen=True)
class Dice:
    device: Device
    other: str
    account: str
    n: int
    m: int
    yes: bool
    which: int

    @property
    def who(self) -> str:
        return self.device[0]


devices = st.tuples(st.sampled_from((*EVERYBODY, "Ada", "Ada")), st.sampled_from((1, 1, 1, 2)))
dice = st.builds(
    Dice,
    devices,
    st.sampled_from(EVERYBODY),
    st.sampled_from(ACCOUNTS),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    st.integers(0, 999),
)


def sound(d: Dice) -> list[Said]:
    """What one does with one's own microphone and place."""
    who, me = d.who, d.device
    return [
        Said(me, "media.offer", lambda m: m.offer(me), {"sdp": OFFER}),
        Said(me, "media.offer", lambda m: m.offer(me), {"sdp": OFFER}),
        Said(me, "media.close", lambda m: m.close_sound(me)),
        Said(me, "stage.accept", lambda m: m.accept(me)),
        Said(me, "stage.decline", lambda m: m.decline(who)),
        Said(me, "stage.more_time", lambda m: m.more_time(who)),
        Said(me, "microphone.unmute", lambda m: m.unmute(me)),
        Said(me, "microphone.unmute", lambda m: m.unmute(me)),
        Said(me, "microphone.mute", lambda m: m.mute(who, who)),
        Said(me, "microphone.away", lambda m: m.microphone_away(who, on=d.yes), {"on": d.yes}),
        Said(me, "stage.step_down", lambda m: m.off(who)),
        Said(me, "hand.raise", lambda m: m.raise_hand(who), {"note": None}),
        Said(me, "hand.lower", lambda m: m.lower_hand(who)),
        Said(me, "backstage.talk", lambda m: m.hold_to_talk(me, on=d.yes), {"on": d.yes}),
    ]


def leads(d: Dice) -> list[Said]:
    """What hosts do with people on stage and before it."""
    who, me, other = d.who, d.device, d.other
    person, kept = {"person": other}, KEPT[d.n]
    return [
        Said(me, "stage.invite", lambda m: m.invite(who, other), person),
        Said(me, "stage.invite", lambda m: m.invite(who, other), person),
        Said(me, "stage.put_on_air", lambda m: m.put_on_air(who, other), person),
        Said(me, "stage.mute", lambda m: m.mute(who, other, hold=d.yes), person | {"hold": d.yes})
        if other != who
        else Said(me, "microphone.mute", lambda m: m.mute(who, who)),
        Said(me, "stage.release", lambda m: m.release(who, other), person),
        Said(me, "stage.mute_all", lambda m: m.mute_all(who)),
        Said(me, "stage.hush", lambda m: m.hush(who, on=d.n == 0), {"on": d.n == 0}),
        Said(me, "stage.move_down", lambda m: m.move_down(who, other), person),
        Said(me, "hand.lower_all", lambda m: m.lower_all(who)),
        Said(me, "room.set", lambda m: m.set_backstage(who, on=d.yes), {"backstage": d.yes}),
        Said(me, "room.set", lambda m: m.keep(who, kept), {"cohosts_without": kept}),
    ]


def roles(d: Dice) -> list[Said]:
    """Who helps, and who leads."""
    who, me, to = d.who, d.device, d.account
    person = {"person": to}
    role = ("cohost", "screener", "captioner", "may_lead")[d.n]
    return [
        Said(me, "role.give", lambda m: m.give(who, to, role), person | {"role": role}),
        Said(me, "role.give", lambda m: m.give(who, to, "cohost"), person | {"role": "cohost"}),
        Said(me, "role.take", lambda m: m.take(who, to), person),
        Said(me, "room.hand_over", lambda m: m.hand_over(who, to), person),
        Said(me, "host.accept", lambda m: m.accept_host(who)),
        Said(me, "host.decline", lambda m: m.decline_host(who)),
        Said(me, "chair.take", lambda m: m.take_chair(who, on_stage=who in m.seats)),
    ]


def doors(d: Dice) -> list[Said]:
    """Who comes, who goes, who is kept out."""
    who, me, other = d.who, d.device, d.other
    person, hours = {"person": other}, 1 if d.yes else None
    ban = {"reason": "noise", "hours": hours, "network": d.n == 0}
    return [
        Said(me, "room.enter", lambda m: m.enter(me), {"room": "sparrows"}),
        Said(me, "room.enter", lambda m: m.enter(me), {"room": "sparrows"}),
        Said(me, "room.leave", lambda m: m.leave(me)),
        Said(me, "room.lock", lambda m: m.lock(who, on=d.yes), {"on": d.yes}),
        Said(me, "room.remove", lambda m: m.remove(who, other), person),
        Said(me, "room.ban", lambda m: m.ban(who, other, network=d.n == 0, hours=hours), person | ban),
        Said(me, "knock.answer", lambda m: m.answer(who, other, let_in=d.yes), person | {"let_in": d.yes}),
    ]


def asks(d: Dice, model: Evening) -> list[Said]:
    """What is asked and voted, and what is made of it; the last few questions are spoken of."""
    who, me, n, k = d.who, d.device, model.nth(d.n), model.nth(d.m)
    one = {"question": n}
    ask = Said(me, "question.ask", lambda m: m.ask(who, guest=who == GUEST), {"text": "Why?", "myself": False})
    if n is None or k is None:
        return [ask]
    return [
        ask,
        Said(me, "question.vote", lambda m: m.vote(who, n), one),
        Said(me, "question.unvote", lambda m: m.unvote(who, n), one),
        Said(me, "question.withdraw", lambda m: m.withdraw(who, n), one),
        Said(me, "question.hide_name", lambda m: m.hide_name(who, n), one),
        Said(me, "question.merge", lambda m: m.merge(who, n, k), one | {"into": k}),
        Said(me, "question.approve", lambda m: m.moderated(who, n, "open", ("pending",)), one),
        Said(me, "question.dismiss", lambda m: m.moderated(who, n, "dismissed", WAITING), one | {"reason": "unclear"}),
        Said(me, "question.restore", lambda m: m.moderated(who, n, "open", ("dismissed",)), one),
        Said(me, "question.reopen", lambda m: m.moderated(who, n, "open", ("answered",)), one),
        Said(me, "floor.read_out", lambda m: m.on_air(who, n), one),
        Said(me, "floor.answered", lambda m: m.moderated(who, n, "answered", ("on_air",)), one),
        Said(me, "floor.put_back", lambda m: m.moderated(who, n, "open", ("on_air",)), one),
    ]


def said(d: Dice, model: Evening) -> Said:
    """What these dice make somebody say."""
    everything = [*sound(d), *leads(d), *roles(d), *doors(d), *asks(d, model)]
    return everything[d.which * len(everything) // 1000]
