"""What is refused, and how. A refusal is an answer: a stable code for programs, a sentence for people."""


class Refusal(Exception):
    """Something is not done, and nothing has changed."""

    code = "refused"
    text = "This is not possible."

    def __init__(self, text: str | None = None, *, code: str | None = None) -> None:
        self.code = code or type(self).code
        self.text = text or type(self).text
        super().__init__(f"{self.code}: {self.text}")


class Missing(Refusal):
    """It is not there, or not for this person; both look the same."""


class Forbidden(Refusal):
    """This person may not do it."""


class Conflict(Refusal):
    """Not in the state in which things are now."""


class Invalid(Refusal):
    """What was sent cannot be meant."""


class TooMany(Refusal):
    """More than one person may do in this time."""


class Away(Refusal):
    """A part that is needed cannot be reached just now."""

    code = "database.away"
    text = "This cannot be kept just now. Try again in a moment."
