"""What things are called inside. Sortable ids open nothing; what opens something comes from `secret`."""

import re
import secrets
import unicodedata
from typing import NewType

from ulid import ULID

PersonId = NewType("PersonId", str)
RoomId = NewType("RoomId", str)
QuestionId = NewType("QuestionId", str)

NOBODY, CONSOLE = "causerie", "console"
"""Who did it, where no person did: the place by itself, as time went by, and its command line."""


def new_id() -> str:
    """A sortable id (ULID): time first, then 80 bits of chance."""
    return str(ULID())


def made_at(id: str) -> int:
    """When a sortable id was made, in milliseconds."""
    return ULID.from_str(id).milliseconds


def secret() -> str:
    """22 characters of 128 random bits."""
    return secrets.token_urlsafe(16)


def slug(title: str) -> str:
    """A title as it stands in an address: Latin letters, digits and hyphens; empty where nothing of it is Latin."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
