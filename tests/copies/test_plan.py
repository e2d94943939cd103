"""A plan goes to the child as JSON, and comes there as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from causerie.copies.errors import CopyEmpty, CopyPlanUnread, CopyTooLong
from causerie.copies.plan import Speaker, read, written
from tests.copies.evening import evening, moment, part, plan


def test_a_plan_is_read_as_it_was_written(tmp_path: Path):
    whole = replace(evening(tmp_path), cover=bytes(range(256)), hidden=(part(3, 4),), language="ar")

    assert read(written(whole)) == whole


def test_who_left_something_out_still_has(tmp_path: Path):
    speaker = Speaker("p", "Ada", tmp_path / "1.take", left_out=(part(1, 2), part(3, 4)))

    assert read(written(replace(plan(), speakers=(speaker,)))).speakers == (speaker,)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"title": 1}', b"\xff\xfe"])
def test_what_is_no_plan_is_refused(text: bytes):
    with pytest.raises(CopyPlanUnread):
        read(text)


def test_no_time_and_too_much_time_are_refused():
    with pytest.raises(CopyEmpty):
        read(written(plan(seconds=0)))
    with pytest.raises(CopyEmpty):
        read(written(plan(seconds=-3)))
    with pytest.raises(CopyTooLong):
        read(written(replace(plan(), ends=moment(24 * 3600 + 1))))
