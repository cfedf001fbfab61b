"""The questions of `queries/*.sql`, ready to be asked by name.

The first comment line of a file is its question. `$name` in the SQL is a parameter; a line
`-- name: TYPE = DEFAULT` declares its type and, where there is one, its default.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from warehouse.errors import WrongUsage

_FOLDER = Path(__file__).parent / "queries"
_PARAMETER = re.compile(r"^-- (\w+): (\w+)(?: = (.*))?$", re.MULTILINE)
_SHARED = re.compile(r"^-- with: (\w+)$", re.MULTILINE)


class BadParameters(WrongUsage):
    """Options that the query does not take, or that are missing."""


@dataclass(frozen=True)
class Query:
    """`defaults` holds every parameter; None where the caller must give it. `types` says what it takes."""

    name: str
    question: str
    sql: str
    defaults: dict[str, str | None]
    types: dict[str, str] = field(default_factory=dict)

    def parameters_from(self, arguments: Sequence[str]) -> dict[str, object]:
        """`--speaker X --since=Y` as parameters; raises BadParameters."""
        words = [part for word in arguments for part in (word.split("=", 1) if word.startswith("--") else [word])]
        if len(words) % 2 or any(not word.startswith("--") for word in words[::2]):
            raise BadParameters(f"expected pairs of --parameter value; {self._usage()}")
        given = {name[2:].replace("-", "_"): value for name, value in zip(words[::2], words[1::2], strict=True)}
        unknown = given.keys() - self.defaults.keys()
        if unknown:
            raise BadParameters(f"{self.name} takes no --{', --'.join(sorted(unknown))}; {self._usage()}")
        values = {name: given.get(name, default) for name, default in self.defaults.items()}
        missing = [name for name, value in values.items() if value is None]
        if missing:
            raise BadParameters(f"{self.name} needs --{', --'.join(missing)}; {self._usage()}")
        return dict(values)

    def _usage(self) -> str:
        options = (f"--{n} ..." if d is None else f"[--{n} {d or '...'}]" for n, d in self.defaults.items())
        return f"usage: warta query {self.name} {' '.join(options)}".rstrip()


def load_queries(folder: Path = _FOLDER) -> dict[str, Query]:
    """All questions of a folder by name, in alphabetical order.

    A line `-- with: name` stands for the subquery of `_name.sql`, which several questions share.
    """
    found = {}
    for path in sorted(folder.glob("[!_]*.sql")):
        text = _SHARED.sub(partial(_shared, folder), path.read_text("utf-8"))
        declared = list(_PARAMETER.finditer(text))
        defaults, types = {m[1]: m[3] for m in declared}, {m[1]: m[2] for m in declared}
        found[path.stem] = Query(path.stem, text.split("\n", 1)[0].removeprefix("-- "), text, defaults, types)
    return found


def _shared(folder: Path, line: re.Match[str]) -> str:
    return f"WITH {line[1]} AS (\n{(folder / f'_{line[1]}.sql').read_text('utf-8').rstrip()}\n)"
