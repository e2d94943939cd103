"""The process that makes a copy: whatever stops it, and whenever, what is seen is whole, and the next try ends it."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from causerie.copies.files import MAKING, digest, files_in
from causerie.copies.plan import Plan, written
from tests.copies.conftest import Copy
from tests.copies.evening import moment, plan


def child(plan_of: Plan, folder: Path) -> "subprocess.Popen[str]":
    told = folder.with_name("plan.json")
    told.write_bytes(written(plan_of))
    script = [sys.executable, "-m", "causerie.copies.child", str(told), str(folder)]
    return subprocess.Popen(script, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def lines(program: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    said, _ = program.communicate(timeout=100)
    return [json.loads(line) for line in said.splitlines()]


def seen(folder: Path) -> dict[str, str]:
    return {path.as_posix(): digest(folder / path) for path in files_in(folder)}


def read_until(program: "subprocess.Popen[str]", count: int) -> None:
    """Wait for so many lines of progress."""
    assert program.stdout is not None
    for _ in range(count):
        program.stdout.readline()


def test_it_tells_its_progress_and_makes_the_copy(copy: Copy, tmp_path: Path):
    with child(copy.plan, tmp_path / "copy") as program:
        said = lines(program)

    assert (program.returncode, said[-1]) == (0, {"done": True})
    assert all(line.keys() == {"part", "share"} for line in said[:-1])
    assert seen(tmp_path / "copy") == copy.digests()


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM])
def test_killed_at_any_moment_it_ends_with_the_same_copy(copy: Copy, tmp_path: Path, stop: signal.Signals):
    folder, whole = tmp_path / "copy", copy.digests()

    for count in (1, 2, 15, 40, 70, 1):
        with child(copy.plan, folder) as program:
            read_until(program, count)
            program.send_signal(stop)
            program.communicate(timeout=60)
        found = seen(folder)
        assert found == {name: sum_ for name, sum_ in whole.items() if (folder / name.partition("/")[0]).exists()}
        assert stop == signal.SIGKILL or not (folder / MAKING).exists()
    with child(copy.plan, folder) as program:
        lines(program)

    assert (program.returncode, seen(folder)) == (0, whole)
    assert not (folder / MAKING).exists()


def test_two_at_once_make_one_copy(copy: Copy, tmp_path: Path):
    with child(copy.plan, tmp_path / "copy") as first, child(copy.plan, tmp_path / "copy") as second:
        ends = [lines(program)[-1] for program in (first, second)]

    assert ends == [{"done": True}] * 2
    assert seen(tmp_path / "copy") == copy.digests()


def test_what_cannot_be_made_is_refused_with_a_code(tmp_path: Path):
    with child(replace(plan(), ends=moment(0)), tmp_path / "copy") as program:
        said = lines(program)

    assert (program.returncode, [line["refused"]["code"] for line in said]) == (3, ["copy.empty"])
    assert not (tmp_path / "copy").exists()


def test_another_edition_has_another_folder(copy: Copy, tmp_path: Path):
    with child(plan(seconds=1), tmp_path / "copy") as program:
        lines(program)
    before = seen(tmp_path / "copy")
    with child(copy.plan, tmp_path / "copy") as program:
        said = lines(program)

    assert (program.returncode, said[-1]["refused"]["code"]) == (3, "copy.other")
    assert seen(tmp_path / "copy") == before


def test_it_gives_way_to_the_rooms(copy: Copy, tmp_path: Path):
    with child(copy.plan, tmp_path / "copy") as program:
        read_until(program, 1)
        priority = os.getpriority(os.PRIO_PROCESS, program.pid)
        program.kill()

    assert priority >= min(19, os.getpriority(os.PRIO_PROCESS, 0) + 15)
