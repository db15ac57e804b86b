"""The packs that ship: where they lie, and what was made of them when the package was built.

What was made is quick to read: plain data, beside the text of the files that it was made of. The files are the truth,
so it counts only where they still say the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeAlias

from pydantic_core import from_json

from sevclass.document import PackDocument

_HERE = Path(__file__).parent
PREBUILT = _HERE / "packs.json"
"""Pack -> the text of its files, its document and its digest. A checkout has it once the package was installed."""


PackPath: TypeAlias = str | os.PathLike[str]
"""The name of a pack that ships, or the path of a folder."""


def shipped_packs() -> dict[str, Path]:
    """The packs that ship: name -> folder. They lie in the package, or beside `src` in a checkout."""
    root = next(filter(Path.is_dir, (_HERE / "rules", _HERE.parents[1] / "rules")))
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / "pack.yaml").is_file()}


def prebuilt(pack: PackPath) -> tuple[PackDocument, str] | None:
    """What the pack of that name says, and its digest; None where only its files can tell."""
    if not isinstance(pack, str):
        return None
    try:
        made: Any = from_json(PREBUILT.read_bytes())
        match made.get(pack) if isinstance(made, dict) else None:
            case {"files": files, "document": document, "digest": digest} if files == texts(shipped_packs()[pack]):
                return document, digest
    except (OSError, ValueError, KeyError):
        pass  # it was not made, or is damaged, or the folder is: whoever reads the files tells
    return None


def texts(folder: Path) -> dict[str, str]:
    """The text of each file of a pack.

    Raises OSError or ValueError where one has none.
    """
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".yaml", ".yml"})
    return {path.name: path.read_bytes().decode() for path in files}
