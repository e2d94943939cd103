"""Firefox ESR by WebDriver BiDi (w3c.github.io/webdriver-bidi): a small client, enough to open a page and act in it."""

import asyncio
import contextlib
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

PREFERENCES: dict[str, object] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    # With neither of these two, or with loopback alone, ICE finds no pair on a machine's own addresses.
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    # Nothing is fetched from outside.
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "toolkit.telemetry.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "app.normandy.enabled": False,
    "services.settings.server": "data:,",
}


class Firefox:
    """One page of one Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.sent = 0
        self.page = ""

    async def command(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.sent += 1
        await self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            said = json.loads(await asyncio.wait_for(self.socket.recv(), 40))
            if said.get("id") == self.sent:
                if said.get("type") == "error":
                    raise AssertionError(f"{method}: {said.get('message')}")
                return dict(said["result"])

    async def opens(self, address: str, before: str) -> None:
        """Go to an address; `before` runs in the page before its own code."""
        await self.command("session.new", {"capabilities": {}})
        self.page = (await self.command("browsingContext.create", {"type": "tab"}))["context"]
        await self.command("script.addPreloadScript", {"functionDeclaration": f"() => {{ {before} }}"})
        await self.command("browsingContext.navigate", {"context": self.page, "url": address, "wait": "complete"})

    async def does(self, script: str, *given: Any) -> Any:
        """Run `script`, a function, with a user's activation, and give its JSON value."""
        call = f"Promise.resolve(({script})(...{json.dumps(given)})).then(v => JSON.stringify(v ?? null))"
        answer = await self.command(
            "script.evaluate",
            {
                "expression": call,
                "target": {"context": self.page},
                "awaitPromise": True,
                "userActivation": True,
            },
        )
        if answer["type"] != "success":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])


def there() -> bool:
    return shutil.which("firefox-esr") is not None and shutil.which("pulseaudio") is not None


@contextlib.asynccontextmanager
async def sound_card(folder: Path) -> AsyncIterator[dict[str, str]]:
    """Without a sound device Firefox's AudioContext never runs: a null sink of a PulseAudio of our own."""
    socket = folder / "pulse.socket"
    process = await asyncio.create_subprocess_exec(
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
        "--load=module-null-sink", f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            if socket.exists():
                break
            await asyncio.sleep(0.1)
        yield {"PULSE_SERVER": f"unix:{socket}"}
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def firefox(folder: Path) -> AsyncIterator[Firefox]:
    """A Firefox of its own with a fresh profile."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    async with sound_card(folder) as sound:
        process = await asyncio.create_subprocess_exec(
            "firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0",
            env={**os.environ, **sound, "HOME": str(folder)},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        drain: asyncio.Task[None] | None = None
        try:
            assert process.stderr is not None
            address = await asyncio.wait_for(_listening(process.stderr), 60)
            drain = asyncio.create_task(_drained(process.stderr))
            async with connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            if drain is not None:
                drain.cancel()
            process.terminate()
            await process.wait()


async def _listening(stderr: asyncio.StreamReader) -> str:
    while line := await stderr.readline():
        if found := re.search(r"BiDi listening on (ws://\S+)", line.decode(errors="replace")):
            return found.group(1)
    raise AssertionError("Firefox ended before it listened")


async def _drained(stderr: asyncio.StreamReader) -> None:
    while await stderr.readline():
        pass
