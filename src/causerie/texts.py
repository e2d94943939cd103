"""What people write, as it is kept and shown: nothing in it that steers a screen or that a database cannot hold."""

import unicodedata


def one_line(text: str) -> str:
    """Composed (NFC), on one line, single spaces, no control characters."""
    return " ".join(seen(unicodedata.normalize("NFC", text)).split())


def seen(text: str) -> str:
    """Without control characters (U+0000 to U+001F and the like); what parts lines and words stays."""
    return "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
