"""What is refused to people about themselves."""

from typing import TYPE_CHECKING

from causerie.errors import Conflict, Forbidden, Invalid, Missing, TooMany

if TYPE_CHECKING:
    from causerie.accounts.decisions import Decision


class NameNeeded(Forbidden):
    code, text = "name.needed", "Give a name first, so that the room knows who asks."


class NameLength(Invalid):
    code, text = "name.length", "A name has 1 to 60 characters."


class NameTaken(Conflict):
    code, text = "name.taken", "Somebody is called this already."


class LanguageUnknown(Invalid):
    code, text = "language.unknown", "This language is not spoken here yet."


class LinkUnknown(Missing):
    code, text = "link.unknown", "This link is used up or too old. Ask for a new one."


class PersonUnknown(Missing):
    code, text = "person.unknown", "There is nobody of this name."


class NotAdmin(Forbidden):
    code, text = "admin.only", "Only admins can do this."


class HttpsNeeded(Forbidden):
    """Over http everybody on the way could take the session of an account."""

    code, text = "https.needed", "Come in by https: here you can listen, ask and vote as a guest."


class AccountNeeded(Forbidden):
    code, text = "account.needed", "This needs an account. Sign in first."


class SignInAgain(Forbidden):
    code, text = "sign_in.again", "Sign in once more, to show that it is you. Then you have ten minutes for this."


class CookiesNeeded(Forbidden):
    code, text = "sign_in.cookies", "Your browser keeps no cookies for this site, so nobody can sign in with it."


class WayUnknown(Missing):
    code, text = "sign_in.unknown", "This is not here any more."


class LastWay(Conflict):
    code, text = "sign_in.last", "This is your only way in. Add another one first."


class PasskeyRefused(Forbidden):
    code, text = "passkey.refused", "This passkey does not open anything here. Try again, or come in another way."


class PasskeyName(Invalid):
    code, text = "passkey.name", "A passkey's name has 1 to 60 characters."


class TooManyPasskeys(Conflict):
    code, text = "passkey.too_many", "You have as many passkeys as one can have. Remove one first."


class NoMail(Missing):
    code, text = "mail.none", "This place sends no mail."


class AddressRefused(Invalid):
    code, text = "mail.address", "This is no e-mail address that mail can be sent to."


class AddressTaken(Conflict):
    code, text = "mail.taken", "This address belongs to another account here."


class NoPasswords(Missing):
    code, text = "password.none", "Passwords are not used here."


class PasswordLength(Invalid):
    code, text = "password.length", "A password has 10 to 200 characters."


class PasswordWrong(Forbidden):
    code, text = "password.wrong", "The name or the password is not right."


class HandleForm(Invalid):
    code, text = "handle.form", "A handle has 3 to 30 small Latin letters, digits or underscores, a letter first."


class HandleTaken(Conflict):
    code, text = "handle.taken", "This handle is somebody's, or is kept back."


class TooManyHandles(Conflict):
    code, text = "handle.too_many", "You have had as many handles as one can have. Go back to one of yours."


class ProfileLength(Invalid):
    code, text = "profile.length", "A profile has at most 500 characters, 5 links and 8 languages."


class ProfileLink(Invalid):
    code, text = "profile.link", "A link begins with https:// or http:// and has at most 200 characters."


class NameProved(Conflict):
    code, text = "name.proved", "What you have proved belongs to this name. Take it off before you change it."


class PictureRefused(Invalid):
    code, text = "picture.refused", "A picture is a JPEG, PNG or WebP of at most 8 megabytes."


class NoPicture(Forbidden):
    code, text = "picture.minor", "An account of a minor shows no picture."


class DomainForm(Invalid):
    code, text = "proof.domain", "This is no domain, such as example.org."


class TooManyProofs(Conflict):
    code, text = "proof.too_many", "You have named as many domains as one can. Take one off first."


class NotProved(Conflict):
    code, text = "proof.not_found", "Neither the record nor the file is seen yet. It can take some hours."


class CheckNote(Invalid):
    code, text = "check.note", "What was checked is said in 2 to 200 characters."


class CheckRequestLength(Invalid):
    code, text = "check_request.length", "Say who you are and how one can tell, in 10 to 1,000 characters."


class CheckRequestWaits(Conflict):
    code, text = "check_request.waits", "You have asked already. Those who run this place will answer."


class CheckRequestRests(Conflict):
    code, text = "check_request.rests", "You were answered within the last week. Ask again later."


class CheckRequestUnknown(Missing):
    code, text = "check_request.unknown", "This is answered already, or was taken back."


class CheckUnknown(Missing):
    code, text = "check.unknown", "This was taken back already."


class TooManyChecks(Conflict):
    code, text = "check.too_many", "As many things were checked of them as one page shows. Take one back first."


class FollowingOneself(Invalid):
    code, text = "follow.oneself", "You hear of yourself already."


class TooManyFollowed(TooMany):
    code, text = "follow.too_many", "Nobody follows more than 2,000."


class BlockingOneself(Invalid):
    code, text = "block.oneself", "Nobody blocks themselves."


class NotBlocked(Missing):
    code, text = "block.unknown", "You have not blocked them, or not any more."


class TooManyBlocked(TooMany):
    code, text = "block.too_many", "Nobody blocks more than 2,000."


class PaperChanged(Conflict):
    code, text = "paper.changed", "This was written anew meanwhile. Read it once more."


class PaperUnknown(Missing):
    code, text = "paper.unknown", "This was not written here."


class ReasonNeeded(Invalid):
    code, text = "reason.needed", "Say why, in 2 to 500 characters."


class Suspended(Forbidden):
    """Who they are is proved, and they are not let in. `decision`: why not, and until when."""

    code, text = "account.suspended", "This account is suspended."

    def __init__(self, decision: "Decision") -> None:
        super().__init__()
        self.decision = decision


class SuspendedAlready(Conflict):
    code, text = "account.suspended_already", "This account is suspended already."


class SuspendingOneself(Conflict):
    code, text = "account.oneself", "Nobody suspends themselves."


class SuspensionLength(Invalid):
    code, text = "account.days", "A suspension lasts from one day to ten years, or without end."


class DecisionUnknown(Missing):
    code, text = "decision.unknown", "There is no such decision."


class DecisionUndone(Conflict):
    code, text = "decision.undone", "This was undone already."


class DecisionFinal(Conflict):
    code, text = "decision.final", "This cannot be undone here."


class AppealLength(Invalid):
    code, text = "appeal.length", "An appeal has 2 to 2,000 characters."


class AppealOpen(Conflict):
    code, text = "appeal.open", "Your appeal is being read. You are told what came of it."


class TooManyAppeals(TooMany):
    code, text = "appeal.too_many", "This was looked at three times. It stays as it is."


class AppealUnknown(Missing):
    code, text = "appeal.unknown", "This appeal was answered already, or was never made."
