"""Every language says everything: all entries, the same gaps, as many plural forms as it has, nothing doubtful."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from causerie.accounts.papers import NAMES
from tests.house.papers import ROOT

LOCALES = ROOT / "locales"
LANGUAGES = {"ar": 6, "en": 2, "fr": 2}
"""Each with as many forms of a sentence about several things."""
GAP = re.compile(r"\{\w+\}")
BARE = re.compile(r"'|(?<=[^\s:])(?<!https)(?<!http)[;!?»]|[^\s\d]:(?=\s|$)|[  ][;:!?»]|«(?!\u202f)")
"""In French an apostrophe is curved, and a narrow space that does not break stands before ; : ! ? and within « »."""


def catalogue(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> dict[str, Message]:
    return {english(message): message for message in catalogue(language) if message.id}


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def gaps(texts: tuple[str, ...]) -> set[str]:
    return {gap for text in texts for gap in GAP.findall(text)}


def test_these_languages_are_spoken():
    assert {file.stem for file in LOCALES.glob("*.po")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_there_and_said(language):
    said = entries(language)

    assert set(said) == set(entries("en"))
    assert [one for one, message in said.items() if not all(forms(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_doubtful_or_left_over(language):
    read = catalogue(language)

    assert [english(message) for message in read if message.id and message.fuzzy] == []
    assert list(read.obsolete) == []


@pytest.mark.parametrize(("language", "number"), LANGUAGES.items())
def test_a_sentence_about_several_has_each_form(language, number):
    counted = [message for message in entries(language).values() if message.pluralizable]

    assert counted
    assert catalogue(language).num_plurals == number
    assert [english(message) for message in counted if len(forms(message)) != number] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_has_its_gap_and_no_other(language):
    ours = {one: gaps((message.id,) if isinstance(message.id, str) else message.id) for one, message in _all().items()}
    lost = {
        one: (ours[one], gaps(forms(message)))
        for one, message in entries(language).items()
        # A form for one or two may say it in a word: « شخصان ».
        if gaps(forms(message)) != ours[one] or any(ours[one] - gaps((form,)) - {"{n}"} for form in forms(message))
    }

    assert lost == {}


def _all() -> dict[str, Message]:
    return entries("en")


def test_french_is_set_as_french_is():
    bare = [form for message in entries("fr").values() for form in forms(message) if BARE.search(form)]

    assert bare == []


@pytest.mark.parametrize("paper", NAMES)
def test_papers_have_a_template_in_each_language_with_the_same_to_fill_in(paper: str):
    folder = ROOT / "docs/running/papers"
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob(f"{paper}*.txt"))}

    assert set(texts) == {f"{paper}.txt", f"{paper}.fr.txt", f"{paper}.ar.txt"}
    assert len({len(re.findall(r"\[[^\]]+\]", text)) for text in texts.values()}) == 1
    assert [name for name, text in texts.items() if name.endswith(".fr.txt") and BARE.search(text)] == []
