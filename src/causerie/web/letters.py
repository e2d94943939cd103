"""What letters say, in the language of the browser that asked for them."""

from fastapi import Request

from causerie.accounts.emails import emails_of
from causerie.config import Settings
from causerie.db import Database
from causerie.ids import PersonId
from causerie.mail import Letter, Mail
from causerie.texts import one_line
from causerie.web.house import House

WORDS = {
    "en": {
        "enter": "Sign in to {place}",
        "enter_text": "Open this page and press the button to come in. It works once, for 15 minutes:\n\n{link}\n\n"
        "If you did not ask for this, do nothing: nobody comes in without it.\n",
        "confirm": "Is this your address, {name}?",
        "confirm_text": "Open this page in the browser you are signed in with, and press the button: from then on "
        "you come in to {place} by this address. It works once, for 15 minutes:\n\n{link}\n\n"
        "If you did not ask for this, do nothing: it belongs to nobody then.\n",
        "lost": "{domain} is not shown on your profile any more",
        "lost_text": "For three days neither the record nor the file could be found that shows that {domain} is "
        "yours. So it has fallen off your profile in {place}. Put it back there, and have it looked at "
        "again:\n\n{link}\n",
    },
    "fr": {
        "enter": "Se connecter à {place}",
        "enter_text": "Ouvrez cette page et appuyez sur le bouton pour entrer. Elle sert une fois, pendant "
        "15 minutes :\n\n{link}\n\nSi vous n’avez rien demandé, ne faites rien : personne n’entre sans elle.\n",
        "confirm": "Cette adresse est-elle la vôtre, {name} ?",
        "confirm_text": "Ouvrez cette page dans le navigateur où vous êtes connecté et appuyez sur le bouton : "
        "dès lors, vous entrez dans {place} par cette adresse. Elle sert une fois, pendant 15 minutes :\n\n{link}\n\n"
        "Si vous n’avez rien demandé, ne faites rien : elle n’appartient alors à personne.\n",
        "lost": "{domain} n’est plus sur votre profil",
        "lost_text": "Depuis trois jours, ni l’enregistrement ni le fichier qui montrent que {domain} est à vous "
        "n’ont été trouvés. Il a donc quitté votre profil dans {place}. Remettez-le, puis faites vérifier à "
        "nouveau :\n\n{link}\n",
    },
    "ar": {
        "enter": "الدخول إلى {place}",
        "enter_text": "افتح هذه الصفحة واضغط الزر لتدخل. تعمل مرة واحدة خلال 15 دقيقة:\n\n{link}\n\n"
        "إن لم تطلب هذا فلا تفعل شيئًا: لا يدخل أحد من دونها.\n",
        "confirm": "أهذا عنوانك يا {name}؟",
        "confirm_text": "افتح هذه الصفحة في المتصفح الذي دخلت به واضغط الزر: بعدها تدخل إلى {place} بهذا العنوان. "
        "تعمل مرة واحدة خلال 15 دقيقة:\n\n{link}\n\nإن لم تطلب هذا فلا تفعل شيئًا: لن يكون لأحد عندئذ.\n",
        "lost": "لم يعد {domain} يظهر في صفحتك",
        "lost_text": "منذ ثلاثة أيام لم يُعثر على السجل ولا على الملف اللذين يُظهران أن {domain} لك، "
        "فسقط من صفحتك في {place}. أعده إلى مكانه واطلب النظر فيه من جديد:\n\n{link}\n",
    },
}


def entering_letter(request: Request, home: House, to: str, link: str) -> Letter:
    """By its link whoever reads it comes in."""
    return _letter(request, home, to, "enter", link=link)


def confirming_letter(request: Request, home: House, to: str, link: str, *, name: str) -> Letter:
    """By its link an address becomes somebody's."""
    return _letter(request, home, to, "confirm", link=link, name=name)


async def tell_of_lost_proof(settings: Settings, database: Database, mail: Mail, person: PersonId, domain: str) -> None:
    """Something that was proved has fallen away; its owner is told where they have an address."""
    async with database.read() as connection:
        there = await emails_of(connection, person)
    language = settings.instance.language if settings.instance.language in WORDS else "en"
    for email in there:
        link = f"{settings.web.public_url.rstrip('/')}/settings"
        mail.post(_written(language, settings.instance.name, email.address, "lost", domain=domain, link=link))


def _letter(request: Request, home: House, to: str, kind: str, **said: str) -> Letter:
    return _written(_language(request, home), home.settings.instance.name, to, kind, **said)


def _written(language: str, instance: str, to: str, kind: str, **said: str) -> Letter:
    words, place = WORDS[language], one_line(instance)
    subject = words[kind].format(place=place, **said)
    return Letter(to, subject, words[f"{kind}_text"].format(place=place, **said))


def _language(request: Request, home: House) -> str:
    """The first that the browser asks for and we have."""
    asked = request.headers.get("accept-language", "")[:200].lower().split(",")
    wanted = [part.strip()[:2] for part in asked] + [home.settings.instance.language]
    return next((one for one in wanted if one in WORDS), "en")
