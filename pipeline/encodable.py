"""Any text and any file name as a string that UTF-8 can write."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

# Halves of a pair: JSON's `"\ud800"`, bytes of a file name that are not UTF-8. No database and no file takes them.
_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(value: Any) -> Any:
    """A string with U+FFFD for each lone surrogate; what is no string stays as it is."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def readable_name(path: str | Path) -> str:
    """A path for people, the same whatever encoding the environment names; bytes that are not UTF-8 are U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
