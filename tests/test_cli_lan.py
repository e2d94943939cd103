"""`causerie serve --lan` and `doctor --lan` at the terminal: what they say, and what keeps a house from opening."""

import contextlib
import io
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from causerie.cli import app
from causerie.cli.in_the_house import scanned
from causerie.lan.authority import fingerprint
from tests.test_cli import free_port


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, ports of its own, two addresses of this machine."""
    monkeypatch.chdir(tmp_path)
    for name in ("WEB_PORT", "WEB_PLAIN_PORT", "MEDIA_PORT"):
        monkeypatch.setenv(f"CAUSERIE_{name}", str(free_port()))
    monkeypatch.setenv("CAUSERIE_MEDIA_PUBLIC_ADDRESS", "127.0.0.2,127.0.0.1")
    return tmp_path / "data"


def typed(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, " ".join(done.output.split())


@contextlib.contextmanager
def served() -> Iterator[str]:
    """What it prints until people can come."""
    command = [sys.executable, "-m", "causerie", "serve", "--lan", "--no-demo"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    environment["PYTHONPATH"] = os.pathsep.join(str(Path(part).resolve()) for part in sys.path if part)
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        lines: list[str] = []
        assert running.stdout is not None
        while "Stop with" not in "".join(lines[-1:]):
            lines.append(running.stdout.readline())
            assert lines[-1], "".join(lines)
        yield "".join(lines)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def test_it_prints_every_address_the_signs_to_compare_and_a_code(house: Path):
    port, plain = os.environ["CAUSERIE_WEB_PORT"], os.environ["CAUSERIE_WEB_PLAIN_PORT"]
    with served() as said:
        trust = ssl.create_default_context(cadata=_handed_out(f"http://127.0.0.2:{plain}/trust/ca.crt"))
        through = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        ready = [through.open(f"https://127.0.0.{n}:{port}/readyz", timeout=10).status for n in (1, 2)]
    marks = "".join(re.findall(r"\b[0-9A-F]{4}\b", said.partition("SHA-256")[2].partition("█")[0]))

    assert ready == [200, 200]
    assert f"causerie is open: https://127.0.0.2:{port}/\n" in said
    assert re.search(rf"admin \(once\):  https://127\.0\.0\.2:{port}/in/[\w-]+\n", said)
    assert f"https://127.0.0.1:{port}/\n" in said
    assert f"http://127.0.0.2:{plain}/trust\n" in said
    assert scanned(f"http://127.0.0.2:{plain}/trust") in said
    assert marks == fingerprint(_authority(house)).replace(" ", "")


def _handed_out(url: str) -> bytes:
    return bytes(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10).read())


def _authority(house: Path):
    from cryptography import x509  # noqa: PLC0415  of this one story

    return x509.load_pem_x509_certificate((house / "keys" / "authority.pem").read_bytes())


def test_a_port_that_is_taken_is_told(house: Path):
    for name in ("WEB_PORT", "WEB_PLAIN_PORT"):
        port = int(os.environ[f"CAUSERIE_{name}"])
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", port))
            taken.listen()

            code, said = typed("serve", "--lan")

        assert (code, f"Port {port} of 0.0.0.0 cannot be had" in said) == (1, True)
    assert not house.exists()


def test_a_damaged_authority_keeps_it_shut_and_stays_as_it_is(house: Path):
    file = house / "keys" / "authority.pem"
    file.parent.mkdir(parents=True)
    file.write_text("damaged")

    told = [typed("serve", "--lan"), typed("doctor", "--lan")]

    assert [(code, "is damaged" in said, "(lan.authority_damaged)" in said) for code, said in told] == [
        (1, True, True)
    ] * 2
    assert file.read_text() == "damaged"


def test_a_folder_that_is_none_is_told(house: Path):
    house.write_text("a file")

    code, said = typed("serve", "--lan")

    assert (code, "cannot be read or written" in said) == (1, True)


@pytest.mark.usefixtures("house")
def test_without_a_private_address_it_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CAUSERIE_MEDIA_PUBLIC_ADDRESS", "203.0.113.7")

    for words in (("serve", "--lan"), ("doctor", "--lan")):
        code, said = typed(*words)
        assert (code, "(lan.no_network)" in said) == (1, True)


@pytest.mark.usefixtures("house")
def test_a_public_address_and_a_house_are_two_things(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CAUSERIE_WEB_PUBLIC_URL", "https://talk.example.org")

    code, said = typed("serve", "--lan")

    assert (code, "leave one of them out" in said) == (2, True)


def test_the_doctor_tells_names_and_days_and_makes_nothing(house: Path):
    code, before = typed("doctor", "--lan")
    with served():
        pass
    _, after = typed("doctor", "--lan")
    (house / "keys" / "authority.pem").chmod(0o644)
    _, open_to_all = typed("doctor", "--lan")

    assert (code, "there is no authority yet" in before) == (0, True)
    assert "our authority “causerie on" in after
    assert re.search(r"ok the certificate is for 127\.0\.0\.1, 127\.0\.0\.2, ::1, localhost, .*until \d{4}-", after)
    assert "others on this machine can read" not in after
    assert "others on this machine can read" in open_to_all


@pytest.mark.usefixtures("house")
def test_links_lead_to_https_where_the_settings_say_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CAUSERIE_WEB_LAN", "true")

    code, said = typed("setup")

    assert (code, said.split("/in/")[0]) == (0, f"https://127.0.0.2:{os.environ['CAUSERIE_WEB_PORT']}")


def test_a_terminal_without_blocks_gets_no_code(monkeypatch: pytest.MonkeyPatch):
    from causerie.cli import in_the_house  # noqa: PLC0415  its output is another one in this story

    monkeypatch.setattr(in_the_house.sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))

    assert in_the_house._can_show("plain")
    assert not in_the_house._can_show(scanned("https://box.local:8420"))
