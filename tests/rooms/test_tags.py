"""The words a room is found by."""

import pytest

from causerie.rooms.errors import TagsWrong
from causerie.rooms.tags import tags


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([], ()),
        (["Birds", "#birds", " BIRDS "], ("birds",)),
        (["open data", "Open-Data"], ("open-data",)),
        (["Straße", "ＳＴＲＡＳＳＥ"], ("strasse",)),
        (["é", "e\u0301"], ("é",)),
        (["bi\u200brds", "\u202ebirds"], ("birds",)),
        (["طيور", "हिन्दी", "鳥"], ("हिन्दी", "طيور", "鳥")),
        (["swifts", "rivers"], ("rivers", "swifts")),
    ],
)
def test_the_same_word_is_the_same_tag(said: list[str], kept: tuple[str, ...]):
    assert tags(said) == tuple(sorted(kept))


@pytest.mark.parametrize(
    "said",
    [["a", "b", "c", "d", "e", "f"], ["x" * 31], [""], ["#"], ["a/b"], ["a\0b"], ["😀"], ["<b>"], ["a,b"]],
)
def test_what_is_no_tag_is_refused(said: list[str]):
    with pytest.raises(TagsWrong):
        tags(said)
