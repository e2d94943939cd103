#!/bin/sh
# Writes locks/*.txt anew from pyproject.toml: exact versions with hashes, no addresses.
set -eu
cd "$(dirname "$0")/.."
lock() { .tools/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --group "$1" --output-file "locks/$2.txt"; }
lock build run
lock dev dev
