#!/bin/sh
# make-venv.sh PYTHON VENV: make a virtual environment, unless it is there; say plainly why it cannot be.
set -eu
python=$1
venv=$2

if "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi
if ! "$python" -c '' 2>/dev/null; then
    echo "error: \`$python\` does not run; name a Python 3.11 or later: make PYTHON=python3.12 …" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "error: \`$python\` is $("$python" --version 2>&1); sevclass needs Python 3.11 or later" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "error: \`$python\` cannot make virtual environments: its module venv or ensurepip is missing (on Debian: install python3-venv)" >&2
    exit 1
fi
rm -rf "$venv"
"$python" -m venv "$venv"
