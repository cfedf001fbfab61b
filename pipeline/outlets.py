"""What a run and its home say of the outlets of files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from warta.text.outlets import Given, Hosts

_NO_NAME = re.compile(r"[\W\d_]*")  # `2025`, `10`, `2025-10-07`


@dataclass(frozen=True)
class OutletRules:
    """`name` is the outlet of sources that name none; else `folders` gives it by the name of a folder above the file.

    `from_folder`: else it is that folder's own name. `hosts` gives names by the host of an article's address.
    """

    name: str | None = None
    hosts: Hosts = ()
    folders: tuple[tuple[str, str], ...] = ()
    from_folder: bool = False

    def of_file(self, path: Path) -> Given:
        return Given(self.name or self._of_folder(path), self.hosts)

    def _of_folder(self, path: Path) -> str | None:
        """From the nearest folder that says it; those of years, months and days say nothing."""
        if not (self.folders or self.from_folder):
            return None
        above, listed = [folder.name for folder in path.absolute().parents], dict(self.folders)
        found = next((listed[name] for name in above if name in listed), None)
        if found or not self.from_folder:
            return found
        return next((name for name in above if not _NO_NAME.fullmatch(name)), None)
