"""The transcript in its three forms, and what never is in it."""

import json
from dataclasses import replace
from pathlib import Path

from causerie.copies.captions import Cue, cues, one_after_another, srt, transcript, vtt
from causerie.copies.plan import Caption, Range, Speaker
from causerie.copies.timeline import timeline
from tests.copies.evening import moment, part, plan

SAID = (Cue(0.5, 3, "Ada", "On the boats we had a rule."), Cue(3661.25, 3663, None, "A --> <b>B</b> & C"))


def kept(*captions: Caption, hidden: tuple[Range, ...] = (), speakers: tuple[Speaker, ...] = ()) -> tuple[Cue, ...]:
    room = replace(plan(), captions=captions, hidden=hidden, speakers=speakers)
    return cues(room, timeline(room))


def said(begins: float, ends: float, text: str = "words", who: str | None = "Ada") -> Caption:
    return Caption(moment(begins), moment(ends), who, text)


def test_web_vtt_names_its_voices_and_takes_no_mark_for_its_own():
    assert vtt(SAID) == (
        "WEBVTT\n\n"
        "00:00:00.500 --> 00:00:03.000\n<v Ada>On the boats we had a rule.\n\n"
        "01:01:01.250 --> 01:01:03.000\nA --&gt; &lt;b&gt;B&lt;/b&gt; &amp; C\n"
    )


def test_a_name_cannot_end_its_own_mark():
    assert "<v &gt;&lt;x&gt; &amp;>hi" in vtt([Cue(0, 1, "><x> &", "hi")])


def test_subrip_says_the_name_before():
    assert srt(SAID) == (
        "1\n00:00:00,500 --> 00:00:03,000\nAda: On the boats we had a rule.\n\n"
        "2\n01:01:01,250 --> 01:01:03,000\nA → <b>B</b> & C\n"
    )


def test_json_is_as_podcast_players_read_it():
    assert json.loads(transcript(SAID[:1])) == {
        "version": "1.0.0",
        "segments": [{"speaker": "Ada", "startTime": 0.5, "endTime": 3, "body": "On the boats we had a rule."}],
    }


def test_words_are_where_they_were_said_and_stay_a_moment():
    captions = (said(9, 12, "two\nlines"), said(4, 4.1), said(19.8, 25))

    assert kept(*captions) == (
        Cue(4, 4.5, "Ada", "words"),
        Cue(9, 12, "Ada", "two lines"),
        Cue(19.8, 20, "Ada", "words"),
    )


def test_what_is_hidden_is_not_read_either():
    captions = (said(1, 2), said(4, 6), said(6, 6), said(6, 7), said(8, 10), said(11, 12))

    assert kept(*captions, hidden=(part(5, 9),)) == (Cue(1, 2, "Ada", "words"), Cue(7, 8, "Ada", "words"))


def test_who_left_a_part_out_left_its_words_out():
    speakers = (Speaker("p-ada", "Ada", Path("1.take"), (part(5, 9),)),)
    captions = (said(1, 2), said(4, 6), said(6, 7), said(6, 7, who="Ben"), said(11, 12))

    assert [(cue.begins, cue.who) for cue in kept(*captions, speakers=speakers)] == [
        (1, "Ada"),
        (6, "Ben"),
        (11, "Ada"),
    ]


def test_where_only_one_is_shown_each_gives_way():
    both = [Cue(0, 5, None, "a"), Cue(2, 3, None, "b"), Cue(2, 4, None, "c")]

    assert list(one_after_another(both)) == [Cue(0, 2, None, "a"), Cue(2, 4, None, "c")]
