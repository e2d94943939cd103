"""What a place says of itself in writing: imprint, privacy and rules; and who accepted which version of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import PaperChanged
from causerie.accounts.models import acceptances
from causerie.db import Tx
from causerie.ids import PersonId

NAMES = ("imprint", "privacy", "rules")
ACCEPTED = ("privacy", "rules")
LONGEST = 100_000


@dataclass(frozen=True)
class Paper:
    """`texts`: in each language it was written in; under "" for everybody."""

    name: str
    version: str
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        """In this language; else as it was written for everybody, else in any."""
        return self.texts.get(language) or self.texts.get("") or next(iter(self.texts.values()))


@dataclass(frozen=True)
class Papers:
    """What lies in the place's folder: `rules.txt`, or for one language `rules.fr.txt`; read at the start."""

    papers: Mapping[str, Paper] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, folder: Path) -> "Papers":
        found = {name: _read(name, sorted(folder.glob(f"{name}*.txt"))) for name in NAMES}
        return cls({name: paper for name, paper in found.items() if paper is not None})

    def accepted(self, lowest_age: int) -> dict[str, str]:
        """What somebody who comes in says yes to, each in its version; of one's age it is the lowest."""
        age = {"age": str(lowest_age)} if lowest_age else {}
        return age | self.written()

    def written(self) -> dict[str, str]:
        """The papers that somebody says yes to, each in its version."""
        return {name: self.papers[name].version for name in ACCEPTED if name in self.papers}


def _read(name: str, files: list[Path]) -> Paper | None:
    texts = {_language(file): file.read_text(encoding="utf-8", errors="replace")[:LONGEST].strip() for file in files}
    texts = {language: text for language, text in texts.items() if text}
    if not texts:
        return None
    written = "\0".join(f"{language}\0{text}" for language, text in sorted(texts.items()))
    return Paper(name, hashlib.sha256(written.encode()).hexdigest()[:12], texts)


def _language(file: Path) -> str:
    return file.name.removesuffix(".txt").partition(".")[2]


async def not_accepted(connection: AsyncConnection, person: PersonId, papers: Papers) -> dict[str, str]:
    """What of these somebody has not said yes to as it is written today: name and version."""
    wanted = select(acceptances.c.what, acceptances.c.version).where(acceptances.c.person == person)
    there = {(row.what, row.version) for row in await connection.execute(wanted)}
    return {name: version for name, version in papers.written().items() if (name, version) not in there}


async def accept_anew(tx: Tx, person: PersonId, papers: Papers, read: Mapping[str, str]) -> None:
    """They say yes to what they have read; or `PaperChanged`, where that is not what is written today."""
    if not read.items() <= papers.written().items():
        raise PaperChanged
    await accept(tx, person, read)


async def accept(tx: Tx, person: PersonId, wanted: Mapping[str, str]) -> None:
    """Keep that somebody said yes to these; a yes that was said before keeps its day."""
    rows = await tx.run(select(acceptances.c.what, acceptances.c.version).where(acceptances.c.person == person))
    there = {(row.what, row.version) for row in rows}
    for what, version in wanted.items():
        if (what, version) not in there:
            await tx.put(acceptances, person=person, what=what, version=version, accepted_at=tx.now)
