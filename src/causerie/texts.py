"""What people write, as it is kept and shown: nothing in it that steers a screen or that a database cannot hold."""

import re
import unicodedata

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection)."""

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What neither HTML nor XML can hold (XML 1.0, 2.2)."""


def one_line(text: str) -> str:
    """Composed (NFC), on one line, single spaces, no control characters."""
    return " ".join(seen(unicodedata.normalize("NFC", text)).split())


def seen(text: str) -> str:
    """Without control characters (U+0000 to U+001F and the like); what parts lines and words stays."""
    return "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")


def for_a_sheet(text: str) -> str:
    """As a cell of a spreadsheet, in which no text becomes a formula; they skip blanks before they look."""
    return f"'{text}" if (text.lstrip() or text).startswith(FORMULA) else text


def writable(text: str) -> str:
    """Without what no page and no feed can hold."""
    return UNWRITABLE.sub("", text)
