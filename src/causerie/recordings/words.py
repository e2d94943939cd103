"""What people agree to. The ledger keeps which of these words somebody was shown."""

from causerie.rooms.settings import RecordingRule

WORDS = 2
HEARD_AGAIN = 2
"""Since these words it is said that answers can be heard again while the room goes on."""

_RECORDED = "This room is recorded."
_CONDITION = "Who speaks here agrees to be recorded. A question can be read out instead."
_CHOICE = "You choose whether your part is kept. Left out, you are heard now, but are in no copy."
_AGAIN = "While the room goes on, whoever comes later can hear again what was kept of its answers."
_LATER = "You can also take your part back later. Files others have downloaded cannot be called back."
_SINCE = {1: (), HEARD_AGAIN: (_AGAIN,)}


def shown(words: int, rule: RecordingRule) -> str:
    """The very words somebody was shown, where their room had this rule."""
    if words not in _SINCE:
        return ""
    return " ".join([_RECORDED, _CONDITION if rule == "condition" else _CHOICE, *_SINCE[words], _LATER])
