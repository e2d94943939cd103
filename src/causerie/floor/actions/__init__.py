"""What people do in a room. Each action decides on the present state, writes, and announces; or refuses."""

from causerie.floor.actions.audience import may_react, may_see_audience, pin, unpin
from causerie.floor.actions.backstage import note_guest, put_on_air, say_ready, talk_backstage
from causerie.floor.actions.chair import accept_host, decline_host, hand_over, take_chair
from causerie.floor.actions.deck import answer_deck, deck_is_due, sweep_deck
from causerie.floor.actions.doors import (
    answer_knock,
    knock,
    lock,
    raid,
    stop_knocking,
    undo_raid,
    unlock,
)
from causerie.floor.actions.hands import lower_all, lower_hand, raise_hand
from causerie.floor.actions.links import make_link, take_link_back, tell_of_try, use_link
from causerie.floor.actions.moderation import approve, dismiss, edit, merge, reopen, restore
from causerie.floor.actions.questions import ask, unvote, vote, withdraw
from causerie.floor.actions.queue import answered, pick, pick_hand, put_back
from causerie.floor.actions.roles import give_role, take_role
from causerie.floor.actions.rooms import (
    cancel_room,
    end_room,
    extend_room,
    move_room,
    open_backstage,
    reopen_room,
    set_room,
    start_room,
)
from causerie.floor.actions.safety import ban, may_remove, remove, unban
from causerie.floor.actions.shortlist import move, shortlist
from causerie.floor.actions.silence import ask_to_speak, hush, mute, mute_all, release, take_away, wish_unmuted
from causerie.floor.actions.stage import (
    accept,
    decline,
    invite,
    more_time,
    move_down,
    seat_bot,
    seat_encoder,
    step_down,
    unmute,
)
from causerie.floor.actions.time import find_line, lose_line, note_talk, sweep, time_is_up

__all__ = [
    "accept",
    "accept_host",
    "answer_deck",
    "answer_knock",
    "answered",
    "approve",
    "ask",
    "ask_to_speak",
    "ban",
    "cancel_room",
    "deck_is_due",
    "decline",
    "decline_host",
    "dismiss",
    "edit",
    "end_room",
    "extend_room",
    "find_line",
    "give_role",
    "hand_over",
    "hush",
    "invite",
    "knock",
    "lock",
    "lose_line",
    "lower_all",
    "lower_hand",
    "make_link",
    "may_react",
    "may_remove",
    "may_see_audience",
    "merge",
    "more_time",
    "move",
    "move_down",
    "move_room",
    "mute",
    "mute_all",
    "note_guest",
    "note_talk",
    "open_backstage",
    "pick",
    "pick_hand",
    "pin",
    "put_back",
    "put_on_air",
    "raid",
    "raise_hand",
    "release",
    "remove",
    "reopen",
    "reopen_room",
    "restore",
    "say_ready",
    "seat_bot",
    "seat_encoder",
    "set_room",
    "shortlist",
    "start_room",
    "step_down",
    "stop_knocking",
    "sweep",
    "sweep_deck",
    "take_away",
    "take_chair",
    "take_link_back",
    "take_role",
    "talk_backstage",
    "tell_of_try",
    "time_is_up",
    "unban",
    "undo_raid",
    "unlock",
    "unmute",
    "unpin",
    "unvote",
    "use_link",
    "vote",
    "wish_unmuted",
    "withdraw",
]
