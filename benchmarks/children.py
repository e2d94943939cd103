"""A child process of the copies, watched from its start to its end."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Run:
    """What was seen of one child."""

    ready: dict[str, float] = field(default_factory=dict)
    processor: float = 0
    memory: float = 0


def watched(module: str, plan: Path, folder: Path, *, cores: Collection[int] | None = None) -> Run:
    """One child, on these cores where they are given: when each part was ready, in seconds; MiB at most."""
    run, began = Run(), time.monotonic()
    pinned = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    script = [sys.executable, "-m", module, str(plan), str(folder)]
    child = subprocess.Popen(script, stdout=subprocess.PIPE, text=True, preexec_fn=pinned)
    assert child.stdout is not None
    for line in child.stdout:
        said = json.loads(line)
        if said.get("share") == 1:
            run.ready[said["part"]] = time.monotonic() - began
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"{module} made nothing: {status}.")
    run.processor, run.memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return run
