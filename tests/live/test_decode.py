"""Whatever a page sends, it is a command we know or a refusal; never anything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie.live import protocol as wire
from causerie.live.decode import MessageUnknown, command

texts = st.text(max_size=8) | st.sampled_from(["room.enter", "question.ask", "hand.raise", "sparrows", "c1"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
nearly = st.fixed_dictionaries(
    {"do": st.sampled_from(["room.enter", "question.ask", "question.vote", "hand.raise"]) | values},
    optional=dict.fromkeys(("id", "room", "text", "note", "question", "since", "sdp"), values),
)


def heard(frame: str) -> wire.Command | MessageUnknown:
    try:
        return command(frame)
    except MessageUnknown as refusal:
        return refusal


@given(st.text() | values.map(json.dumps) | nearly.map(json.dumps))
def test_anything_at_all(frame: str):
    told = heard(frame)

    assert told.id is None or len(told.id) <= 40


def test_a_refusal_names_the_command_it_refuses():
    with pytest.raises(MessageUnknown) as refused:
        command('{"do": "question.ask", "id": "c7", "text": "?"}')

    assert (refused.value.id, refused.value.code) == ("c7", "question.length")


def test_a_command_is_what_was_said():
    read = command('{"do": "question.ask", "id": "c7", "text": "Why?", "myself": false}')

    assert read == wire.QuestionAsk(id="c7", text="Why?", myself=False)
