"""`make bench` runs every harness; `make bench ARGS=gesture` one. Results go to benchmarks/results, dated."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from benchmarks import (
    audiogram,
    back,
    behind,
    cache,
    copy,
    core_joins,
    crowd,
    delay,
    ear,
    erasure,
    faults,
    fifty,
    first_page,
    flames,
    forwarding,
    gesture,
    home,
    hour,
    joins,
    mixer,
    mute,
    notices,
    onair,
    order,
    programme,
    programme_long,
    recorder,
    search,
    start,
    steady,
    storm,
)

HARNESSES: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
    "start": start.measure,
    "back": back.measure,
    "gesture": gesture.measure,
    "mute": mute.measure,
    "onair": onair.measure,
    "flames": flames.measure,
    "forwarding": forwarding.measure,
    "programme": programme.measure,
    "behind": behind.measure,
    "cache": cache.measure,
    "delay": delay.measure,
    "ear": ear.measure,
    "steady": steady.measure,
    "hour": hour.measure,
    "programme_long": programme_long.measure,
    "mixer": mixer.measure,
    "joins": joins.measure,
    "core_joins": core_joins.measure,
    "fifty": fifty.measure,
    "order": order.measure,
    "crowd": crowd.measure,
    "storm": storm.measure,
    "copy": copy.measure,
    "faults": faults.measure,
    "erasure": erasure.measure,
    "recorder": recorder.measure,
    "audiogram": audiogram.measure,
    "notices": notices.measure,
    "search": search.measure,
    "home": home.measure,
    "first_page": first_page.measure,
}


def main(wanted: list[str]) -> int:
    unknown = [name for name in wanted if name not in HARNESSES]
    if unknown:
        print(f"No such harness: {', '.join(unknown)}. There are: {', '.join(HARNESSES)}.")
        return 2
    for name in wanted or HARNESSES:
        asyncio.run(HARNESSES[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
