#!/bin/sh
# Looks for what causerie is built with and names the one command that brings what is missing. It installs nothing.
set -eu

missing=""
brings() { # NAME, the Debian or Ubuntu packages that bring it
    echo "causerie needs $1 to build." >&2
    missing="$missing $2"
}

command -v cc >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1 || brings "a C and C++ compiler" "build-essential"
"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || brings "Python 3.11 or newer" "python3"
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || brings "Python's venv module" "python3-venv"
if ! command -v cargo >/dev/null 2>&1; then
    [ -x "$HOME/.cargo/bin/cargo" ] || brings "Rust 1.89 or newer (cargo)" "rustup"
elif ! cargo --version | awk '{ split($2, v, "."); exit !(v[1] > 1 || v[2] >= 89) }'; then
    echo "causerie needs Rust 1.89 or newer; this is $(cargo --version). Bring it with: rustup update stable" >&2
    exit 1
fi
[ -z "$missing" ] && exit 0
echo "Bring it with: sudo apt-get install --yes$missing" >&2
case "$missing" in *rustup*) echo "and then: rustup default stable" >&2 ;; esac
exit 1
