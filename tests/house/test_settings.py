"""causerie.example.toml says what the code does: every setting, its sentence, its default."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from causerie.config import Section, Settings, read

EXAMPLE = Path(__file__).parents[2] / "causerie.example.toml"
SECTION = re.compile(r"^\[(\w+)\]$")
SETTING = re.compile(r"^# (\w+) = (.+)$")


def told() -> dict[str, tuple[str, Any]]:
    """What the example says: setting → (its sentence, its default)."""
    found: dict[str, tuple[str, Any]] = {}
    section, before = "", ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if heading := SECTION.match(line):
            section = f"{heading[1]}."
            found[heading[1]] = (before.removeprefix("# "), None)
        elif setting := SETTING.match(line):
            default = tomllib.loads(f"it = {setting[2]}")["it"]
            found[section + setting[1]] = (before.removeprefix("# "), default)
        if line:
            before = line
    return found


def meant() -> dict[str, tuple[str, Any]]:
    """The same from the code."""
    found: dict[str, tuple[str, Any]] = {}
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            found[name] = (str(field.annotation.__doc__), None)
            for key, inner in field.annotation.model_fields.items():
                assert inner.default is not PydanticUndefined, f"{name}.{key} has no default"
                found[f"{name}.{key}"] = (str(inner.description), inner.default)
        else:
            found[name] = (str(field.description), str(field.default))
    return found


def test_the_example_tells_every_setting_with_its_sentence_and_default():
    assert told() == meant()


def test_the_example_as_it_lies_there_changes_nothing(tmp_path):
    empty = tmp_path / "causerie.toml"
    empty.touch()

    assert read(EXAMPLE, environment={}) == read(empty, environment={})


def test_the_example_with_its_defaults_uncommented_changes_nothing_either(tmp_path):
    written = tmp_path / "causerie.toml"
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    written.write_text("\n".join(line[2:] if SETTING.match(line) else line for line in lines), encoding="utf-8")

    assert 'host = "127.0.0.1"' in written.read_text(encoding="utf-8").splitlines()
    assert read(written, environment={}) == Settings()


def test_the_environment_overrides_the_file_and_the_command_both(tmp_path):
    file = tmp_path / "causerie.toml"
    file.write_text('data = "one"\n[web]\nport = 1\nhost = "::1"\n', encoding="utf-8")

    chosen = read(file, environment={"CAUSERIE_DATA": "two", "CAUSERIE_WEB_PORT": "2"}, web__port=3)

    assert (chosen.data, chosen.web.port, chosen.web.host) == (Path("two"), 3, "::1")
