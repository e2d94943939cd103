"""An answer's page as it is read without a line of script; what the page's own script adds begins hidden."""

from xml.etree.ElementTree import Element

from causerie.copies.answer_pages import AnswerPage, Face, Line, Other
from causerie.i18n import direction, ours
from causerie.web.answers.faces import avatar, cameo, icon
from causerie.web.answers.head import head, plain, styles
from causerie.web.answers.markup import e, page
from causerie.web.answers.place import Place, moment, say
from causerie.web.answers.player import acts, player
from causerie.web.answers.words import day, lasting, wanted, word

FRAME = (560, 260)
"""How large the player is on somebody's page."""


def answer_page(answer: AnswerPage, place: Place) -> str:
    """The page of one answer."""
    body = e(
        "body",
        e("a", say(answer, "skip"), class_="skip-link", href="#main"),
        top(answer, place),
        e("main", _article(answer, place), beside(answer, place), id="main", class_="answer"),
    )
    return whole(answer, head(answer, place), body)


def answer_player(answer: AnswerPage, place: Place) -> str:
    """The same, small, to stand in somebody else's page; a link in it opens beside that page."""
    title = e("a", answer.title, href=place.of(f"/a/{answer.name}"), target="_blank", rel="noopener")
    room = e("a", answer.room, href=moment(answer, place), target="_blank", rel="noopener")
    article = e(
        "article",
        e("h1", title, dir="auto"),
        asker(answer, small=True),
        player(answer, place),
        words_of(answer) if answer.sound is None else None,
        e("p", e("span", room, dir="auto"), e("span", place.instance), class_="meta"),
    )
    told = e("head", *plain(answer, place), e("meta", name="robots", content="noindex"))
    return whole(answer, told, e("body", e("main", article, class_="answer-embed"), class_="embedded"))


def gone(language: str, place: Place) -> str:
    """What stands in somebody's page where an answer was."""
    said = e("main", e("p", word(language, "gone")), class_="answer-embed")
    head = e("head", e("meta", charset="utf-8"), e("title", place.instance), *styles(place))
    return page(e("html", head, e("body", said, class_="embedded"), lang=ours(language), dir=direction(language)))


def frame(answer: AnswerPage, place: Place, *, wide: int = FRAME[0], high: int = FRAME[1]) -> str:
    """What one writes into one's own page."""
    src = place.of(f"/e/a/{answer.name}")
    made = e("iframe", src=src, title=answer.title, width=wide, height=high, loading="lazy", frameborder="0")
    return page(made).partition("\n")[2]


def whole(answer: AnswerPage, head: Element, body: Element) -> str:
    return page(e("html", head, body, lang=answer.language, dir=direction(answer.language)))


def top(answer: AnswerPage, place: Place) -> Element:
    circle = e("path", d="M23.2 7.6A11.8 11.8 0 1 0 23.2 24.4", class_="circle")
    drawn = e(
        "svg", circle, e("circle", class_="bead", cx="27.4", cy="16", r="4"), viewBox="0 0 32 32", aria_hidden="true"
    )
    home = e(
        "a",
        drawn,
        e("span", place.instance),
        class_="brand",
        href="/",
        aria_label=f"{place.instance}, {say(answer, 'home')}",
    )
    enter = e("a", say(answer, "sign_in"), class_="button button--outline button--small", href="/welcome")
    return e("header", home, e("div", enter, class_="top-bar__end"), class_="top-bar")


def _article(answer: AnswerPage, place: Place) -> Element:
    room = e("a", answer.room, href=place.of(f"/c/{answer.copy}"), dir="auto")
    when = say(answer, "later") if answer.later else day(answer.language, answer.held_at)
    return e(
        "article",
        e("p", e("span", f"{say(answer, 'from_room')} ", room), e("span", when), class_="meta answer__from"),
        e("h1", answer.title, dir="auto"),
        asker(answer),
        player(answer, place),
        acts(answer, place),
        words_of(answer),
    )


def asker(answer: AnswerPage, *, small: bool = False) -> Element:
    others = wanted(answer.language, answer.votes)
    if answer.asker is None:
        who = [e("b", say(answer, "somebody"))]
    else:
        before, _, after = say(answer, "asked").partition("{name}")
        who = [e("span", before), e("b", answer.asker.name, dir="auto"), e("span", after)]
    said = e("span", *who, e("br") if others else None, e("span", others, class_="soft small") if others else None)
    return e("p", None if small else avatar(answer.asker, "lg"), said, class_="row answer__who")


def words_of(answer: AnswerPage) -> Element | None:
    """The words of it: typed along, or written later."""
    if answer.text:
        parts = [e("p", part, dir="auto") for part in answer.text.split("\n") if part.strip()]
    else:
        parts = [_spoken(answer, line) for line in answer.lines]
    if not parts:
        return None
    return e(
        "section", e("h2", say(answer, "said"), class_="visually-hidden"), *parts, class_="transcript answer__text"
    )


def _spoken(answer: AnswerPage, line: Line) -> Element:
    at = e("a", lasting(line.at - answer.at), href=f"/c/{answer.copy}#t={line.at / 1000:g}")
    face = next((one for one in (*answer.who, answer.asker) if one and one.name == line.who), Face(line.who or ""))
    who = e(
        "p",
        avatar(face, "xs") if line.who else None,
        e("span", line.who or "", dir="auto"),
        " ",
        at,
        class_="transcript__who",
    )
    return e("div", who, e("p", line.text, dir="auto"), data_at=(line.at - answer.at) / 1000)


def beside(answer: AnswerPage, place: Place) -> Element:
    people = [e("li", cameo(one), e("span", e("b", one.name, dir="auto"))) for one in answer.who]
    others = [e("li", *_other(one), class_="next-q") for one in answer.others]
    whole = e("a", icon("hear"), say(answer, "whole"), class_="button", href=place.of(f"/c/{answer.copy}"))
    code = e(
        "code", frame(answer, place), tabindex=0, role="textbox", aria_readonly="true", aria_label=say(answer, "embed")
    )
    copy = e(
        "button",
        say(answer, "copy"),
        class_="button button--small",
        type="button",
        data_do="copy",
        data_done=say(answer, "copied"),
        hidden=True,
    )
    return e(
        "aside",
        e("section", e("h2", say(answer, "who")), e("ul", *people, class_="people"), class_="stack")
        if people
        else None,
        e("section", *([e("h2", say(answer, "also")), e("ul", *others)] if others else []), whole, class_="stack"),
        e(
            "section",
            e("h2", say(answer, "embed")),
            e("div", code, copy, class_="copy-line", dir="ltr"),
            class_="stack",
        ),
        class_="answer__more",
        aria_label=say(answer, "more"),
    )


def _other(one: Other) -> tuple[Element, Element]:
    title = e("a", one.title, href=f"/a/{one.name}", dir="auto")
    return title, e("span", lasting(one.length) if one.length else "", class_="small soft num")
