"""Parts of a copy are there whole, or not at all."""

import threading
import zipfile
from pathlib import Path

import pytest

from causerie.copies.errors import CopyOther
from causerie.copies.files import MAKING, digest, files_in, kept_by_one, whole
from causerie.copies.kit import packed
from tests.copies.evening import plan


def test_a_part_is_seen_once_it_is_whole(tmp_path: Path):
    with whole(tmp_path, "sound") as place:
        (place / "a").write_text("a")
        seen_before = files_in(tmp_path)

    assert (seen_before, files_in(tmp_path)) == ([], [Path("sound/a")])
    assert not (tmp_path / MAKING).exists()


def test_a_part_that_failed_leaves_nothing(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), whole(tmp_path, "sound") as place:
        (place / "a").write_text(f"{1 / 0}")

    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_behind_is_taken_away(tmp_path: Path):
    (tmp_path / MAKING / "sound").mkdir(parents=True)
    (tmp_path / MAKING / "sound" / "half").write_text("half")

    with kept_by_one(tmp_path, b"plan"):
        assert not (tmp_path / MAKING).exists()


def test_a_folder_keeps_one_plan(tmp_path: Path):
    for _ in range(2):
        with kept_by_one(tmp_path, b"plan"):
            pass

    with pytest.raises(CopyOther), kept_by_one(tmp_path, b"another"):
        pass


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path):
    (tmp_path / "letters.txt").write_text("dear")

    with pytest.raises(CopyOther), kept_by_one(tmp_path, b"plan"):
        pass


def test_one_works_at_a_time(tmp_path: Path):
    came = list[str]()

    def second() -> None:
        with kept_by_one(tmp_path, b"plan"):
            came.append("second")

    with kept_by_one(tmp_path, b"plan"):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        came.append("first")
    other.join(10)

    assert came == ["first", "second"]


def test_a_kit_is_the_same_for_the_same_files_and_its_sums_are_true(tmp_path: Path):
    copy = tmp_path / "copy"
    for name in ("sound/room.mp3", "sound/measures.json", "words/notes.md", "kit/old.zip", ".plan"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(name)

    for kit in ("a.zip", "b.zip"):
        packed(plan(), copy, tmp_path / kit, lambda _: None)

    with zipfile.ZipFile(tmp_path / "a.zip") as kit:
        assert kit.namelist() == ["sound/room.mp3", "words/notes.md", "SHA256SUMS"]
        assert kit.read("SHA256SUMS").decode() == "".join(
            f"{digest(copy / name)}  {name}\n" for name in ("sound/room.mp3", "words/notes.md")
        )
    assert digest(tmp_path / "a.zip") == digest(tmp_path / "b.zip")
