"""The page itself: read without a line of script; what the script adds begins hidden."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from causerie.i18n import direction, phrase, t
from causerie.web.answers.markup import Inside, e, page
from causerie.web.trust.devices import DEVICES, Device, of_agent

# An address runs from left to right, whatever is around it (Unicode, UAX 9).
ISOLATE, END = "\u2066", "\u2069"


@dataclass(frozen=True)
class Trust:
    """What the page is made of. `called`: the authority, as devices show it; `agent`: what the browser says it is."""

    language: str
    instance: str
    called: str
    fingerprint: str
    origins: list[str]
    agent: str = ""
    styles: tuple[str, ...] = ()
    script: str | None = None


def trust_page(of: Trust) -> str:
    body = e(
        "body",
        e("a", t(of.language, "Skip to content"), class_="skip-link", href="#main"),
        _top(of),
        e("main", *_said(of), _devices(of), _tried(of), id="main", class_="trust"),
    )
    return page(e("html", _head(of), body, lang=of.language, dir=direction(of.language)))


def _head(of: Trust) -> Element:
    grounds = (("light", "#F4F2EA"), ("dark", "#0F1412"))
    return e(
        "head",
        e("meta", charset="utf-8"),
        e("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        *(e("meta", name="theme-color", media=f"(prefers-color-scheme: {when})", content=how) for when, how in grounds),
        e("title", f"{t(of.language, TITLE)} · {of.instance}"),
        e("meta", name="robots", content="noindex"),
        e("link", rel="icon", href="/logo.svg", type="image/svg+xml"),
        *(e("link", rel="stylesheet", href=style) for style in of.styles),
        e("script", type="module", src=of.script) if of.script else None,
    )


def _top(of: Trust) -> Element:
    circle = e("path", d="M23.2 7.6A11.8 11.8 0 1 0 23.2 24.4", class_="circle")
    bead = e("circle", class_="bead", cx="27.4", cy="16", r="4")
    drawn = e("svg", circle, bead, viewBox="0 0 32 32", aria_hidden="true")
    home = e("a", drawn, e("span", of.instance), class_="brand", href="/")
    return e("header", home, class_="top-bar")


TITLE = phrase("Accept this place on your device")
WHY = phrase(
    "Browsers give a microphone to addresses they trust. This place vouches for itself: "
    "accept that once on each device, and you can speak here."
)
COMPARE = phrase(
    "Whoever runs this place sees these signs where it was started (SHA-256). Go on only if they are the same."
)
LIMITS = phrase("What you accept vouches for machines in private networks and for nothing on the web.")


def _said(of: Trust) -> list[Inside]:
    """Why, and what to compare first."""
    marks = [part for mark in of.fingerprint.split(" ") for part in (e("span", mark), " ")]
    listen = e("a", t(of.language, "Listen without it"), href="/")
    return [
        e("h1", t(of.language, TITLE)),
        e("p", t(of.language, WHY)),
        e("p", t(of.language, "To listen, ask and vote you need none of it."), " ", listen),
        e(
            "section",
            e("h2", t(of.language, "First compare")),
            e("p", t(of.language, COMPARE)),
            e("p", *marks, class_="trust__marks", dir="ltr", translate="no"),
            e("p", t(of.language, LIMITS), class_="soft small"),
        ),
    ]


def _devices(of: Trust) -> Element:
    """Each kind of device with its steps; the one that asks is open."""
    mine = of_agent(of.agent)
    return e("section", e("h2", t(of.language, "Then, on your device")), *(_device(of, one, mine) for one in DEVICES))


def _device(of: Trust, device: Device, mine: str) -> Element:
    fetch = e("a", t(of.language, device.fetches), href=device.file, class_="button button--outline")
    first, *others = (t(of.language, step, name=of.called) for step in device.steps)
    steps = e("ol", e("li", e("span", first), fetch), *(e("li", step) for step in others))
    named = e("summary", e("h3", t(of.language, device.name)))
    return e("details", named, steps, class_="trust__device", open=device.kind == mine)


def _tried(of: Trust) -> Element:
    """Whether it worked: a link for everybody, and a look beforehand where there is script."""
    told = {
        "data_looks": t(of.language, "One moment …"),
        "data_works": t(of.language, "It works: this device accepts this place."),
        "data_fails": t(of.language, "It does not work yet. Go through the steps once more."),
    }
    outline, primary = "button button--outline", "button button--primary"
    look = e("button", t(of.language, "Try whether it works"), type="button", class_=outline, hidden=True)
    to = of.origins[-1]
    there = e("a", t(of.language, "Go to {address}", address=f"{ISOLATE}{to}{END}"), href=to, class_=primary)
    return e(
        "section",
        e("h2", t(of.language, "Last, try it")),
        e("div", look, there, class_="trust__acts"),
        e("p", role="status", class_="trust__told", **told),
        data_origins=" ".join(of.origins),
    )
