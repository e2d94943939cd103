"""Nothing but the guard goes to an address: whoever else wants to has to come by it, or be named here with a reason."""

import ast
from collections.abc import Iterator

from tests.house.papers import ROOT

HOUSE = ROOT / "src" / "causerie"
CLIENTS = {
    "aiohttp", "aiosmtplib", "dns", "ftplib", "h11", "http.client", "httpcore", "httpx", "requests", "smtplib",
    "socket", "ssl", "urllib.request", "urllib3", "websockets.asyncio", "websockets.client", "websockets.sync",
    "xmlrpc",
}  # fmt: skip
CALLS = {
    "create_connection",
    "create_datagram_endpoint",
    "getaddrinfo",
    "gethostbyname",
    "open_connection",
    "sock_connect",
    "urlopen",
}
LET = {
    "cli/checks.py": "whether a port of this machine is free",
    "cli/listening.py": "the place whose address whoever runs it gives the doctor, or has set",
    "cli/outside.py": "the public address that whoever runs the place has set, when they ask the doctor",
    "cli/ways_in.py": "the addresses that this place tells for sound, when the doctor is asked",
    "lan/machine.py": "this machine's own addresses and name",
    "cli/rehearsing.py": "the door of the very place that runs here",
    "mail/post.py": "the mail server that whoever runs the place has named",
    "media/reach.py": "where the public name leads, and which of this machine's addresses faces the world",
    "streams/child.py": "two sockets it is handed by the program that began it",
    "streams/maker.py": "pairs of sockets to a program of its own",
    "web/doors.py": "what it is asked, never what it asks",
    "web/openings.py": "its own doors",
}
"""Who needs a word of these for something else than going where people say."""

OF_OPERATORS = {
    "cli/rehearsing.py": {"urlopen()"},
    "cli/listening.py": {"urlopen()"},
    "cli/outside.py": {"create_connection()"},
    "cli/ways_in.py": {"create_connection()"},
    "media/reach.py": {"getaddrinfo()"},
}
"""Who asks for an address that stands in the settings, and for no other."""


def words_of(path) -> Iterator[str]:
    """What a module imports, and which functions it calls, by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call):
            yield f"{getattr(node.func, 'attr', getattr(node.func, 'id', ''))}()"


def goes_out(word: str) -> bool:
    called = word.endswith("()") and word[:-2] in CALLS
    return called or any(word == client or word.startswith(f"{client}.") for client in CLIENTS)


def going_out() -> dict[str, set[str]]:
    """Every module outside the guard that could go somewhere by itself, and by what."""
    every = {path.relative_to(HOUSE).as_posix(): path for path in HOUSE.rglob("*.py")}
    found = {
        name: {*filter(goes_out, words_of(path))} for name, path in every.items() if name.split("/")[0] != "egress"
    }
    return {name: words for name, words in found.items() if words}


def test_no_module_goes_to_an_address_but_by_the_guard():
    assert going_out().keys() == LET.keys()


def test_what_is_let_opens_no_line_to_where_people_say():
    calls = {name: {word for word in words if word.endswith("()")} for name, words in going_out().items()}

    assert {name: words for name, words in calls.items() if words} == OF_OPERATORS


def test_push_and_proofs_come_by_the_guard():
    """The two that are told where to go by people: neither has another way."""
    for name in ("push/sending.py", "accounts/proving.py"):
        assert "causerie.egress.Guard" in {*words_of(HOUSE / name)}
