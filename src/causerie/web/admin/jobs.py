"""What is being made and what could not be made, and trying once more."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from causerie.accounts.people import Person
from causerie.copies.unmade import Job, every_unmade, try_again
from causerie.web.house import House, admin, house

jobs = APIRouter()

Home = Annotated[House, Depends(house)]
Most = Annotated[int, Query(ge=1, le=5000)]


@jobs.get("/jobs")
async def every(home: Home, most: Most = 100) -> list[dict[str, Any]]:
    """Copies and clips that are not made, so many; `share`: how much of it is done, of what is being made."""
    async with home.database.read() as connection:
        return [_shown(home, job) for job in await every_unmade(connection, most=most)]


@jobs.post("/jobs/{id}/again", status_code=204)
async def again(home: Home, by: Annotated[Person, Depends(admin)], id: str) -> None:
    """Try at once to make a copy that could not be made."""
    await home.database.write(partial(try_again, id=id, by=by.id))
    home.copying.jobs.hint()


def _shown(home: House, job: Job) -> dict[str, Any]:
    making = home.copying.jobs.work if job.kind == "copy" else home.copying.jobs.clips
    progress = making.progress.get(job.id)
    share = progress.share if progress is not None and job.state == "processing" else None
    return {**asdict(job), "again": job.again, "share": share}
