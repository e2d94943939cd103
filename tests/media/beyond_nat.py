"""What runs in each of two namespaces with a router between them: a media core that plays a tone and who listens, or a
whole place and who asks the doctor about it."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import aioice.ice
from aiortc import RTCPeerConnection, RTCSessionDescription

from causerie._engine import GATE_STAGE, Engine
from causerie.config import Settings
from causerie.media.reach import Resolved, reach_of
from tests.e2e.house import free_port, opened
from tests.media.engine_people import Ear, Page, add_candidates, tone_file
from tests.media.nat import CLIENT, PRIVATE, PUBLIC, lend, tunnel

TONE = 700.0


def say(what: Any) -> None:
    print(json.dumps(what), flush=True)


async def heard() -> Any:
    return json.loads(await asyncio.to_thread(sys.stdin.readline))


async def core() -> None:
    """A place at talk.example.org, which leads to the router; it is told nothing else."""
    settings = Settings(web={"public_url": "https://talk.example.org"})
    reach = reach_of(settings, resolve=lambda _: Resolved((PUBLIC,)))
    engine = Engine(bind="0.0.0.0", port=0, advertise=list(reach.addresses), workers=1)
    say(reach.addresses)
    with tempfile.TemporaryDirectory() as folder:
        path = tone_file(Path(folder) / "tone.opus", TONE)
        engine.play(peer=1, room=1, speaker=1, path=str(path), loop=True)
        engine.gate(1, GATE_STAGE)
        engine.join(peer=2, room=1, speaker=2, offer=await heard(), publishes=False)
        answer = None
        while answer is None:
            await asyncio.sleep(0.02)
            answer = next((change.answer for change in engine.changes() if change.peer == 2 and change.answer), None)
        say(answer)
        await heard()
        engine.stop()


async def listener() -> None:
    """Somebody somewhere else, by an independent client."""
    aioice.ice.get_host_addresses = lambda **_: [CLIENT]  # type: ignore[assignment]
    page = Page(2, RTCPeerConnection())
    listening: list[asyncio.Task[None]] = []

    def hears(track: Any) -> None:
        page.ears.append(Ear(track))
        listening.append(asyncio.ensure_future(page.ears[-1].listen()))

    page.connection.on("track", hears)
    page.connection.addTransceiver("audio", direction="recvonly")
    await page.connection.setLocalDescription(await page.connection.createOffer())
    say(page.connection.localDescription.sdp)
    answer = await heard()
    await page.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await add_candidates(page.connection, answer)
    for _ in range(200):
        if page.tones(TONE):
            break
        await asyncio.sleep(0.1)
    say({"state": page.connection.connectionState, "tones": sorted(page.tones(TONE, 1_100.0))})
    with contextlib.suppress(Exception):
        await page.connection.close()


async def place() -> None:
    """A whole place that is told where people come to, and no more; its demo room is on air."""
    web = free_port(socket.SOCK_STREAM)
    settings = {"CAUSERIE_WEB_HOST": "0.0.0.0", "CAUSERIE_WEB_PUBLIC_URL": f"http://{PUBLIC}:{web}"}
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "data", demo=True, web=web, settings=settings) as house,
    ):
        say({"web": web, "media": house.media})
        await heard()


async def doctor() -> None:
    """Somebody at another machine who asks what a listener would meet, as often as they like."""
    while (address := await heard()) is not None:
        asked = [sys.executable, "-m", "causerie", "doctor", address]
        done = await asyncio.to_thread(subprocess.run, asked, capture_output=True, text=True, timeout=60, check=False)
        say({"code": done.returncode, "said": done.stdout.split()})


HERE = {"core": (PRIVATE, core), "place": (PRIVATE, place), "listener": (CLIENT, listener), "doctor": (CLIENT, doctor)}

if __name__ == "__main__":
    kind, door = sys.argv[1:]
    address, does = HERE[kind]
    lend(int(door), tunnel(address))
    asyncio.run(does())
