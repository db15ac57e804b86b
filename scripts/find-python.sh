#!/bin/sh
# find-python.sh 3.12: print a Python of that version, pyenv's newest or the one on the PATH; exit 1 if there is none.
set -eu
version=$1
versions=${PYENV_ROOT:-${HOME:-}/.pyenv}/versions
found=
newest=-1

for folder in "$versions/$version".*; do
    patch=${folder#"$versions/$version."}
    case $patch in
        *[!0-9]*) continue ;;  # a development or free-threaded build, or no match at all
    esac
    if [ -x "$folder/bin/python$version" ] && [ "$patch" -gt "$newest" ]; then
        found=$folder/bin/python$version
        newest=$patch
    fi
done
: "${found:=$(command -v "python$version" || true)}"
[ -n "$found" ] && "$found" -c '' 2>/dev/null && echo "$found"
