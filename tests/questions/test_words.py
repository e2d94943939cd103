"""What a words list finds, and what it leaves alone."""

import pytest

from causerie.questions.words import listed


@pytest.mark.parametrize(
    "text",
    [
        "Is this a casino?",
        "CASINO!",
        "casino",
        "A c\u200basin\u200bo?",
        "Ｃａｓｉｎｏ?",
        "Why cásino?",
        "Who wants free money now?",
        "Free\nmoney?",
        "What do you sell?",
        "Selling what?",
        "هل هذا قمار؟",
    ],
)
def test_a_word_is_found_however_it_is_written(text: str):
    assert listed(text, ["casino", "free money", "sell*", "قمار"])


@pytest.mark.parametrize("text", ["Casinos?", "Is money free?", "A counsellor?", "", "قمارات", "Free the money"])
def test_only_whole_words_are_found(text: str):
    assert not listed(text, ["casino", "free money", "sell*", "قمار"])


def test_an_empty_word_finds_nothing():
    assert not listed("Why?", ["", " ", "*", "?!"])
