"""Disks that fill up, run out of files, may not be written to or stand still. Each is a mount that nobody else sees."""

import contextlib
import fcntl
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MOUNTS = ["unshare", "--user", "--map-root-user", "--mount", "sh"]


@dataclass
class Disk:
    """A disk of a few megabytes; `path` leads there from outside of its mount."""

    shell: "subprocess.Popen[str]"
    mount: Path
    _more: int = field(default=0)

    @property
    def path(self) -> Path:
        return Path(f"/proc/{self.shell.pid}/root{self.mount}")

    @property
    def free(self) -> int:
        return shutil.disk_usage(self.path).free

    def fill(self, *, but: int) -> None:
        """Something else takes all of its room, but for so many bytes."""
        (self.path / "somebody's").write_bytes(bytes(self.free - but))

    def use_up_files(self) -> None:
        """No further file can be made."""
        with contextlib.suppress(OSError):
            while True:
                self._more += 1
                (self.path / f"more-{self._more}").touch()

    def clear(self) -> None:
        """There is room again."""
        for one in [self.path / "somebody's", *self.path.glob("more-*")]:
            one.unlink(missing_ok=True)

    def becomes(self, how: str) -> None:
        """`ro` or `rw`; nothing on it may be open for writing."""
        for _ in range(50):
            if self.does(f"mount -o remount,{how} {self.mount}"):
                return
        raise AssertionError(f"it cannot be made {how}")

    def does(self, command: str) -> bool:
        """Say something to the shell that has the mount."""
        assert self.shell.stdin is not None
        assert self.shell.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.shell.stdin.write(f"{command} 2>/dev/null && echo yes || echo no\n")
            self.shell.stdin.flush()
        return self.shell.stdout.readline() == "yes\n"


@contextlib.contextmanager
def small_disk(mount: Path, *, kilobytes: int, files: int = 100) -> Iterator[Disk]:
    """A disk of this size; where nobody may mount one the test is left out."""
    mount.mkdir()
    try:
        shell = subprocess.Popen(MOUNTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    except FileNotFoundError:
        pytest.skip("this machine has no `unshare`")
    with shell:
        disk = Disk(shell, mount)
        try:
            made = f"mount -t tmpfs -o size={kilobytes}k,nr_inodes={files} tmpfs {mount}"
            if not disk.does(made):
                pytest.skip("nobody may mount a disk on this machine")
            yield disk
        finally:
            shell.kill()


@contextlib.contextmanager
def standing_still(file: Path) -> Iterator[None]:
    """Whoever opens this file waits, as long as the disk does not answer: a lease (fcntl(2)) that is not given back."""
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)
    handle = os.open(file, os.O_RDWR)
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        yield
    finally:
        os.close(handle)
        signal.signal(signal.SIGIO, before)


@contextlib.contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Every write beyond this length fails in the middle (EFBIG), whoever in this program makes it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
