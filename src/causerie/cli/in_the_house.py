"""What `causerie serve --lan` says: every address, a code to scan, and the signs to compare."""

import io
import sys

import segno

from causerie.cli.beside import console
from causerie.lan import Lan


def in_the_house(lan: Lan) -> None:
    """How people in the house come in, and what their devices are to show when they accept our authority."""
    for other in lan.origins[1:]:
        console.print(f"Also reached at:          {other}/")
    console.print(f"On each device, once:     {lan.trust}")
    marks = lan.authority.fingerprint.split(" ")
    for at in (0, 8):
        console.print(f"{'Its authority (SHA-256):' if at == 0 else '':<26}{' '.join(marks[at : at + 8])}")
    if lan.served.aside is not None:
        console.print(f"[yellow]A damaged certificate lies at {lan.served.aside} now; a new one was made.[/yellow]")
    code = scanned(lan.trust)
    if _can_show(code):
        sys.stdout.write(f"\n{code}\n")


def scanned(address: str) -> str:
    """An address as a code to scan, two of its rows to a line."""
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue()


def _can_show(code: str) -> bool:
    """Whether this terminal has the blocks of which a code is drawn."""
    try:
        code.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
