"""What an edition holds is read as it was kept, by whichever version of this program."""

from causerie.copies.contents import Chapter, Contents, read, written


def test_what_is_kept_is_read_again():
    held = Contents(1000, chapters=(Chapter("A1", "Who speaks?", 0, 1000),))

    assert read(written(held)) == held


def test_chapters_that_were_kept_as_parts_are_chapters():
    held = Contents(1000, chapters=(Chapter("A1", "Who speaks?", 0, 1000),))

    assert read(written(held).replace('"chapters"', '"parts"')) == held
