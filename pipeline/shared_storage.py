"""Packages on their way between machines, under any address that fsspec knows: a shared folder, s3://bucket/prefix."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import fsspec
import polars as pl

from pipeline import package
from pipeline.package import Package
from warehouse.home import Home


@dataclass(frozen=True)
class SharedStorage:
    """A folder at `address`. Credentials come from each machine's environment, so that no record shows them."""

    address: str

    @classmethod
    def of(cls, home: Home, storage: str | None) -> SharedStorage:
        """The one of a home, in its work folder or under `storage`, which may serve several homes."""
        if storage is None:
            return cls(str(home.work / "exchange"))
        return cls(f"{storage.rstrip('/')}/{hashlib.sha256(str(home.root).encode()).hexdigest()[:12]}")

    def packages(self) -> list[str]:
        """The ids of all packages, whole or not."""
        files, folder = fsspec.url_to_fs(self.address)
        return (
            sorted(name.rpartition("/")[2] for name in files.ls(folder, detail=False)) if files.exists(folder) else []
        )

    def put(self, package_id: str, run_id: str, frames: Mapping[str, pl.DataFrame]) -> None:
        """Write a package. It counts once its manifest is there, which comes last: object stores cannot rename."""
        files, folder = self._at(package_id)
        files.makedirs(folder, exist_ok=True)
        for name, data in package.encoded(package_id, run_id, frames, {}):
            files.pipe_file(f"{folder}/{name}", data)

    def get(self, package_id: str) -> Package:
        """Read and verify a package; raises PackageDamaged where it is not whole."""
        files, folder = self._at(package_id)
        return package.decoded(f"{self.address}/{package_id}", lambda name: files.cat_file(f"{folder}/{name}"))

    def remove(self) -> None:
        """Delete all that was exchanged."""
        files, folder = fsspec.url_to_fs(self.address)
        if files.exists(folder):
            files.rm(folder, recursive=True)

    def _at(self, package_id: str) -> tuple[Any, str]:
        files, folder = fsspec.url_to_fs(self.address)
        return files, f"{folder}/{package_id}"
