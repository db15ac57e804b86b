"""Make `packs.json`: what the packs that ship say, as plain data beside the text of their files.

    python scripts/prebuild.py

The build of the package does this too. Nothing rests on it but the time that a start takes.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from sevclass.loader import read_pack
from sevclass.shipped import PREBUILT, shipped_packs, texts


def made() -> str:
    """The text of `packs.json`."""
    packs = {}
    for name, folder in shipped_packs().items():
        document, digest = read_pack(folder)
        packs[name] = {"files": texts(folder), "document": document, "digest": digest}
    return json.dumps(packs, ensure_ascii=False, separators=(",", ":"))


def main() -> int:
    """Write it in one step: somebody may be reading the one before."""
    beside = PREBUILT.with_suffix(f".{os.getpid()}")
    beside.write_bytes(made().encode())
    beside.replace(PREBUILT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
