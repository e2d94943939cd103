"""What a notice says, in the language of who is told."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_datetime

from causerie.notices.kinds import Kind, Said

LANGUAGES = ("en", "fr", "ar")

SENTENCES: dict[str, dict[Kind, tuple[str, str]]] = {
    "en": {
        "room.week": ("In a week: {title}", "{host} talks on {at}."),
        "room.day": ("Tomorrow: {title}", "{host} talks on {at}."),
        "room.hour": ("In an hour: {title}", "{host} begins on {at}."),
        "room.soon": ("In a quarter of an hour: {title}", "{host} begins on {at}."),
        "room.starts": ("Now: {title}", "It is planned to begin now. You can come in already."),
        "room.live": ("Live: {title}", "{host} is live."),
        "room.moved": ("Moved: {title}", "It begins on {at} instead."),
        "room.cancelled": ("Cancelled: {title}", "{host} has cancelled this room."),
        "room.missed": ("Did not take place: {title}", "Nobody came to lead this room. Its questions are kept."),
        "room.invited": ("You are invited: {title}", "{host} gave you a part in it. It begins on {at}."),
        "room.handed": ("You are asked to lead: {title}", "{host} asks you to be its host. It begins on {at}."),
        "question.next": ("You are next: {title}", "What you wanted to ask or to say is taken up in a moment."),
        "question.answered": ("Your question was answered: {title}", "{host} is the host of this room."),
        "copy.ready": ("Your copy is ready: {title}", "Hear it, change it, and publish it when you like."),
        "copy.failed": ("The copy could not be made: {title}", "The recording is kept. It is tried again by itself."),
    },
    "fr": {
        "room.week": ("Dans une semaine : {title}", "{host} prend la parole le {at}."),
        "room.day": ("Demain : {title}", "{host} prend la parole le {at}."),
        "room.hour": ("Dans une heure : {title}", "{host} commence le {at}."),
        "room.soon": ("Dans un quart d’heure : {title}", "{host} commence le {at}."),
        "room.starts": ("Maintenant : {title}", "Le début est prévu maintenant. Vous pouvez déjà entrer."),
        "room.live": ("En direct : {title}", "{host} est en direct."),
        "room.moved": ("Déplacé : {title}", "Le nouveau début est le {at}."),
        "room.cancelled": ("Annulé : {title}", "{host} a annulé ce salon."),
        "room.missed": ("N’a pas eu lieu : {title}", "Personne n’est venu le mener. Les questions sont gardées."),
        "room.invited": ("Vous êtes invité : {title}", "{host} vous y a confié un rôle. Début le {at}."),
        "room.handed": ("On vous demande de mener : {title}", "{host} vous demande d’en être l’hôte. Début le {at}."),
        "question.next": ("C’est bientôt à vous : {title}", "Ce que vous vouliez demander ou dire vient maintenant."),
        "question.answered": ("Votre question a reçu une réponse : {title}", "{host} est l’hôte de ce salon."),
        "copy.ready": ("Votre copie est prête : {title}", "Écoutez-la, modifiez-la, publiez-la quand vous voulez."),
        "copy.failed": ("La copie n’a pas pu être faite : {title}", "Un nouvel essai suit de lui-même."),
    },
    "ar": {
        "room.week": ("بعد أسبوع: {title}", "يتحدّث {host} في {at}."),
        "room.day": ("غدًا: {title}", "يتحدّث {host} في {at}."),
        "room.hour": ("بعد ساعة: {title}", "يبدأ {host} في {at}."),
        "room.soon": ("بعد ربع ساعة: {title}", "يبدأ {host} في {at}."),
        "room.starts": ("الآن: {title}", "موعد البدء الآن. يمكنك الدخول من الآن."),
        "room.live": ("على الهواء: {title}", "{host} على الهواء."),
        "room.moved": ("تغيّر الموعد: {title}", "يبدأ في {at} بدلًا من ذلك."),
        "room.cancelled": ("أُلغيت: {title}", "ألغى {host} هذه الغرفة."),
        "room.missed": ("لم تُعقد: {title}", "لم يأتِ أحد ليديرها. أسئلتها محفوظة."),
        "room.invited": ("أنت مدعو: {title}", "أعطاك {host} دورًا فيها. تبدأ في {at}."),
        "room.handed": ("يُطلب منك أن تدير: {title}", "يطلب منك {host} أن تكون مضيفها. تبدأ في {at}."),
        "question.next": ("أنت التالي: {title}", "ما أردت أن تسأله أو تقوله يأتي بعد لحظات."),
        "question.answered": ("أُجيب عن سؤالك: {title}", "{host} مضيف هذه الغرفة."),
        "copy.ready": ("نسختك جاهزة: {title}", "استمع إليها وعدّلها وانشرها متى شئت."),
        "copy.failed": ("تعذّر صنع النسخة: {title}", "التسجيل محفوظ، وتُعاد المحاولة تلقائيًا."),
    },
}
OPEN = {"en": "Open", "fr": "Ouvrir", "ar": "افتح"}
LEAVE = {"en": "No such letters any more", "fr": "Ne plus recevoir ces lettres", "ar": "لا مزيد من هذه الرسائل"}
YES = {"en": "Yes", "fr": "Oui", "ar": "نعم"}
LEFT = {
    "en": "You get no such letters any more. You can switch them on again in your inbox.",
    "fr": "Vous ne recevrez plus ces lettres. Vous pouvez les rétablir dans votre boîte.",
    "ar": "لن تصلك هذه الرسائل بعد الآن. يمكنك تفعيلها من جديد من صندوقك.",
}
REMIND = {
    "en": "Be reminded by mail of: {title}",
    "fr": "Être prévenu par courrier de : {title}",
    "ar": "تذكير بالبريد بغرفة: {title}",
}
REMINDED = {
    "en": "You are reminded by mail. Your address is deleted when the room is over.",
    "fr": "Vous serez prévenu par courrier. Votre adresse est effacée une fois le salon terminé.",
    "ar": "سيصلك التذكير بالبريد. يُحذف عنوانك بعد انتهاء الغرفة.",
}
ASKED = {
    "en": "Open this page and press the button: {place} then reminds you of this room by mail. Your address is deleted "
    "when the room is over. If you did not ask for this, do nothing.",
    "fr": "Ouvrez cette page et appuyez sur le bouton : {place} vous rappellera ce salon par courrier. Votre adresse "
    "est effacée une fois le salon terminé. Si vous n’avez rien demandé, ne faites rien.",
    "ar": "افتح هذه الصفحة واضغط الزر ليذكّرك {place} بهذه الغرفة بالبريد. يُحذف عنوانك بعد انتهاء الغرفة. "
    "إن لم تطلب هذا فلا تفعل شيئًا.",
}
STALE = {
    "en": "This link is used up or too old.",
    "fr": "Ce lien a déjà servi ou est trop ancien.",
    "ar": "هذا الرابط مستعمل أو قديم.",
}


@dataclass(frozen=True)
class Words:
    """A notice in words."""

    title: str
    text: str


def asked(title: str, place: str, link: str, *, wanted: str) -> Words:
    """The letter whose link confirms an address that is to be reminded."""
    speaks = language(wanted)
    text = _filled(ASKED[speaks], {"place": place})
    return Words(_filled(REMIND[speaks], {"title": title}), f"{text}\n\n{link}\n")


def reminding(title: str) -> dict[str, str]:
    """What the page says on which it is confirmed, in each language."""
    return {speaks: _filled(sentence, {"title": title}) for speaks, sentence in REMIND.items()}


def language(wanted: str) -> str:
    """One of ours: the one that is wanted, or English."""
    plain = wanted.split("-")[0].lower()
    return plain if plain in LANGUAGES else "en"


def worded(kind: Kind, said: Said, *, wanted: str = "en", zone: str = "UTC") -> Words:
    """The notice as this person reads it, with moments in their own zone."""
    speaks = language(wanted)
    given = {"title": said.title, "host": said.host, "at": _moment(said.at, speaks, zone)}
    title, text = SENTENCES[speaks][kind]
    return Words(_filled(title, given), _filled(text, given))


def zone_of(name: str) -> tzinfo:
    """The zone of this name; UTC where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _moment(at: int | None, speaks: str, zone: str) -> str:
    if at is None:
        return ""
    here = datetime.fromtimestamp(at / 1000, UTC).astimezone(zone_of(zone))
    locale = Locale.parse({"en": "en_GB"}.get(speaks, speaks))
    return f"{format_datetime(here, 'EEEE d MMMM, HH:mm', locale=locale)} ({here.tzname()})"


def _filled(sentence: str, given: dict[str, str]) -> str:
    """In one pass: what people wrote is never read for braces."""
    parts = sentence.split("{")
    return parts[0] + "".join(given[name] + rest for name, _, rest in (part.partition("}") for part in parts[1:]))
