"""What is refused about streams."""

import random

from causerie.errors import Missing, Refusal


class NotOnAirYet(Missing):
    code, text = "stream.not_yet", "This room is not on air yet."


class NotOnAirAnyMore(Missing):
    code, text = "stream.over", "This room is over."


class PieceGone(Missing):
    code, text = "stream.gone", "This piece of the stream is not there any more."


class TryAgain(Refusal):
    """`wait`: seconds until it is worth another try, not the same for everybody."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class StreamsFull(TryAgain):
    code, text = "stream.full", "As many listen by stream as this place can serve. Try again in a moment."

    def __init__(self) -> None:
        super().__init__(random.randint(5, 30))


class StreamNotReady(TryAgain):
    code, text = "stream.not_ready", "The stream is not there yet. Try again in a moment."

    def __init__(self) -> None:
        super().__init__(random.randint(1, 4))
