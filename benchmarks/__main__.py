"""Every benchmark, one after the other.

    python -m benchmarks [--short]

Exit 1: one of them found something wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks import durable, incidents, report, speed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all; `--short` looks at fewer facts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="a look, not a measurement")
    short = parser.parse_args(arguments).short
    print("the library against what could be written instead")
    speed.main(["--short"] if short else [])
    print("incidents over time")
    incidents.main(["--short"] if short else [])
    print("reports over many incidents")
    report.main(["--short"] if short else [])
    print("durable-rules against the evaluator")
    return durable.main(["--facts", "20000"] if short else [])


if __name__ == "__main__":
    sys.exit(main())
