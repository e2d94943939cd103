"""Questions by their words, the newest first: of rooms that one may know of, and only as everybody there sees them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies.models import PUBLISHED, answers, copies
from causerie.copies.published import HAS_PAGE
from causerie.discovery.lookup import lookup
from causerie.discovery.pages import Page, paged
from causerie.discovery.seeing import findable
from causerie.discovery.wanted import Place, Wanted
from causerie.questions.models import question_terms, questions
from causerie.rooms.models import rooms

SHOWN = ("open", "next", "on_air", "answered", "carried_over")


@dataclass(frozen=True)
class FoundQuestion:
    """A question as everybody sees it. `name`: who asked, unless they keep it to themselves; `answer`: its page."""

    id: str
    text: str
    name: str | None
    state: str
    asked_at: int
    room: str
    title: str
    language: str
    answer: str | None


async def found_questions(connection: AsyncConnection, wanted: Wanted) -> Page[FoundQuestion]:
    """A page of questions; one whose answer the hosts have hidden is not among them."""
    index = lookup(connection, question_terms, wanted.words, first=("text",))
    asker = case((questions.c.hidden_from == "nobody", questions.c.name))
    shown = [questions.c[name] for name in ("id", "text")]
    stands = [questions.c[name] for name in ("state", "asked_at")]
    found = (
        select(*shown, asker, *stands, rooms.c.name, rooms.c.title, rooms.c.language, _page(), index.number)
        .select_from(
            index.source.join(questions, questions.c.id == question_terms.c.question).join(
                rooms, rooms.c.id == questions.c.room
            )
        )
        .where(index.by_any, questions.c.state.in_(SHOWN), findable(wanted), _not_hidden())
        .order_by(index.number.desc())
        .limit(wanted.most + 1)
    )
    if wanted.after is not None:
        found = found.where(index.number < wanted.after.number)
    if wanted.rooms is not None:
        beside = question_terms.alias("beside")
        theirs = questions.alias("theirs")
        of = select(beside.c.number).join(theirs, theirs.c.id == beside.c.question)
        found = found.where(index.number.in_(of.where(theirs.c.room.in_(wanted.rooms))))
    rows = await connection.execute(found)
    return paged([(FoundQuestion(*row[:-1]), Place(0, row[-1])) for row in rows], wanted.most)


def _not_hidden() -> ColumnElement[bool]:
    """Whether its answer stands in no copy, or there is one in it that the hosts have not hidden."""
    theirs = answers.c.question == questions.c.id
    hidden, shown = (exists().where(theirs, answers.c.hidden.is_(said)) for said in (True, False))
    return or_(questions.c.state != "answered", ~hidden, shown)


def _page() -> ScalarSelect[str]:
    """The name of its answer's page, where a published copy has one: as `copies/published.py:seen_answer` has it."""
    return (
        select(answers.c.name)
        .join(copies, copies.c.id == answers.c.copy)
        .where(answers.c.question == questions.c.id, HAS_PAGE, PUBLISHED)
        .order_by(answers.c.id)
        .limit(1)
        .correlate(questions)
        .scalar_subquery()
    )
