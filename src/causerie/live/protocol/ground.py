"""What every message is, and the sizes that the page knows too."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

QUESTION_MIN, QUESTION_MAX = 2, 255
NOTE_MAX = 120
PIN_MAX, LINK_MAX = 200, 500
REASON_MAX = 200
CAPTION_MAX = 200
TOPIC_MAX = 100
AGENDA_MAX = 20
NAME_MAX = 60
SDP_MAX = 64 * 1024

CommandId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w-]+$")]
Id = Annotated[str, Field(min_length=1, max_length=26, pattern=r"^[\w-]+$")]
Millis = int
Role = Literal["host", "cohost", "screener", "captioner", "speaker", "listener"]
Grade = Literal["good", "weak", "breaking"]


def _a_number(value: Any) -> Any:
    if isinstance(value, bool):  # to Python true is 1; to whoever reads the protocol it is not
        raise ValueError("a number")
    return value


Number = BeforeValidator(_a_number)


class Message(BaseModel):
    """Plain data on the wire; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Command(Message):
    """What a page asks for; `id` comes back in `ack` or `refused`. Creating commands are unique per person and id."""

    id: CommandId
