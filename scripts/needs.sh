#!/bin/sh
# Looks for what causerie is built with and names the one command that brings what is missing. It installs nothing.
set -eu

packages=""
lacks() { # what, the Debian or Ubuntu package that brings it
    echo "causerie needs $1." >&2
    packages="$packages $2"
}

command -v cc >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1 || lacks "a C and C++ compiler" build-essential
if [ -z "${PYTHON:-}" ]; then
    lacks "Python 3.11 or newer" python3
elif ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    lacks "Python's venv module" python3-venv
fi
if [ -n "$packages" ]; then
    echo "Bring it with: sudo apt-get install --yes$packages" >&2
    exit 1
fi

if ! command -v cargo >/dev/null 2>&1; then
    echo "causerie needs Rust 1.89 or newer. Bring it with (no root needed):" >&2
    echo "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y" >&2
    exit 1
fi
if ! cargo --version | awk '{ split($2, v, "."); exit !(v[1] > 1 || v[2] >= 89) }'; then
    echo "causerie needs Rust 1.89 or newer; this is $(cargo --version). Bring it with: rustup update stable" >&2
    exit 1
fi
