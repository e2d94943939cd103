"""The questions of the room as a table: what was asked, by whom where they showed themselves, and what became of it."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from causerie.copies.plan import Asked
from causerie.copies.timeline import SECOND, Timeline
from causerie.texts import for_a_sheet

COLUMNS = ("question", "asker", "votes", "outcome", "asked_at", "answered_at", "seconds")


def as_csv(questions: Sequence[Asked], line: Timeline) -> str:
    """For a spreadsheet, in which no text ever becomes a formula; with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in _rows(questions, line):
        table.writerow(["" if cell is None else _harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def as_json(questions: Sequence[Asked], line: Timeline) -> str:
    """For a program."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(questions, line)]
    return json.dumps({"questions": rows}, ensure_ascii=False, indent=1)


def _rows(questions: Sequence[Asked], line: Timeline) -> Iterator[tuple[str | int | float | None, ...]]:
    for one in questions:
        answered = one.answered_at
        heard = answered is not None and line.kept(answered) == answered
        place = round(line.at(answered), 3) if heard and answered is not None else None
        yield one.text, one.asker, one.votes, one.outcome, _said(one.asked_at), _said(answered), place


def _said(moment: int | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _harmless(cell: str | float) -> str | float:
    return for_a_sheet(cell) if isinstance(cell, str) else cell
