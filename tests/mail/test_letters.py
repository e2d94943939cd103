"""Letters: what stands in them, what can never stand in their heads, and what the mail server says."""

from dataclasses import replace

import pytest

from causerie.mail.letters import Letter, written
from causerie.mail.post import MailAway, MailRefused
from tests.mail.postbox import postbox

NOW = 1_800_000_000_000
# As long as ours are.
LEAVE = f"https://talk.example.org/u/{'token' * 30}"
LETTER = Letter(
    id="<notice-7@talk.example.org>",
    to="ben@example.org",
    subject="Live: Sparrows & <b>swifts</b>",
    text="Ada is live.",
    link="https://talk.example.org/r/sparrows",
    link_says="Open",
    leave=LEAVE,
    leave_says="No such letters any more",
)


async def test_a_letter_comes_as_text_and_html_and_can_be_left_with_one_press():
    async with postbox() as box:
        post = box.post()

        await post.send(written(LETTER, sender="talk@talk.example.org", name="Évening", at=NOW))
        await post.send(written(LETTER, sender="talk@talk.example.org", name="Évening", at=NOW))
        await post.close()

    first, again = box.letters
    assert box.lines == 1
    assert dict(first.items()) == dict(again.items()) | {"Content-Type": first["Content-Type"]}
    heads = ("From", "To", "Subject", "Message-ID", "Date", "List-Unsubscribe", "List-Unsubscribe-Post")
    assert {head: str(first[head]) for head in heads} == {
        "From": "Évening <talk@talk.example.org>",
        "To": "ben@example.org",
        "Subject": "Live: Sparrows & <b>swifts</b>",
        "Message-ID": "<notice-7@talk.example.org>",
        "Date": "Fri, 15 Jan 2027 08:00:00 +0000",
        "List-Unsubscribe": f"<{LEAVE}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert f"\r\nList-Unsubscribe: <{LEAVE}>\r\n".encode() in box.raw[0]
    text, marked_up = (first.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.splitlines() == [
        "Ada is live.",
        "",
        "Open: https://talk.example.org/r/sparrows",
        "",
        "-- ",
        f"No such letters any more: {LEAVE}",
    ]
    assert "<b>" not in marked_up
    assert "Live: Sparrows &amp; &lt;b&gt;swifts&lt;/b&gt;" in marked_up


async def test_what_people_wrote_adds_no_line_to_the_head():
    wicked = Letter("ben@example.org", "Hi\r\nBcc: all@example.org\n\nbody", "x", "https://t/", "Open")

    async with postbox() as box:
        post = box.post()
        await post.send(written(wicked, sender="talk@talk.example.org", name="A\r\nBcc: b@c.de", at=NOW))
        await post.close()

    (letter,) = box.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hi Bcc: all@example.org body"


@pytest.mark.parametrize("to", ["ben@example.org\r\nBcc: all@example.org", "ben@example.org\nSubject: x"])
def test_what_is_no_address_makes_no_letter(to: str):
    with pytest.raises(ValueError, match=r"address|Invalid|Domain"):
        written(replace(LETTER, to=to), sender="talk@talk.example.org", name="Evening", at=NOW)


def test_a_letter_without_a_name_of_its_own_gets_one_and_its_note_stands_below_the_link():
    asked = replace(LETTER, id="", leave=None, language="ar", note="<i>Do nothing</i>")

    first, second = (written(asked, sender="talk@talk.example.org", name="Evening", at=NOW) for _ in range(2))

    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"].endswith("@talk.example.org>")
    assert first["List-Unsubscribe"] is None
    text, marked_up = (first.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.splitlines()[2:] == ["Open: https://talk.example.org/r/sparrows", "", "<i>Do nothing</i>"]
    assert '<html lang="ar" dir="rtl">' in marked_up
    assert "<p>&lt;i&gt;Do nothing&lt;/i&gt;</p>" in marked_up


async def test_what_the_mail_server_will_never_take_is_refused_and_the_next_goes():
    letter = written(LETTER, sender="talk@talk.example.org", name="Evening", at=NOW)
    async with postbox() as box:
        box.answers = ["554 we do not like it", "451 come again"]
        post = box.post()

        with pytest.raises(MailRefused):
            await post.send(letter)
        with pytest.raises(MailAway):
            await post.send(letter)
        await post.send(letter)
        await post.close()

    assert len(box.letters) == 1


async def test_a_mail_server_that_is_not_there_is_away():
    async with postbox() as box:
        post = box.post()
    with pytest.raises(MailAway):
        await post.send(written(LETTER, sender="talk@talk.example.org", name="Evening", at=NOW))
