"""Where the sound of a take lies, and that it goes."""

from pathlib import Path

from causerie.recordings.files import erase_log, folder_of, log_of, make_folder


def test_a_folder_is_made_once_and_twice(tmp_path: Path):
    make_folder(tmp_path, "take")
    make_folder(tmp_path, "take")

    assert folder_of(tmp_path, "take").is_dir()


def test_a_log_is_erased_and_the_others_stay(tmp_path: Path):
    make_folder(tmp_path, "take")
    for track in ("one", "two"):
        log_of(tmp_path, "take", track).write_bytes(b"sound")

    erase_log(tmp_path, "take", "one")
    erase_log(tmp_path, "take", "one")
    erase_log(tmp_path, "never", "one")

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["two.take"]
