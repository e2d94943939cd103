"""The questions as a table: harmless in any spreadsheet, and without whom it does not name."""

import csv
import io
import json

import pytest

from causerie.copies.plan import Asked
from causerie.copies.questions import COLUMNS, as_csv, as_json
from causerie.copies.timeline import timeline
from tests.copies.evening import moment, plan

LINE = timeline(plan())
RIVER = Asked('Who "speaks", then?', "Nour", 98, "answered", moment(-60), moment(3.5))
HIDDEN = Asked("Whose was it\nbefore?", None, 0, "open", moment(4))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_each_question_is_a_row():
    rows = cells(as_csv([RIVER, HIDDEN], LINE))

    assert rows == [
        list(COLUMNS),
        ['Who "speaks", then?', "Nour", "98", "answered", "2026-11-18T11:05:40Z", "2026-11-18T11:06:43Z", "3.5"],
        ["Whose was it\nbefore?", "", "0", "open", "2026-11-18T11:06:44Z", "", ""],
    ]


def test_excel_is_told_that_it_is_utf_8():
    assert as_csv([], LINE).startswith("\ufeff" + COLUMNS[0])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\r\n=1", "＝1"])
def test_no_text_is_ever_a_formula(text: str):
    row = cells(as_csv([Asked(text, text, 1, "open", moment(0))], LINE))[1]

    assert row[:2] == [f"'{text}", f"'{text}"]


def test_a_program_gets_the_same():
    assert json.loads(as_json([HIDDEN], LINE)) == {
        "questions": [
            {
                "question": "Whose was it\nbefore?",
                "asker": None,
                "votes": 0,
                "outcome": "open",
                "asked_at": "2026-11-18T11:06:44Z",
                "answered_at": None,
                "seconds": None,
            }
        ]
    }
