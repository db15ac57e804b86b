"""The inputs: input N of a seed is always the same, as long as the packs, the vectors and the corpus are."""

from __future__ import annotations

import json
import random
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sevclass import Pack, load_pack
from tests.fuzz.mutations import changed, mutated

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "data" / "fuzz"
VECTORS = ROOT / "tests" / "data" / "conformance"
FOLDERS = (ROOT / "rules" / "support", ROOT / "examples" / "acme-pack", ROOT / "examples" / "acme-draft")
ABOUT = ("support", "measures")
"""The vectors' packs of whose facts there are inputs."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """The files of a pack; or `NAME.json`, the facts of an incident for a pack of the vectors."""

    files: dict[str, bytes]

    @property
    def about(self) -> str | None:
        """The pack whose facts these are; None for a pack."""
        return next((name.removesuffix(".json") for name in self.files if name.endswith(".json")), None)

    def save(self, folder: Path) -> None:
        """Write the files into a folder, which is made."""
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


def loaded(given: Input) -> Pack:
    """The pack of these files."""
    with tempfile.TemporaryDirectory() as folder:
        given.save(Path(folder, "pack"))
        return load_pack(Path(folder, "pack"))


@cache
def corpus(kind: str) -> tuple[bytes, ...]:
    """The files of the corpus: `packs` or `facts`."""
    return tuple(path.read_bytes() for path in sorted((CORPUS / kind).iterdir()))


@cache
def vector_pack(name: str) -> Pack:
    """A pack of the conformance vectors."""
    return loaded(Input(files={"pack.yaml": (VECTORS / "packs" / f"{name}.json").read_bytes()}))


@cache
def folders() -> tuple[dict[str, bytes], ...]:
    """The files of whole packs: those in folders, and those of the corpus and the vectors, in one file each."""
    found = [{path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))} for folder in FOLDERS]
    alone = [path.read_bytes() for path in sorted((VECTORS / "packs").iterdir())] + list(corpus("packs"))
    return (*found, *({"pack.yaml": data} for data in alone))


@cache
def trees() -> tuple[str, ...]:
    """Whole packs as JSON text: a tree is changed in place, so each input reads its own."""
    rich = CORPUS / "packs" / "calendars.yaml"
    packs = [load_pack(folder) for folder in FOLDERS[:2]] + [loaded(Input(files={"pack.yaml": rich.read_bytes()}))]
    documents = [path.read_text(encoding="utf-8") for path in sorted((VECTORS / "packs").iterdir())]
    # A calendar is where a pack has the most to get wrong.
    return (*documents, *[json.dumps(pack.model_dump()) for pack in packs] * 4)


@cache
def incidents(pack: str) -> tuple[str, ...]:
    """Facts of a pack as JSON text, bare and in envelopes."""
    found = []
    for line in (VECTORS / "cases" / f"{pack}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found.append(json.dumps(case["facts"]))
        found.append(json.dumps({key: case[key] for key in ("id", "opened_at", "facts")}, ensure_ascii=False))
    return tuple(found)


def made(seed: int, number: int) -> Input:
    """Input `number` of a seed."""
    rng = random.Random(f"{seed}:{number}")
    about = rng.choice(ABOUT) if rng.random() < 0.5 else None
    if rng.random() < 0.6:
        tree = json.loads(rng.choice(incidents(about) if about else trees()))
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            tree = changed(rng, tree)
        data = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode(errors="surrogatepass")
        return Input(files={f"{about}.json" if about else "pack.yaml": data})
    if about:
        start = rng.choice(corpus("facts")) if rng.random() < 0.5 else rng.choice(incidents(about)).encode()
        return Input(files={f"{about}.json": mutated(rng, start, corpus("facts"))})
    files = dict(rng.choice(folders()))
    name = rng.choice(list(files))
    files[name] = mutated(rng, files[name], corpus("packs"))
    return Input(files=files)
