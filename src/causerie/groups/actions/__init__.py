"""What people do with groups; the only writers about them."""

from causerie.groups.actions.ending import delete, let_go, undo_deletion
from causerie.groups.actions.founding import edit, found, set_charter, set_cover
from causerie.groups.actions.handing_on import accept, decline, offer
from causerie.groups.actions.inviting import invite, take_back, use
from causerie.groups.actions.joining import answer, join, leave, stop_asking
from causerie.groups.actions.overseeing import open_again, suspend, take_away
from causerie.groups.actions.people import ban, give_role, remove, unban

__all__ = [
    "accept",
    "answer",
    "ban",
    "decline",
    "delete",
    "edit",
    "found",
    "give_role",
    "invite",
    "join",
    "leave",
    "let_go",
    "offer",
    "open_again",
    "remove",
    "set_charter",
    "set_cover",
    "stop_asking",
    "suspend",
    "take_away",
    "take_back",
    "unban",
    "undo_deletion",
    "use",
]
