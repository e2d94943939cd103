"""Where files lie that people are given: a folder here, a bucket with many nodes; only the address differs."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Stored:
    """A file in the storage."""

    key: str
    bytes: int


class Storage:
    """Puts, gives and takes away files, each whole or not at all."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def folder(cls, folder: Path) -> "Storage":
        folder.mkdir(parents=True, exist_ok=True)
        return cls(LocalStore(folder, automatic_cleanup=True))

    def put(self, key: str, file: Path) -> Stored:
        """Keep a file; what was there under this key is replaced."""
        obstore.put(self._store, key, file)
        return Stored(key, file.stat().st_size)

    async def keep(self, key: str, content: bytes) -> Stored:
        """Keep something small."""
        await obstore.put_async(self._store, key, content)
        return Stored(key, len(content))

    async def size(self, key: str) -> int | None:
        """How long a file is, where there is one."""
        try:
            return int((await obstore.head_async(self._store, key))["size"])
        except (NotFoundError, FileNotFoundError):
            return None

    async def read(self, key: str, begins: int, ends: int) -> AsyncIterator[bytes]:
        """From one byte to before another, in chunks: never more of it is held."""
        for at in range(begins, ends, CHUNK):
            part = await obstore.get_range_async(self._store, key, start=at, end=min(ends, at + CHUNK))
            yield bytes(part)

    async def whole(self, key: str) -> bytes | None:
        """All of something small, where it is there."""
        size = await self.size(key)
        return None if size is None else b"".join([chunk async for chunk in self.read(key, 0, size)])

    def fetch(self, key: str, to: Path) -> None:
        """Have a file here to work with; it is only read. In a folder of ours it is the same file once more."""
        to.parent.mkdir(parents=True, exist_ok=True)
        to.unlink(missing_ok=True)
        if isinstance(self._store, LocalStore):
            to.hardlink_to(Path(str(self._store.prefix)) / key)
            return
        with to.open("wb") as file:
            for chunk in obstore.get(self._store, key).stream(min_chunk_size=CHUNK):
                file.write(chunk)

    def keys(self, under: str) -> list[str]:
        """Every file below a place."""
        return [meta["path"] for batch in obstore.list(self._store, prefix=under) for meta in batch]

    def remove(self, keys: list[str]) -> None:
        """Take files away; what is not there is away."""
        for key in keys:
            try:
                obstore.delete(self._store, key)
            except (NotFoundError, FileNotFoundError):
                continue
