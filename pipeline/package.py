"""Packages: immutable folders of Parquet files with a manifest. They are the truth; the warehouse is made of them.

A package is built under `work/` and becomes complete by one rename into `packages/`. Small ones are merged into one
(maintenance/compact.py), which has the rows of the table `packages` for those that it stands for.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.older_packages import brought_up_to_date
from warehouse import faults
from warehouse.contract import package_tables, tables
from warehouse.durable_files import sync, write_synced
from warehouse.errors import WartaError
from warehouse.home import Home

MANIFEST = "manifest.json"
REGISTERED = "packages"  # the table, in a merged package
_TO = ".."  # in the name of a merged package


class PackageDamaged(WartaError):
    """A package that is incomplete or whose bytes are not those it was made with."""


@dataclass(frozen=True)
class Package:
    """A verified package in memory: its manifest and one frame a table, in the contract's schema."""

    package_id: str
    run_id: str
    manifest: dict[str, Any]
    manifest_sha256: str
    frames: dict[str, pl.DataFrame]

    def frame(self, name: str) -> pl.DataFrame:
        """A table's rows, none where the package has none."""
        return self.frames.get(name, pl.DataFrame(schema=tables()[name].polars_schema))

    @property
    def row_count(self) -> int:
        return sum(frame.height for name, frame in self.frames.items() if name != REGISTERED)

    @property
    def registered(self) -> pl.DataFrame:
        """The rows of `packages` that loading it makes: its own, or those of the packages that were merged into it."""
        own = (self.package_id, self.run_id, self.manifest_sha256, self.row_count)
        schema = tables()[REGISTERED].polars_schema
        return self.frames.get(REGISTERED, pl.DataFrame([own], schema=schema, orient="row"))


def write(home: Home, package_id: str, run_id: str, frames: Mapping[str, pl.DataFrame], about: dict[str, Any]) -> Path:
    """Make a complete package of the frames (tables without rows are left out) and return its folder."""
    folder = home.packages / package_id
    if folder.exists():
        return folder  # a try before this one came so far
    partial = home.work / f"{package_id}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    for name, data in encoded(package_id, run_id, frames, about):
        write_synced(partial / name, data)
    sync(partial)
    faults.point("package.before_rename")
    partial.rename(folder)
    faults.point("package.after_rename")
    sync(home.packages)
    return folder


def encoded(
    package_id: str, run_id: str, frames: Mapping[str, pl.DataFrame], about: dict[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """(name, content) of a package's files; last the manifest, which vouches for the others."""
    listed = {}
    for table in [*package_tables(), tables()[REGISTERED]]:
        frame = frames.get(table.name)
        if frame is None or frame.is_empty():
            continue
        buffer = io.BytesIO()
        frame.select(pl.col(c.name).cast(c.polars_type) for c in table.columns.values()).write_parquet(buffer)
        data = buffer.getvalue()
        yield f"{table.name}.parquet", data
        listed[table.name] = {"rows": frame.height, "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {"package_id": package_id, "run_id": run_id, **about, "tables": listed}
    yield MANIFEST, json.dumps(manifest, indent=1).encode()


def read(folder: Path) -> Package:
    """Read and verify a package; raises PackageDamaged, naming the file, where a checksum or a count is wrong."""
    return decoded(str(folder), lambda name: (folder / name).read_bytes())


def decoded(place: str, content_of: Callable[[str], bytes]) -> Package:
    """The verified package whose files `content_of` gives by name; raises as `read` does, speaking of `place`.

    Columns that the contract did not have when the package was made are null, or what `brought_up_to_date` makes them.
    """
    try:
        data = content_of(MANIFEST)
        manifest = json.loads(data)
        frames = {}
        for name, listed in manifest["tables"].items():
            content = content_of(f"{name}.parquet")
            if hashlib.sha256(content).hexdigest() != listed["sha256"]:
                raise PackageDamaged(f"{place}/{name}.parquet does not have the checksum of its manifest")
            frames[name] = _in_contract(name, pl.read_parquet(io.BytesIO(content)))
            if frames[name].height != listed["rows"]:
                raise PackageDamaged(f"{place}/{name}.parquet does not have the row count of its manifest")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageDamaged(f"package {place} cannot be read: {error}") from error
    frames = brought_up_to_date(frames)
    return Package(manifest["package_id"], manifest["run_id"], manifest, hashlib.sha256(data).hexdigest(), frames)


def ids(folder: Path) -> set[str]:
    """The ids of the packages that a folder stands for: its name, or those that were merged into it."""
    if not is_merged(folder):
        return {folder.name}
    try:
        return set(pl.read_parquet(folder / f"{REGISTERED}.parquet", columns=["package_id"])["package_id"])
    except (OSError, pl.exceptions.PolarsError):  # reading all of it tells what is wrong
        return {folder.name}


def is_merged(folder: Path) -> bool:
    return _TO in folder.name


def first_and_last(folder: Path) -> tuple[str, str]:
    """Between which ids those lie that a folder stands for."""
    first, _, last = folder.name.partition(_TO)
    return first, last or first


def merged_id(first: Path, last: Path) -> str:
    """The id of a package that stands for all from the first to the last; by name it comes in the first's place."""
    return f"{first_and_last(first)[0]}{_TO}{first_and_last(last)[1]}"


def _in_contract(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    empty = pl.DataFrame(schema=tables()[name].polars_schema)
    return pl.concat([empty, frame], how="diagonal").select(empty.columns)


def complete(home: Home) -> list[Path]:
    """The folders of all complete packages, oldest first (their names begin with the time of their run)."""
    return sorted(home.packages.iterdir()) if home.packages.is_dir() else []
