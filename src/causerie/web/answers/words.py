"""What stands around an answer, in the room's language: whoever reads it may have no script and no choice."""

from datetime import UTC, datetime
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

Word = Literal[
    "skip",
    "home",
    "sign_in",
    "from_room",
    "asked",
    "somebody",
    "answer",
    "play",
    "pause",
    "position",
    "speed",
    "follow",
    "share",
    "embed",
    "copy",
    "copied",
    "said",
    "who",
    "also",
    "whole",
    "moment",
    "later",
    "more",
    "gone",
]

WORDS: dict[str, dict[Word, str]] = {
    "en": {
        "skip": "Skip to content",
        "home": "home",
        "sign_in": "Sign in",
        "from_room": "From the room",
        "asked": "{name} asked",
        "somebody": "Asked from the audience",
        "answer": "The answer",
        "play": "Play the answer, {length}",
        "pause": "Pause",
        "position": "Position",
        "speed": "Speed",
        "follow": "Follow the text",
        "share": "Share",
        "embed": "Put it on your page",
        "copy": "Copy",
        "copied": "Copied",
        "said": "What was said",
        "who": "Who answered",
        "also": "Also answered that evening",
        "whole": "Hear the whole room",
        "moment": "Hear it in the room",
        "later": "Answered after the room",
        "more": "More",
        "gone": "This answer is not here any more.",
    },
    "fr": {
        "skip": "Aller au contenu",
        "home": "accueil",
        "sign_in": "Se connecter",
        "from_room": "Dans le salon",
        "asked": "Question de {name}",
        "somebody": "Une question du public",
        "answer": "La réponse",
        "play": "Écouter la réponse, {length}",
        "pause": "Pause",
        "position": "Position",
        "speed": "Vitesse",
        "follow": "Suivre le texte",
        "share": "Partager",
        "embed": "Sur votre page",
        "copy": "Copier",
        "copied": "Copié",
        "said": "Ce qui s’est dit",
        "who": "Qui a répondu",
        "also": "Aussi ce soir-là",
        "whole": "Écouter tout le salon",
        "moment": "L’écouter dans le salon",
        "later": "Réponse donnée après le salon",
        "more": "Plus",
        "gone": "Cette réponse n’est plus ici.",
    },
    "ar": {
        "skip": "انتقل إلى المحتوى",
        "home": "الرئيسية",
        "sign_in": "تسجيل الدخول",
        "from_room": "من الغرفة",
        "asked": "سؤال {name}",
        "somebody": "سؤال من الجمهور",
        "answer": "الجواب",
        "play": "شغّل الجواب، {length}",
        "pause": "أوقف مؤقتًا",
        "position": "الموضع",
        "speed": "السرعة",
        "follow": "تابع النص",
        "share": "شارك",
        "embed": "ضعه في صفحتك",
        "copy": "انسخ",
        "copied": "نُسخ",
        "said": "ما قيل",
        "who": "من أجاب",
        "also": "أُجيب أيضًا في تلك الأمسية",
        "whole": "استمع إلى الغرفة كاملة",
        "moment": "استمع إليه في الغرفة",
        "later": "أُجيب عنه بعد الغرفة",
        "more": "المزيد",
        "gone": "لم يعد هذا الجواب هنا.",
    },
}

WANTED: dict[str, dict[str, str]] = {
    "en": {"one": "and {n} other wanted to know", "other": "and {n} others wanted to know"},
    "fr": {"one": "et {n} autre personne voulait savoir", "other": "et {n} autres personnes voulaient savoir"},
    "ar": {
        "one": "وأراد شخص آخر أن يعرف",
        "two": "وأراد شخصان آخران أن يعرفا",
        "few": "وأراد {n} آخرون أن يعرفوا",
        "many": "وأراد {n} آخر أن يعرفوا",
        "other": "وأراد {n} آخر أن يعرفوا",
    },
}
BACKWARDS = frozenset({"ar", "fa", "he", "ur"})


def word(language: str, wanted: Word) -> str:
    """In the room's language, in English where we do not speak it."""
    return WORDS[spoken(language)][wanted]


def spoken(language: str) -> str:
    """The language in which we say what stands around it."""
    short = language.partition("-")[0]
    return short if short in WORDS else "en"


def direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in BACKWARDS else "ltr"


def wanted(language: str, votes: int) -> str | None:
    """How many others wanted to hear it; nothing where nobody said so."""
    if votes < 1:
        return None
    forms, locale = WANTED[spoken(language)], _locale(spoken(language))
    return forms.get(locale.plural_form(votes), forms["other"]).format(n=votes)


def day(language: str, at: int) -> str:
    """The day of a moment, as it is written there."""
    return format_date(datetime.fromtimestamp(at / 1000, UTC).date(), "long", locale=_locale(language))


def lasting(milliseconds: int) -> str:
    """As one says it: minutes and seconds, with hours once there are."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _locale(language: str) -> Locale:
    """British where it is English."""
    try:
        return Locale.parse("en_GB" if language == "en" else language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
