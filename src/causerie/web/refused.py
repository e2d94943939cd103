"""How the API's description says what every route can answer where it does not do what was asked."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel


class Refused(BaseModel):
    """What was refused: `code` for programs, `text` for people."""

    code: str
    text: str


# 403, 404: one may not, or may not know of it. 422: it cannot be meant. 429: later. 503: what it needs is away.
STATUSES = (400, 403, 404, 409, 411, 413, 415, 422, 429, 503)
REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused, "description": HTTPStatus(status).phrase} for status in STATUSES
}
