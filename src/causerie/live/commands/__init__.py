"""One table: which command is which action. Identity comes from the page's session, never from the command."""

from causerie.live.commands import (
    audience,
    backstage,
    captions,
    doors,
    floor,
    people,
    questions,
    recordings,
    rooms,
    safety,
    silence,
    stage,
)
from causerie.live.commands.here import Commands, Here

TABLE: Commands = {
    **rooms.COMMANDS,
    **audience.COMMANDS,
    **captions.COMMANDS,
    **recordings.COMMANDS,
    **doors.COMMANDS,
    **safety.COMMANDS,
    **stage.COMMANDS,
    **silence.COMMANDS,
    **backstage.COMMANDS,
    **questions.COMMANDS,
    **floor.COMMANDS,
    **people.COMMANDS,
}

__all__ = ["TABLE", "Here"]
