"""How a clip is made of an edition that is there: cut by a process of low priority, stored, shown.

Each step can be done twice, and is as good as done once.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from causerie.copies import clip_plan, clips, files
from causerie.copies.clip_plan import ClipPlan
from causerie.copies.contents import Contents
from causerie.copies.errors import ClipNotMade
from causerie.copies.keys import home, of_clip
from causerie.copies.outline import MILLISECOND
from causerie.copies.planning import planned
from causerie.copies.queries import clip_by_id, clips_gone, copy_by_id, edition_made
from causerie.copies.state import Clip, Copy
from causerie.copies.work import MADE, PLAN, WORK, Broken, Leaving, Work, beside, keep_plan
from causerie.errors import Away, Refusal

CHILD = "causerie.copies.clip_child"
NEEDED = {"m4a": files.M4A, "cover": files.COVER}


@dataclass(frozen=True)
class Job:
    """A clip that is to be made, and of what."""

    clip: Clip
    copy: Copy
    held: Contents


class ClipWork(Work):
    """The steps of a clip."""

    def cut(self, clip: str, number: int) -> None:
        """Have it made of this edition, and shown; no more where it is not wanted any more."""
        job, folder = self._do(partial(self._job, clip, number)), self._home(clip, number)
        try:
            if job is not None:
                self._cut(job, number, folder)
        except Refusal as refusal:
            if isinstance(refusal, Away):
                raise
            if job is not None:
                self._do(partial(self._refused, job, number, refusal))
        shutil.rmtree(folder, ignore_errors=True)

    def give_up_clip(self, clip: str, number: int) -> None:
        """Say that it could not be made, though nobody knows why."""
        if (job := self._do(partial(self._job, clip, number))) is not None:
            self._do(partial(self._refused, job, number, ClipNotMade()))
        shutil.rmtree(self._home(clip, number), ignore_errors=True)

    async def clear_taken_away(self) -> None:
        """Files of clips that were taken away are gone, and then nothing is left of these clips."""
        async with self.database.read() as connection:
            gone = await clips_gone(connection)
        for clip, copy in gone:
            await asyncio.to_thread(self._remove, copy, clip.name)
            await self.database.write(partial(clips.forget_clip, clip=clip))

    def _cut(self, job: Job, number: int, folder: Path) -> None:
        copy = folder.absolute() / "copy"
        self._fetch(job, copy)
        plan = self._do(partial(self._clip_plan, job, copy))
        keep_plan(folder, clip_plan.written(plan))
        said = [sys.executable, "-m", CHILD, str(folder / PLAN), str(folder / MADE)]
        with subprocess.Popen(said, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
            self._children[job.clip.id, number] = child
            try:
                last = self._hear(job.clip.id, child)
            finally:
                self._children.pop((job.clip.id, number), None)
                self.progress.pop(job.clip.id, None)
        if child.returncode == files.REFUSED:
            raise Refusal(last["refused"]["text"], code=last["refused"]["code"])
        if child.returncode:
            raise Leaving if self.leaving else Broken(f"exit status {child.returncode}")
        self._show(job, number, folder / MADE)

    def _show(self, job: Job, number: int, made: Path) -> None:
        """Bring its files to where people are given them, then let people see it; nobody, where it is gone by now."""
        under = of_clip(job.copy.name, number, job.clip.name)
        put = [self.storage.put(under + path.as_posix(), made / path).key for path in files.files_in(made)]
        sound, video = under + files.CLIP_M4A, under + files.AUDIOGRAM
        shown = partial(clips.clip_made, clip=job.clip, number=number, sound=sound, video=video)
        seen, _ = self._do(partial(self.database.write, shown))
        if not seen:
            self.storage.remove(put)

    def _fetch(self, job: Job, to: Path) -> None:
        """What a clip is cut from: the mix, everybody's own sound, the cover."""
        for file in job.held.files:
            name = files.speaker_file(file.number) if file.kind == "track" and file.number else NEEDED.get(file.kind)
            if name is not None:
                self.storage.fetch(file.key, to / name)

    async def _clip_plan(self, job: Job, copy: Path) -> ClipPlan:
        async with self.database.read() as connection:
            of = await planned(connection, self.data.absolute(), job.copy, partial(beside, copy.parent))
        await self._bring(of, copy.parent)
        begins, ends = job.clip.begins * MILLISECOND, job.clip.ends * MILLISECOND
        return ClipPlan(of, copy, begins, ends, job.clip.title)

    async def _job(self, clip: str, number: int) -> Job | None:
        """The clip and its copy, while it is to be made of this edition."""
        async with self.database.read() as connection:
            found = await clip_by_id(connection, clip)
            copy = await copy_by_id(connection, found.copy) if found else None
            seen = await edition_made(connection, copy) if copy else None
        if found is None or copy is None or seen is None or seen.contents is None:
            return None
        wanted = found.state == "processing" and copy.made == copy.wanted == number
        return Job(found, copy, seen.contents) if wanted else None

    async def _refused(self, job: Job, number: int, refusal: Refusal) -> None:
        await self.database.write(partial(clips.clip_failed, clip=job.clip, number=number, refusal=refusal))

    def _remove(self, copy: str, clip: str) -> None:
        mine = [key for key in self.storage.keys(home(copy)) if f"/clips/{clip}/" in key]
        self.storage.remove(mine)

    def _home(self, clip: str, number: int) -> Path:
        return self.data / WORK / f"clip-{clip}-{number}"
