#!/bin/sh
# Runs every test of Python's, those that may side by side, and says at the very end which of them failed.
set -u

python=$1
red=$(mktemp)
trap 'rm -f "$red"' EXIT

# One run of pytest, shown as it goes; its failures and their sentences are kept for the end.
tests() {
    { "$python" -m pytest "$@" 2>&1; echo "exit $?"; } | tee -a "$red" | grep --line-buffered -v '^exit [0-9]*$'
}

# Files go to whoever is free, in their order: the long ones stand in the middle. Four at once, as half of them wait for
# a disk or a clock. Browsers that only look run in twos; those that hear and speak want the machine for themselves.
tests -m "not browser" --numprocesses 4 --dist loadfile --no-loadscope-reorder
tests -m "browser and silent" --numprocesses 2 --dist loadfile --no-loadscope-reorder
tests -m "browser and not silent"

grep -q '^exit [1-9]' "$red" || exit 0
printf '\nWhat failed, of all runs:\n'
grep -E '^(FAILED|ERROR) |^exit [1-9]' "$red"
exit 1
