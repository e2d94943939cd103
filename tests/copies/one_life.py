"""One life of a server that makes copies: `python -m tests.copies.one_life DATA STEP`.

It ends when nothing is to be made any more; or is killed when it has done this step, before anybody could write down
that it is done (`make!`: in the midst of it, its child with it).
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from causerie.app import built, running
from causerie.clock import HandClock
from causerie.config import Settings
from causerie.copies import work
from causerie.copies.finding import to_make
from causerie.copies.work import Work
from tests.sound_on_paper import PaperEngine

work.CHILD = "tests.copies.quick_child"


def killed_after(step: str) -> None:
    """This step is the last thing it does."""
    does = getattr(Work, step)

    def and_dies(self: Work, *said: Any) -> Any:
        does(self, *said)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Work, step, and_dies)


def killed_within() -> None:
    """The child has begun, and nobody hears it out."""

    def dies(_self: Work, _copy: str, child: Any) -> Any:
        child.kill()
        os.kill(os.getpid(), signal.SIGKILL)

    Work._hear = dies  # type: ignore[method-assign]  # the moment between two lines of a child


async def life(data: Path) -> None:
    place = built(Settings(data=data), engine=PaperEngine(), clock=HandClock())
    async with running(place):
        async with asyncio.timeout(60):
            while await waits(place):  # noqa: ASYNC110  a copy has no bell
                await asyncio.sleep(0.05)


async def waits(place: Any) -> bool:
    """Something is to be made, or still lies where it was made."""
    async with place.database.read() as connection:
        wanted = await to_make(connection)
    return bool(wanted) or not place.jobs.swept or any((place.settings.data / "work").glob("*"))


if __name__ == "__main__":
    folder, step = Path(sys.argv[1]), sys.argv[2]
    if step.endswith("!"):
        killed_within()
    elif step:
        killed_after(step)
    asyncio.run(life(folder))
