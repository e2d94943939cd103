"""Who agreed to what, as a table for hosts: they may have to show it long after the evening."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from causerie.clock import SECOND
from causerie.recordings.queries import LedgerLine
from causerie.recordings.words import shown
from causerie.texts import for_a_sheet

COLUMNS = ("at", "name", "person", "answer", "words", "shown", "take")
ANSWERS = {"kept": "agreed", "left_out": "left out", "withdrawn": "withdrawn"}


def as_csv(lines: Sequence[LedgerLine]) -> str:
    """Each thing somebody said of their part, with the very words they were shown; Excel knows UTF-8 by its mark."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in lines:
        said = ANSWERS.get(line.answer, line.answer)
        read = shown(line.words, line.rule)
        table.writerow([_at(line.at), for_a_sheet(line.name or ""), line.person, said, line.words, read, line.take])
    return "\ufeff" + out.getvalue()


def _at(moment: int) -> str:
    return datetime.fromtimestamp(moment // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
