"""Where a page stands, and where its files are."""

from dataclasses import dataclass

from causerie.copies.answer_pages import AnswerPage
from causerie.web.answers.words import Word, word


@dataclass(frozen=True)
class Place:
    """Where a page stands: this place's name and address, and where files of it and of the copy are."""

    instance: str
    address: str
    styles: tuple[str, ...] = ()
    script: str | None = None
    sound: str | None = None
    card: str | None = None

    def of(self, path: str) -> str:
        return f"{self.address}{path}"


def moment(answer: AnswerPage, place: Place) -> str:
    """Where the whole room is heard from this answer on."""
    return place.of(f"/c/{answer.copy}#t={answer.at / 1000:g}")


def say(answer: AnswerPage, wanted: Word, **given: str) -> str:
    """One of our words, in the language of the room."""
    return word(answer.language, wanted, **given)
