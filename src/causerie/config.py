"""Every setting, read once at the start and handed on. All faults are told together, each with what to do."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

Source = Literal["default", "file", "environment", "command"]
# Never told to anybody, those who run the place neither.
SECRET: dict[str, Any] = {"secret": True}


AUTO = "auto"


def told_addresses(text: str) -> list[tuple[str, str | None]]:
    """`203.0.113.7, 203.0.113.8=10.0.0.8` as pairs: what browsers are told, and what stands behind it if that is said.

    What cannot be meant is a `ValueError` in words.
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if not pairs:
        raise PydanticCustomError("addresses", "Here belongs auto, or an IPv4 address like 203.0.113.7")
    return [(_four(public), _four(local) if sign else None) for public, sign, local in pairs]


def _four(text: str) -> str:
    try:
        return str(IPv4Address(text.strip()))
    except AddressValueError:
        words = "“{text}” is not an IPv4 address; auto finds the right ones, or say one like 203.0.113.7"
        raise PydanticCustomError("addresses", words, {"text": text.strip()}) from None


@dataclass(frozen=True)
class Said:
    """Where each setting that somebody chose was said; settings are the same wherever they were."""

    places: Mapping[str, Source] = kept(default_factory=dict, compare=False)

    def of(self, name: str) -> Source:
        return self.places.get(name, "default")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Web(Section):
    """Where the page is served."""

    host: str = Field("127.0.0.1", description="Address the web server listens on; 0.0.0.0 for all.")
    port: int = Field(8420, ge=0, le=65535, description="Its port.")
    public_url: str = Field(
        "", description="What people type, where a proxy stands before causerie: https://talk.example.org"
    )
    lan: bool = Field(
        False, description="Whether it serves https for its own house, by an authority of its own (serve --lan)."
    )
    plain_port: int = Field(
        8480, ge=1, le=65535, description="The port of plain http with web.lan: to listen, and to accept the authority."
    )

    @model_validator(mode="after")
    def _one_way(self) -> "Web":
        """In a house of its own there is no proxy, and a port for each."""
        if self.lan and self.public_url:
            raise ValueError("with web.lan there is no web.public_url: leave one of them out")
        if self.lan and self.port == self.plain_port:
            raise ValueError("web.port and web.plain_port have to be two")
        return self

    @property
    def listens(self) -> str:
        """The address to listen on: with web.lan all of them, unless another was said."""
        return "0.0.0.0" if self.lan and "host" not in self.model_fields_set else self.host

    @property
    def safe(self) -> bool:
        """Whether people come by https."""
        return self.lan or self.public_url.startswith("https://")


class Media(Section):
    """Where the sound goes through."""

    host: str = Field("0.0.0.0", description="Address the media port is opened on; 0.0.0.0 for all.")
    port: int = Field(8421, ge=0, le=65535, description="Its port, to be open in a firewall for UDP and for TCP.")
    public_address: str = Field(
        AUTO,
        description="IPv4 addresses told to browsers, with commas between; auto: where web.public_url leads, and this "
        "machine's own. Behind 1:1 NAT with several: 203.0.113.7=10.0.0.5",
    )
    workers: int = Field(0, ge=0, le=64, description="Threads that carry sound; 0 is one for each core but one.")
    mixed_above: int = Field(
        30, ge=0, le=100_000, description="In rooms with more listeners the audience hears all voices mixed into one."
    )
    most_streams: int = Field(
        2000, ge=0, le=100_000, description="So many may listen by plain streams and HLS at once; caches count as one."
    )

    @field_validator("public_address")
    @classmethod
    def _addresses(cls, text: str) -> str:
        if text != AUTO:
            told_addresses(text)
        return text


class DatabaseSettings(Section):
    """Where the truth lies."""

    url: str = Field(
        "",
        description="postgresql+asyncpg://…; empty is a SQLite file in the data folder.",
        json_schema_extra=SECRET,
    )


class Copies(Section):
    """What is made of recordings."""

    at_once: int = Field(1, ge=1, le=16, description="How many copies are made at the same time.")
    keep_days: int = Field(
        0, ge=0, le=36500, description="How many days a copy and its recording are kept; 0 is until they are deleted."
    )


