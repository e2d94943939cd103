#!/bin/sh
# Brings the browsers that the tests speak and hear with, where they are missing: Chromium and Firefox ESR.
set -eu

wanted=""
# Ubuntu's chromium package is a stub for snap, which does not start in a container: Playwright's own serves there.
debian() { [ -r /etc/os-release ] && grep -q '^ID=debian' /etc/os-release; }
command -v chromium >/dev/null 2>&1 || { debian && wanted="$wanted chromium"; }
command -v firefox-esr >/dev/null 2>&1 || { debian && wanted="$wanted firefox-esr"; }
command -v pulseaudio >/dev/null 2>&1 || wanted="$wanted pulseaudio"

if [ -n "$wanted" ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    echo "Installing for the tests:$wanted"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes -qq --no-install-recommends $wanted
fi
command -v chromium >/dev/null 2>&1 || .venv/bin/playwright install --with-deps chromium
