"""Imprint, privacy and rules, as those who run the place have written them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from causerie.accounts.errors import PaperUnknown
from causerie.web.house import House, house

papers = APIRouter(prefix="/api/v1")


@papers.get("/papers/{name}")
async def paper(
    home: Annotated[House, Depends(house)],
    name: str,
    language: Annotated[str, Query(max_length=10)] = "",
) -> dict[str, str]:
    """One of them, in this language where it was written in it; `version` changes with its words."""
    found = home.papers.papers.get(name)
    if found is None:
        raise PaperUnknown
    return {"name": name, "version": found.version, "text": found.text(language)}
