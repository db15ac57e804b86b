"""Has hatchling make `packs.json` before it builds a wheel or installs a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuildHook(BuildHookInterface):  # type: ignore[misc]  # hatchling is there in a build only
    """The one hook of the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Make it; the build fails if that does."""
        subprocess.run([sys.executable, Path(self.root, "scripts", "prebuild.py")], check=True)
