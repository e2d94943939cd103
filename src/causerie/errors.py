"""What is refused, and how. A refusal is an answer: a stable code for programs, a sentence for people."""

from collections.abc import Mapping
from typing import Any

from causerie.i18n import filled


class Refusal(Exception):
    """Something is not done, and nothing has changed.

    `text` is English, as people read it. Where it has gaps in {braces}, `given` fills them, and the page can say it in
    its own language.
    """

    code = "refused"
    text = "This is not possible."

    def __init__(
        self, text: str | None = None, *, code: str | None = None, given: Mapping[str, str] | None = None
    ) -> None:
        self.code = code or type(self).code
        self.sentence = text or type(self).text
        self.given = dict(given or {})
        self.text = filled(self.sentence, self.given) if given else self.sentence
        super().__init__(f"{self.code}: {self.text}")

    def told(self) -> dict[str, Any]:
        """As programs and the page get it; `sentence` and `given` only where something is filled in."""
        said = {"code": self.code, "text": self.text}
        return said | ({"sentence": self.sentence, "given": self.given} if self.given else {})


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
