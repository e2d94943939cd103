"""What a device is called in the list of one's sessions: enough to know one's own again, and no more."""

from causerie.i18n import filled, phrase

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """ "Firefox on Linux"; empty where a browser does not say. Most name others, too, so the first that fits counts."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    both = filled(phrase("{browser} on {system}"), {"browser": browser, "system": system})
    return both if browser and system else browser or system


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in table if mark in agent), "")
