#!/bin/sh
# Runs every test of Python's, those without a browser side by side, and says at the very end which of them failed.
set -u

python=$1
red=$(mktemp)
trap 'rm -f "$red"' EXIT

# One run of pytest, shown as it goes; its failures and their sentences are kept for the end.
tests() {
    { "$python" -m pytest "$@" 2>&1; echo "exit $?"; } | tee -a "$red" | grep --line-buffered -v '^exit [0-9]*$'
}

# Files go to whoever is free, in their order: the long ones stand in the middle. Browsers go one after another:
# two that hear and speak at once want more than two cores.
tests -m "not browser" --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
tests -m browser

grep -q '^exit [1-9]' "$red" || exit 0
printf '\nWhat failed, of both runs:\n'
grep -E '^(FAILED|ERROR) |^exit [1-9]' "$red"
exit 1
