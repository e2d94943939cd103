"""From mouth to ear through two real browsers: how long a tone is under way, in voices and in the programme."""

import asyncio
from random import Random

from benchmarks.report import spread, write
from benchmarks.three import SPEAKER, Three, three
from tests.e2e.people import Person

TRIES, WITHIN = 40, 3000
# The sound of every line that carries any, looked at each millisecond or so through a window of five.
LISTEN = """() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const ears = [];
  for (const line of window.__ears.peers.at(-1).getReceivers()) {
    const ear = context.createAnalyser();
    ear.fftSize = 256;
    context.createMediaStreamSource(new MediaStream([line.track])).connect(ear);
    ears.push(ear);
  }
  const sound = new Float32Array(256);
  const loudest = () => {
    let most = 0;
    for (const ear of ears) {
      ear.getFloatTimeDomainData(sound);
      for (const one of sound) most = Math.max(most, Math.abs(one));
    }
    return most;
  };
  window.__turns = async (loud, within) => {
    const ends = performance.now() + within;
    const look = new MessageChannel();
    while (performance.now() < ends) {
      if (loudest() > 0.05 === loud) return performance.timeOrigin + performance.now();
      await new Promise((done) => { look.port1.onmessage = done; look.port2.postMessage(0); });
    }
    return null;
  };
  return context.resume();
}"""
TURNS = "([loud, within]) => window.__turns(loud, within)"


async def one_word(speaker: Person, listener: Person) -> float:
    """Milliseconds until the listener hears it, from a silence that they heard, too."""
    await speaker.page.evaluate("() => window.__ears.say(false)")
    assert await listener.page.evaluate(TURNS, [False, WITHIN]) is not None, "it is never quiet"
    await asyncio.sleep(0.7 + Random().uniform(0, 0.02))
    hears = asyncio.ensure_future(listener.page.evaluate(TURNS, [True, WITHIN]))
    said = float(await speaker.page.evaluate("() => window.__ears.say(true)"))
    heard = await hears
    assert heard is not None, "it was never heard"
    await asyncio.sleep(0.5)
    return float(heard) - said


async def words(they: Three) -> list[float]:
    await they.speaker.press("Raise hand")
    await they.host.press(f"Bring to stage, {they.speaker.name}")
    await they.evening.accepted(they.speaker)
    await they.host.press("Mute")
    await they.listener.hears_exactly({SPEAKER}, [SPEAKER])
    await they.listener.page.evaluate(LISTEN)
    return [await one_word(they.speaker, they.listener) for _ in range(TRIES)]


async def measure() -> None:
    async with three("How far is it to the ear?", CAUSERIE_MEDIA_MIXED_ABOVE="0") as they:
        mixed = await words(they)
    async with three("How far is a voice?") as they:
        direct = await words(they)
    write(
        "ear",
        "make bench ARGS=ear",
        [
            f"A tone, from the speaker's page to the listener's, by the programme: **{spread(mixed)}**.",
            f"The same as a voice, forwarded: **{spread(direct)}**.",
            "",
            "Must: ≤ 300 ms by the programme. Both pages are Chromium on one machine, by the loopback interface. In",
            "it: the page's own clock of sound, encoder and packets, the mixer with its jitter buffer, the jitter",
            "buffer of the listener's page, and 5 ms of the window through which it is looked at.",
        ],
    )
