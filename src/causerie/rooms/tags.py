"""What a room is about, in words by which it is found: the same word is the same tag however it was typed."""

import unicodedata
from collections.abc import Collection, Iterable

from sqlalchemy import delete, insert

from causerie import terms
from causerie.db import Tx
from causerie.rooms.errors import TagsWrong
from causerie.rooms.models import room_tags, room_terms

TAGS = 5
LONGEST = 30


def plain(tag: str) -> str:
    """As it is kept: composed, small letters, without its #, a hyphen between words, nothing that cannot be seen."""
    letters = unicodedata.normalize("NFKC", tag).casefold()
    seen = "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")
    return "-".join(unicodedata.normalize("NFC", seen).replace("#", " ").split())


def tags(said: Iterable[str]) -> tuple[str, ...]:
    """The tags as they are kept, none twice, in the order of the alphabet; or `TagsWrong`."""
    kept = sorted(set(map(plain, said)))
    if len(kept) > TAGS or not all(1 <= len(tag) <= LONGEST and all(map(_stands, tag)) for tag in kept):
        raise TagsWrong
    return tuple(kept)


async def keep_tags(tx: Tx, room: str, kept: Collection[str]) -> None:
    """These are a room's tags from now on."""
    await tx.run(delete(room_tags).where(room_tags.c.room == room))
    for tag in kept:
        await tx.run(insert(room_tags).values(room=room, tag=tag))
    await tx.put(room_terms, room=room, tags=terms.kept(*kept))


def _stands(letter: str) -> bool:
    """Letters and digits of any script with the marks that belong to them, and hyphens."""
    return letter == "-" or unicodedata.category(letter)[0] in "LMN"