class Mail(Section):
    """The mail server. Without one nothing is shown that would need it; with one, `web.public_url` has to be set."""

    host: str = Field("", description="Its name; empty where there is none.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the line to it is kept secret: starttls, tls (port 465) or none."
    )
    username: str = Field("", description="The name to sign in there with; empty where it asks for none.")
    password: str = Field("", description="The password to sign in there with.", json_schema_extra=SECRET)
    sender: str = Field("", description="Whom letters are from; empty is causerie@ and the host of web.public_url.")


class SignIn(Section):
    """How people come in, beside passkeys, links handed over and, with a mail server, links by e-mail."""

    passwords: bool = Field(False, description="Whether people may sign in with a password.")


class Metrics(Section):
    """Figures for those who run it, on an address of their own."""

    host: str = Field("127.0.0.1", description="Address of /metrics; never a public one.")
    port: int = Field(0, ge=0, le=65535, description="Its port; 0 leaves /metrics out.")


class Instance(Section):
    """What this place is called."""

    name: str = Field("causerie", min_length=1, max_length=60, description="The name people see.")
    language: str = Field("en", description="The language of pages for those whose browser asks for none we have.")
    lowest_age: int = Field(16, ge=0, le=99, description="How old one has to be for an account; 0 asks for none.")
    who_may_open_rooms: Literal["verified", "members", "everybody"] = Field(
        "verified",
        description="Beside admins and whom they let: verified (proved something), members (accounts) or everybody.",
    )


class Settings(Section):
    """The whole tree."""

    data: Path = Field(Path("data"), description="The one folder that causerie writes to.")
    instance: Instance = Field(default_factory=Instance)
    web: Web = Field(default_factory=Web)
    media: Media = Field(default_factory=Media)
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    copies: Copies = Field(default_factory=Copies)
    mail: Mail = Field(default_factory=Mail)
    sign_in: SignIn = Field(default_factory=SignIn)
    metrics: Metrics = Field(default_factory=Metrics)
    _said: Said = PrivateAttr(default_factory=Said)

    @property
    def said(self) -> Said:
        """Where each setting comes from."""
        return self._said

    @property
    def database_url(self) -> str:
        return self.database.url or f"sqlite+aiosqlite:///{self.data.resolve() / 'causerie.sqlite'}"


class Faulty(Exception):
    """Settings that cannot be meant; `faults` says each with its place."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def read(file: Path | None = None, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """From `causerie.toml`, then the environment (CAUSERIE_WEB_PORT), then the command line; the last word holds."""
    path = file or Path("causerie.toml")
    tree: dict[str, Any] = {}
    places: dict[str, Source] = {}
    if path.exists():
        try:
            tree = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as fault:
            raise Faulty([f"{path}: {fault}"]) from None
    _note(places, tree, "file")
    _overlay(tree, os.environ if environment is None else environment, places)
    for name, value in given.items():
        section, _, key = name.partition("__")
        if value is not None:
            (tree.setdefault(section, {}) if key else tree)[key or section] = value
            places[f"{section}.{key}" if key else section] = "command"
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as wrong:
        raise Faulty([_fault(fault) for fault in wrong.errors()]) from None
    settings._said = Said(places)
    return settings


def _note(places: dict[str, Source], tree: Mapping[str, Any], source: Source) -> None:
    for section, value in tree.items():
        inner = [f"{section}.{key}" for key in value] if isinstance(value, dict) else [section]
        places.update(dict.fromkeys(inner, source))


def _overlay(tree: dict[str, Any], environment: Mapping[str, str], places: dict[str, Source]) -> None:
    for section, field in Settings.model_fields.items():
        kind = field.annotation
        if not (isinstance(kind, type) and issubclass(kind, Section)):
            if (value := environment.get(f"CAUSERIE_{section.upper()}")) is not None:
                tree[section] = value
                places[section] = "environment"
            continue
        for key in kind.model_fields:
            if (value := environment.get(f"CAUSERIE_{section.upper()}_{key.upper()}")) is not None:
                tree.setdefault(section, {})[key] = value
                places[f"{section}.{key}"] = "environment"


def _fault(fault: Any) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}. See causerie.example.toml."
