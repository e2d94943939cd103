"""From the host's press of *Bring to stage* to the first syllable at a listener: whoever speaks had said *Ready*."""

from playwright.async_api import expect

from benchmarks.report import spread, write
from benchmarks.three import SPEAKER, three
from tests.e2e.people import Person, first_sound

TRIES = 12


async def one_call(host: Person, speaker: Person, listener: Person) -> float:
    await speaker.press("Raise hand")
    await speaker.press("Ready")
    await host.sees("Next up, ready")
    pressed = await listener.watch_from_now([SPEAKER])
    await host.press(f"Bring to stage, {speaker.name}")
    await listener.hears_exactly({SPEAKER}, [SPEAKER], within=15)
    heard = first_sound(await listener.log_since(pressed))
    assert heard is not None
    await speaker.press("Step down")
    await expect(speaker.button("Raise hand")).to_be_visible()
    await listener.hears_exactly(set(), [SPEAKER])
    return heard - pressed


async def measure() -> None:
    async with three("How soon is now?") as they:
        took = [await one_call(they.host, they.speaker, they.listener) for _ in range(TRIES)]
    write(
        "onair",
        "make bench ARGS=onair",
        [
            f"Press of *Bring to stage* to the first syllable at a listener, asker ready: **{spread(took)}**.",
            "",
            "Must: p50 ≤ 4 s. The 3-2-1 is in it, and the press itself.",
        ],
    )
