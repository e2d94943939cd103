"""What people agree to. The ledger keeps which of these words somebody was shown."""

WORDS = 1

SHOWN = {
    1: "This room is recorded. You choose whether your part is kept. Left out, you are heard now, but are in no copy. "
    "You can also take your part back later. Files others have downloaded cannot be called back.",
}
