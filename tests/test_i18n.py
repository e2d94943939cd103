"""What the server says: in the language that is asked for, with every gap filled once."""

import pytest

from causerie.i18n import asked_for, count, direction, filled, t


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.5", "fr"),
        ("en;q=0.3, ar-EG;q=0.8", "ar"),
        ("de-DE,de;q=0.9,fr;q=0.4", "fr"),
        ("fr;q=0,en;q=0.1", "en"),
        ("tlh", "ar"),
        ("", "ar"),
        ("*;q=0.5", "ar"),
        (",;q=x,\x00", "ar"),
        ("x" * 100_000 + ",fr", "ar"),
    ],
)
def test_a_browser_is_answered_in_what_it_likes_best_of_ours_else_in_this_places(header: str, language: str):
    assert asked_for(header, otherwise="ar") == language


def test_a_sentence_is_said_in_its_language_and_in_english_where_we_have_none():
    said = {language: t(language, "With {host}", host="Ada") for language in ("en", "fr", "fr-CA", "ar", "tlh")}

    assert said == {"en": "With Ada", "fr": "Avec Ada", "fr-CA": "Avec Ada", "ar": "مع Ada", "tlh": "With Ada"}
    assert t("fr", "Nobody has translated this.") == "Nobody has translated this."


def test_what_people_wrote_is_never_read_for_gaps():
    assert t("en", "{host} is live.", host="{title}") == "{title} is live."
    assert filled("{name} and {other}", {"name": "Ada"}) == "Ada and {other}"


def test_numbers_take_the_form_of_their_language():
    one, many = "and {n} other wanted to know", "and {n} others wanted to know"

    assert [count("en", n, one, many) for n in (1, 2)] == ["and 1 other wanted to know", "and 2 others wanted to know"]
    assert count("fr", 1, one, many) == "et 1 autre personne voulait savoir"
    assert len({count("ar", n, one, many) for n in (1, 2, 3, 100)}) == 4


def test_arabic_is_read_from_the_right():
    assert [direction(language) for language in ("ar", "ar-EG", "fr", "en")] == ["rtl", "rtl", "ltr", "ltr"]
