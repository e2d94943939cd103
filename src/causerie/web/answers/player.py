"""What one hears an answer with: the browser's own player, and ours once there is a script that plays."""

from xml.etree.ElementTree import Element

from causerie.copies.answer_pages import AnswerPage
from causerie.web.answers.faces import icon
from causerie.web.answers.markup import e
from causerie.web.answers.place import Place, moment, say
from causerie.web.answers.words import lasting

BARS, HIGH = 110, 48


def player(answer: AnswerPage, place: Place) -> Element | None:
    """The browser's own player; ours is hidden until there is a script that plays."""
    if place.sound is None:
        return None
    long = lasting(answer.length)
    play = e(
        "button",
        icon("play"),
        icon("pause"),
        class_="play play--large",
        type="button",
        aria_label=say(answer, "play", length=long),
        data_pause=say(answer, "pause"),
    )
    seek = e(
        "input",
        type="range",
        min=0,
        max=max(1, answer.length // 1000),
        step=1,
        value=0,
        aria_label=say(answer, "position"),
    )
    times = e("div", e("b", "0:00", class_="answer__at"), e("span", long), class_="row row--between small num soft")
    ours = e(
        "div",
        play,
        e("div", e("div", _wave(answer.wave), seek, class_="wave"), times, class_="grow"),
        class_="answer__ours",
        hidden=True,
    )
    own = e("audio", src=place.sound, controls=True, preload="none", aria_label=say(answer, "answer"))
    return e("section", own, ours, class_="answer__player", aria_label=say(answer, "answer"))


def _wave(heights: tuple[int, ...]) -> Element:
    """A bar for each part of it; those that were heard are drawn once more, as wide as one is far."""
    bars = [heights[at * len(heights) // BARS] for at in range(BARS)] if heights else [0] * BARS
    loudest = max(bars) or 1
    drawn = "".join(_bar(at, height / loudest) for at, height in enumerate(bars))
    clip = e("clipPath", e("rect", width="0", height=str(HIGH)), id="heard")
    done = e("path", d=drawn, class_="done", clip_path="url(#heard)")
    return e(
        "svg",
        clip,
        e("path", d=drawn),
        done,
        viewBox=f"0 0 {4 * BARS} {HIGH}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _bar(at: int, share: float) -> str:
    long = max(2.0, HIGH * share)
    return f"M{4 * at + 2} {(HIGH - long) / 2:.1f}v{long:.1f}"


def acts(answer: AnswerPage, place: Place) -> Element:
    """What one can do with it; what needs a script is hidden without one."""
    small = "button button--small"
    speed = e(
        "button",
        "1×",
        class_=small,
        type="button",
        data_do="speed",
        dir="ltr",
        data_says=say(answer, "speed"),
        hidden=True,
    )
    follow = e(
        "button", icon("text"), say(answer, "follow"), class_=small, type="button", data_do="follow", hidden=True
    )
    take = e("a", icon("take"), "MP3", class_=small, href=place.sound, download=True)
    share = e(
        "button",
        say(answer, "share"),
        class_=f"{small} button--primary",
        type="button",
        data_do="share",
        data_done=say(answer, "copied"),
        hidden=True,
    )
    heard = [speed, follow if answer.lines else None, take] if place.sound else []
    whole = e("a", say(answer, "moment"), class_=small, href=moment(answer, place)) if answer.length else None
    return e("div", *heard, whole, share, class_="row row--wrap answer__act")
