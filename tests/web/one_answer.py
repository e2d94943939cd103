"""Grants an appeal in a process of its own, which is killed when what falls by it is about to be undone."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from causerie.accounts import suspending
from causerie.floor.actions import overseeing as of_rooms
from causerie.groups.actions import overseeing as of_groups
from tests.place import opened


async def killed(*_: Any, **__: Any) -> None:
    """Nothing after this instruction is done."""
    os.kill(os.getpid(), signal.SIGKILL)


async def grant(data: Path, url: str, cookie: str, appeal: str) -> None:
    with contextlib.ExitStack() as dying:
        for module in (suspending, of_rooms, of_groups):
            dying.enter_context(patch.object(module, "undo", killed))
        async with opened(data, url=url) as place, place.browser(cookie) as browser:
            said = {"granted": True, "text": "We believe you."}
            await browser.put(f"/api/v1/admin/appeals/{appeal}/answer", json=said)


asyncio.run(grant(Path(sys.argv[1]), *sys.argv[2:]))
