"""A topic on air: those on stage speak of something that nobody asked. One thing is on air, a question or a topic."""

import pytest

from causerie.floor import actions
from causerie.floor.errors import TopicLength
from causerie.floor.live import LiveRoom
from causerie.rooms.errors import MayNot, NotLive
from tests.floor.test_deck import Story, waiting
from tests.hall import BEN, CHO, ada, asked, ben, room, scheduled


def air(live: LiveRoom) -> tuple[str | None, str | None]:
    """What is on air: a topic's text, a question's id."""
    topic, question = live.floor.topic, live.questions.on_air
    return topic.text if topic else None, question.id if question else None


def speaking_of(*questions: object) -> Story:
    story = waiting(*questions)
    story.does(actions.put_topic, ada, text="  How a   river remembers ")
    return story


def test_a_topic_is_on_air_instead_of_a_question_which_counts_as_answered():
    story = speaking_of(asked("q", BEN, state="on_air", on_air_at=1))

    assert air(story.live) == ("How a river remembers", None)
    assert story.live.questions.all["q"].state == "answered"


def test_another_takes_its_place_and_the_same_again_changes_nothing():
    story = speaking_of()
    first = story.live.floor.topic

    story.now += 1
    story.does(actions.put_topic, ada, text="How a river remembers")
    again = story.live.floor.topic
    story.does(actions.put_topic, ada, text="Dust")

    assert (again, air(story.live)) == (first, ("Dust", None))


@pytest.mark.parametrize("how", ["read out", "picked", "its asker comes"])
def test_it_makes_way_for_a_question_when_that_is_on_air(how: str):
    story = speaking_of(asked("q", CHO if how == "read out" else BEN))

    if how == "read out":
        story.does(actions.read_out, ada, question="q")
    else:
        story.does(actions.pick, ada, question="q", here=how != "picked", number=2)
    if how == "its asker comes":
        assert air(story.live) == ("How a river remembers", None)
        story.does(actions.accept, ben, number=2)

    assert air(story.live) == (None, "q")


def test_what_was_spoken_of_is_known_by_its_words():
    story = speaking_of()

    story.does(actions.put_topic, ada, text="Dust")
    story.does(actions.take_topic_down, ada)

    assert story.live.floor.spoken_of == {"How a river remembers", "Dust"}


def test_who_is_called_meanwhile_is_called_still():
    story = waiting(asked("q", BEN))
    story.does(actions.pick, ada, question="q", here=True, number=2)

    story.does(actions.put_topic, ada, text="Dust")

    assert (story.live.questions.all["q"].state, list(story.live.stage.invitations)) == ("next", [BEN])


@pytest.mark.parametrize("how", ["taken down", "the room ends"])
def test_it_is_over(how: str):
    story = speaking_of()

    story.does(actions.take_topic_down if how == "taken down" else actions.end_room, ada)

    assert air(story.live) == (None, None)


@pytest.mark.parametrize("text", [" ", "x" * 101])
def test_it_has_a_line_to_read_and_no_more(text: str):
    with pytest.raises(TopicLength):
        waiting().does(actions.put_topic, ada, text=text)


def test_only_hosts_put_one_on_air_and_only_while_the_room_is_live():
    with pytest.raises(MayNot):
        waiting().does(actions.put_topic, ben, text="Dust")
    with pytest.raises(NotLive):
        Story(room(phase=scheduled)).does(actions.put_topic, ada, text="Dust")
