"""What may stand in a group's address."""

import re

from causerie.groups.errors import HandleReserved, HandleWrong

SHORTEST, LONGEST = 3, 30
# Letters of one script only, so that no two handles look alike; no hyphen where it could be missed.
SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEPT = """
about abuse account accounts admin admins administrator all answer answers api assets billing bot bots calendar
causerie charter clip clips contact copies copy everybody everyone export feed feeds files group groups guest guests
health help home host hosts imprint inbox info invitation invitations invite join legal live login logout mail me
member members metrics moderator moderators new news null operator operators owner owners people plan postmaster
press privacy profile root room rooms rules safety search security settings sign-in sign-out site speaker staff
status stream support system team terms test trust undefined user users verified webmaster welcome whep whip www
"""
RESERVED = frozenset(_KEPT.split())


def handle_of(text: str) -> str:
    """A handle as it is kept; or `HandleWrong`, `HandleReserved`."""
    if not SHORTEST <= len(text) <= LONGEST or SHAPE.fullmatch(text) is None:
        raise HandleWrong
    if text in RESERVED:
        raise HandleReserved
    return text
