"""A letter: text and HTML, and what mail programs need to let somebody leave with one press (RFC 8058)."""

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from causerie.i18n import direction
from causerie.texts import one_line, seen

# Lines may be 998 long (RFC 5322, 2.1.1). Folded at 78, a long link becomes encoded words, which no program opens.
POLICY = SMTP.clone(max_line_length=900)


@dataclass(frozen=True)
class Letter:
    """What is said to whom, with one link; `note` stands below it.

    `id`: the same letter sent again has the same, so that it is shown once; one that has none gets one of its own.
    `leave`: the address where one press ends letters of this kind.
    """

    to: str
    subject: str
    text: str
    link: str
    link_says: str
    note: str = ""
    language: str = "en"
    leave: str | None = None
    leave_says: str = ""
    id: str = ""


def written(letter: Letter, *, sender: str, name: str, at: int) -> EmailMessage:
    """The letter as it is sent, `at` in milliseconds. What people wrote cannot become a header: it is on one line.

    An address with a line break is none: `ValueError`; `accounts/emails.py:plain_address` refuses it before.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(one_line(name), addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Message-ID"] = letter.id or make_msgid(domain=sender.rpartition("@")[2])
    message["Date"] = format_datetime(datetime.fromtimestamp(at / 1000, UTC))
    message["Auto-Submitted"] = "auto-generated"
    if letter.leave is not None:
        message["List-Unsubscribe"] = f"<{letter.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_plain(letter))
    message.add_alternative(_marked_up(letter), subtype="html")
    # Said before, it would be of the first part alone: what begins with Content- goes there.
    message["Content-Language"] = letter.language
    return message


def _plain(letter: Letter) -> str:
    note = f"\n{seen(letter.note)}\n" if letter.note else ""
    leave = f"\n-- \n{letter.leave_says}: {letter.leave}\n" if letter.leave else ""
    return f"{seen(letter.text)}\n\n{letter.link_says}: {letter.link}\n{note}{leave}"


def _marked_up(letter: Letter) -> str:
    note = f"<p>{html.escape(seen(letter.note))}</p>" if letter.note else ""
    leave = _link(letter.leave, letter.leave_says) if letter.leave else ""
    return (
        f'<!doctype html><html lang="{html.escape(letter.language)}" dir="{direction(letter.language)}"><head>'
        f'<meta charset="utf-8"><title>{html.escape(one_line(letter.subject))}</title></head>'
        f'<body style="font:16px/1.5 sans-serif;max-width:34em;margin:2em auto"><p>{html.escape(seen(letter.text))}</p>'
        f"{_link(letter.link, letter.link_says)}{note}{leave}</body></html>"
    )


def _link(to: str, says: str) -> str:
    return f'<p><a href="{html.escape(to)}">{html.escape(says)}</a></p>'
