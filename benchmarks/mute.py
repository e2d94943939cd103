"""From the host's press of *Mute* or *Hush* to silence at a listener: the server's 300 ms as the ear has them."""

import re

from benchmarks.report import spread, write
from benchmarks.three import SPEAKER, Three, three
from tests.e2e.people import last_sound

TRIES = 24
# The finger on the button, as the page has it; the driver that looks for the button before takes its own time.
PRESSED = """() => addEventListener("pointerdown", () => { window.__pressed = window.__ears.now() },
    { capture: true, once: true })"""


async def one_mute(they: Three) -> float:
    await they.evening.unmuted(they.speaker)
    return await silent_after(f"Mute {they.speaker.name}", they)


async def one_hush(they: Three) -> float:
    await they.evening.unmuted(they.speaker)
    await they.host.press("More")
    took = await silent_after(re.compile("^Hush"), they)
    await they.host.press("Lift the hush")
    return took


async def silent_after(button: str | re.Pattern[str], they: Three) -> float:
    """Milliseconds from the host's press to the listener's last loud look."""
    await they.listener.hears_exactly({SPEAKER}, [SPEAKER])
    await they.host.page.evaluate(PRESSED)
    await they.host.press(button)
    pressed = float(await they.host.page.evaluate("() => window.__pressed"))
    await they.listener.hears_exactly(set(), [SPEAKER])
    heard_until = last_sound(await they.listener.log_since(pressed)) or pressed
    return heard_until - pressed


async def measure() -> None:
    async with three("How fast is quiet?") as they:
        await they.speaker.press("Raise hand")
        await they.host.press(f"Bring to stage, {they.speaker.name}")
        await they.evening.accepted(they.speaker)
        await they.speaker.press("Mute")
        await they.listener.watch([SPEAKER])
        muted = [await one_mute(they) for _ in range(TRIES)]
        hushed = [await one_hush(they) for _ in range(TRIES)]
    write(
        "mute",
        "make bench ARGS=mute",
        [
            f"Press of *Mute* to the last loud look at the listener: **{spread(muted)}**.",
            f"Press of *Hush* to the same: **{spread(hushed)}**.",
            "",
            "From the finger on the button. In it: the command, the gate at the server (must: ≤ 300 ms), the jitter",
            "buffer there, and an analyser of 85 ms that is read every 20 ms.",
        ],
    )
