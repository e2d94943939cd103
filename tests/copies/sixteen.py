"""A room of sixteen seconds: long enough for a clip."""

from tests.copies.held import Held, ended, pages, speak, turn
from tests.live.conftest import evening_in
from tests.place import Place


async def sixteen(place: Place) -> Held:
    """Ada and Ben speak, and the copy of it is there."""
    place.causerie.jobs.open()
    evening = await evening_in(place)
    held = Held(evening, 0, {name: page.cookie for name, page in pages(evening).items()})
    await speak(evening)
    held.began = place.clock.now()
    await turn(place, 16)
    await ended(held)
    await held.made()
    return held
