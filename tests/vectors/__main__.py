"""Write the vectors anew: `python -m tests.vectors`."""

from __future__ import annotations

from tests.vectors.files import FOLDER, README, cases_text, checked_in, pack_text, readme_text
from tests.vectors.packs import documents


def write() -> None:
    """Write every file, and delete those of packs that are no more."""
    wanted = set()
    for name, doc in documents().items():
        for path, text in (
            (FOLDER / "packs" / f"{name}.json", pack_text(doc)),
            (FOLDER / "cases" / f"{name}.jsonl", cases_text(doc)),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            wanted.add(path)
    for path in {*FOLDER.glob("packs/*"), *FOLDER.glob("cases/*")} - wanted:
        path.unlink()
    README.write_text(readme_text(checked_in()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
