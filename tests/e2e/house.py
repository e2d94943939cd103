"""A causerie of its own for a test: the real program as a child process, with a folder and ports of its own."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

STARTS_WITHIN = 60.0


def free_port(kind: socket.SocketKind) -> int:
    """A port nobody uses at this moment."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    """`start`, `kill` (no goodbye) and `start` again keep the same address and the same folder.

    `program` is another module than ours that begins it, with something changed for a test.
    """

    data: Path
    workers: int = 1
    demo: bool = False
    web: int = field(default_factory=lambda: free_port(socket.SOCK_STREAM))
    media: int = field(default_factory=lambda: free_port(socket.SOCK_DGRAM))
    settings: dict[str, str] = field(default_factory=dict)
    program: str = "causerie"
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    @property
    def address(self) -> str:
        # Chromium and Firefox treat localhost as a secure place; so the microphone works.
        return f"http://localhost:{self.web}"

    @property
    def printed(self) -> str:
        """What the last start has printed so far."""
        return (self.data / f"serve-{self.starts}.log").read_text(errors="replace")

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CAUSERIE_WEB_PORT": str(self.web),
            "CAUSERIE_MEDIA_PORT": str(self.media),
            "CAUSERIE_MEDIA_WORKERS": str(self.workers),
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def start(self) -> None:
        assert self.process is None
        self.starts += 1
        self.data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", self.program, "serve", "--data", str(self.data)]
        with (self.data / f"serve-{self.starts}.log").open("wb") as log:
            self.process = subprocess.Popen(
                command if self.demo else [*command, "--no-demo"],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"causerie ended at start:\n{self.printed}")
            if self.answers("/readyz"):
                return
            time.sleep(0.05)
        raise AssertionError(f"causerie was not ready in {STARTS_WITHIN:.0f} s:\n{self.printed}")

    def answers(self, path: str) -> bool:
        """Whether this address answers with 200 just now."""
        with contextlib.suppress(OSError, urllib.error.URLError):
            return bool(urllib.request.urlopen(f"http://127.0.0.1:{self.web}{path}", timeout=2).status == 200)
        return False

    def kill(self) -> None:
        """End it at this instant, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
        self.process = None

    def setup_link(self) -> str:
        """The one-time link that makes its user the first admin; it is printed a moment after all is ready."""
        deadline = time.monotonic() + STARTS_WITHIN
        while (found := re.search(r"https?://\S+(/in/[\w-]+)\n", self.printed)) is None:
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.05)
        return self.address + found.group(1)

    def command(self, *arguments: str) -> str:
        """Run `causerie …` beside the running house and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "causerie", *arguments, "--data", str(self.data)],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextlib.contextmanager
def opened(data: Path, **options: object) -> Iterator[House]:
    """A running house that is stopped at the end, whatever happens."""
    house = House(data, **options)  # type: ignore[arg-type]  # options are House's own fields
    try:
        house.start()
        yield house
    finally:
        house.stop()
