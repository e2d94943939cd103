"""The settings as they hold, and where each was said; what is secret is never told, only whether it is there."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from causerie.config import Section, Settings, Source
from causerie.web.house import House, house

settings = APIRouter()


@dataclass(frozen=True)
class Setting:
    """One of them. Of a secret `value` is none, and `there` says whether it has one."""

    name: str
    value: str | int | bool | None
    secret: bool
    there: bool
    said_in: Source


@settings.get("/settings")
async def every(home: Annotated[House, Depends(house)]) -> list[dict[str, Any]]:
    """All of them, in the order of causerie.example.toml."""
    return [asdict(one) for one in told(home.settings)]


def told(held: Settings) -> Iterator[Setting]:
    """Every setting of the tree."""
    for name, field in Settings.model_fields.items():
        value = getattr(held, name)
        if not isinstance(value, Section):
            yield _told(held, name, value, field)
            continue
        for key, inner in type(value).model_fields.items():
            yield _told(held, f"{name}.{key}", getattr(value, key), inner)


def _told(held: Settings, name: str, value: Any, field: Any) -> Setting:
    secret = bool((field.json_schema_extra or {}).get("secret"))
    plain = value if isinstance(value, bool | int) else str(value)
    return Setting(name, None if secret else plain, secret, there=plain != "", said_in=held.said.of(name))
