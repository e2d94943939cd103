"""Settings: the file, then the environment, then what was typed; all faults at once."""

from pathlib import Path

import pytest

from causerie.config import Faulty, Settings, read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "causerie.toml"


def test_without_a_file_the_defaults_hold(file: Path):
    assert read(file, {}) == Settings()


def test_the_last_word_holds(file: Path):
    file.write_text('data = "there"\n[web]\nport = 1\nhost = "10.0.0.1"\n[media]\nport = 1\n')
    environment = {"CAUSERIE_WEB_PORT": "2", "CAUSERIE_MEDIA_PORT": "2", "CAUSERIE_DATA": "here", "CAUSERIE_OTHER": "x"}

    settings = read(file, environment, web__port=3, web__host=None)

    assert (settings.data, settings.web.host) == (Path("here"), "10.0.0.1")
    assert (settings.web.port, settings.media.port) == (3, 2)


def test_all_faults_are_told_at_once(file: Path):
    file.write_text('[web]\nport = 70000\ncolour = "red"\n[instance]\nname = ""\n[nonsense]\n')

    with pytest.raises(Faulty) as faulty:
        read(file, {"CAUSERIE_MEDIA_WORKERS": "many"})

    assert {fault.split(":")[0] for fault in faulty.value.faults} == {
        "web.port",
        "web.colour",
        "instance.name",
        "media.workers",
        "nonsense",
    }


def test_a_file_that_is_no_toml_says_where(file: Path):
    file.write_text("[web\n")

    with pytest.raises(Faulty, match=r"causerie.toml.*line 1"):
        read(file, {})


def test_the_database_lies_in_the_data_folder_unless_said_otherwise(tmp_path: Path):
    assert Settings(data=tmp_path).database_url == f"sqlite+aiosqlite:///{tmp_path}/causerie.sqlite"
    assert Settings(database={"url": "postgresql+asyncpg://db/causerie"}).database_url.startswith("postgresql")


def test_settings_do_not_change():
    with pytest.raises(Exception, match="frozen"):
        Settings().web.port = 1
