"""What the server says to people, in their language. The English sentence is the key; a missing one stays English.

The same PO files as the page's. A sentence is given to `t` or `count` as it stands, or to `phrase` where it is kept
for later: `frontend/scripts/words.js` gathers them by these names.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fr", "ar")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
GAP = re.compile(r"\{(\w+)\}")
LONGEST = 200
"""Of what a browser asks for more is not read."""
_HERE = Path(__file__).parent
_FOLDERS = (_HERE.parents[1] / "locales", _HERE / "_locales")
"""Beside the sources; or, where causerie was installed, among them (`build_backend/backend.py`)."""


def phrase(sentence: str) -> str:
    """A sentence that is said later, by `t`: it stands in the PO files from here."""
    return sentence


def t(language: str, sentence: str, /, **given: str | int) -> str:
    """A sentence in this language, with what stands in {braces} filled in."""
    return filled(_forms(ours(language)).get(sentence, (sentence,))[0], given)


def count(language: str, n: int, one: str, many: str, /, **given: str | int) -> str:
    """A sentence about `n` things: `one` where it is one, else `many`, and what the language has besides."""
    speaks = ours(language)
    forms = _forms(speaks).get(one, (one, many))
    return filled(forms[_form(speaks, n, len(forms))], {"n": n, **given})


def filled(sentence: str, given: Mapping[str, str | int]) -> str:
    """In one pass: what people wrote is never read for braces. A gap for which nothing is given stays."""
    return GAP.sub(lambda gap: str(given.get(gap[1], gap[0])), sentence)


def ours(language: str) -> str:
    """One of ours: the one that is wanted, or English."""
    return spoken(language) or "en"


def spoken(language: str) -> str | None:
    """One of ours, if it is."""
    short = re.split("[-_]", language.strip(), maxsplit=1)[0].lower()
    return short if short in LANGUAGES else None


def asked_for(header: str, otherwise: str = "en") -> str:
    """The language of ours that a browser likes best, by its Accept-Language (RFC 9110, 12.5.4)."""
    wanted = [part.partition(";") for part in header[:LONGEST].split(",")]
    liked = sorted(((_liking(how), spoken(tag)) for tag, _, how in wanted), key=lambda one: -one[0])
    return next((tag for liking, tag in liked if tag and liking > 0), ours(otherwise))


def direction(language: str) -> str:
    """Whether it is read from the left or from the right."""
    return "rtl" if re.split("[-_]", language, maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def locale(language: str) -> Locale:
    """For days and hours: British where it is English."""
    speaks = ours(language)
    return Locale("en", "GB") if speaks == "en" else Locale(speaks)


def _liking(how: str) -> float:
    found = re.search(r"q=([01](?:\.\d{0,3})?)\s*$", how)
    return float(found[1]) if found else 1.0


# Six forms are Unicode's categories in their order, as on the page (`frontend/src/i18n/words.svelte.ts`).
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def _form(language: str, n: int, forms: int) -> int:
    category = Locale(language).plural_form(n)
    return _CATEGORIES.index(category) if forms == len(_CATEGORIES) else int(category != "one")


@lru_cache
def _forms(language: str) -> dict[str, tuple[str, ...]]:
    """English sentence to what is said for it; read once, when somebody first needs it."""
    file = next((folder / f"{language}.po" for folder in _FOLDERS if (folder / "en.po").exists()), None)
    if language == "en" or file is None:
        return {}
    with file.open("rb") as read:
        said = [(_texts(one.id)[0], _texts(one.string)) for one in read_po(read, locale=language) if one.id]
    return {english: forms for english, forms in said if all(forms)}


def _texts(one: "str | Sequence[str] | None") -> tuple[str, ...]:
    """One form, or each."""
    return (one,) if isinstance(one, str) else tuple(one or ())
