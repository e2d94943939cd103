"""What letters say, in the language of the browser that asked for them."""

from fastapi import Request

from causerie.mail import Letter
from causerie.texts import one_line
from causerie.web.house import House

WORDS = {
    "en": {
        "enter": "Sign in to {place}",
        "enter_text": "Open this page and press the button to come in. It works once, for 15 minutes:\n\n{link}\n\n"
        "If you did not ask for this, do nothing: nobody comes in without it.\n",
        "confirm": "Is this your address, {name}?",
        "confirm_text": "Open this page in the browser you are signed in with, and press the button: from then on you come in "
        "to {place} by this address. It works once, for 15 minutes:\n\n{link}\n\n"
        "If you did not ask for this, do nothing: it belongs to nobody then.\n",
    },
    "fr": {
        "enter": "Se connecter à {place}",
        "enter_text": "Ouvrez cette page et appuyez sur le bouton pour entrer. Elle sert une fois, pendant 15 minutes :\n\n"
        "{link}\n\nSi vous n’avez rien demandé, ne faites rien : personne n’entre sans elle.\n",
        "confirm": "Cette adresse est-elle la vôtre, {name} ?",
        "confirm_text": "Ouvrez cette page dans le navigateur où vous êtes connecté et appuyez sur le bouton : dès lors, vous "
        "entrez dans {place} par cette adresse. Elle sert une fois, pendant 15 minutes :\n\n{link}\n\n"
        "Si vous n’avez rien demandé, ne faites rien : elle n’appartient alors à personne.\n",
    },
    "ar": {
        "enter": "الدخول إلى {place}",
        "enter_text": "افتح هذه الصفحة واضغط الزر لتدخل. تعمل مرة واحدة خلال 15 دقيقة:\n\n{link}\n\n"
        "إن لم تطلب هذا فلا تفعل شيئًا: لا يدخل أحد من دونها.\n",
        "confirm": "أهذا عنوانك يا {name}؟",
        "confirm_text": "افتح هذه الصفحة في المتصفح الذي دخلت به واضغط الزر: بعدها تدخل إلى {place} بهذا العنوان. "
        "تعمل مرة واحدة خلال 15 دقيقة:\n\n{link}\n\nإن لم تطلب هذا فلا تفعل شيئًا: لن يكون لأحد عندئذ.\n",
    },
}


def entering_letter(request: Request, home: House, to: str, link: str) -> Letter:
    """By its link whoever reads it comes in."""
    return _letter(request, home, to, "enter", link=link)


def confirming_letter(request: Request, home: House, to: str, link: str, *, name: str) -> Letter:
    """By its link an address becomes somebody's."""
    return _letter(request, home, to, "confirm", link=link, name=name)


def _letter(request: Request, home: House, to: str, kind: str, **said: str) -> Letter:
    words, place = WORDS[_language(request, home)], one_line(home.settings.instance.name)
    subject = words[kind].format(place=place, **said)
    return Letter(to, subject, words[f"{kind}_text"].format(place=place, **said))


def _language(request: Request, home: House) -> str:
    """The first that the browser asks for and we have."""
    asked = request.headers.get("accept-language", "")[:200].lower().split(",")
    wanted = [part.strip()[:2] for part in asked] + [home.settings.instance.language]
    return next((one for one in wanted if one in WORDS), "en")
