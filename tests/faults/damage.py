"""What can happen to the bytes of a home."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline import load as loader
from warehouse import faults
from warehouse.home import Home, writer_lock


def overwrite(path: Path, data: bytes) -> None:
    """Also where the file may only be read."""
    path.chmod(0o600)
    path.write_bytes(data)


def flip(path: Path, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    overwrite(path, data)


def cut(path: Path) -> None:
    overwrite(path, path.read_bytes()[: path.stat().st_size // 2])


def in_blocks(path: Path) -> None:
    """Every block damaged."""
    for position in range(8 * 20_000, 8 * path.stat().st_size, 8 * 200_000):
        flip(path, position)


def garble(path: Path) -> None:
    overwrite(path, b"no database" * 1000)


def leave_log(home: Home) -> None:
    """The database as a run leaves it that is killed before a checkpoint: its rows are in the write-ahead log."""
    left: dict[Path, bytes] = {}

    def killed(point: str) -> None:
        if point == "checkpoint" and not left:
            left.update((path, path.read_bytes()) for path in home.work.glob(f"{home.loading.name}*"))

    home.loading.unlink()
    with writer_lock(home), pytest.MonkeyPatch.context() as patched:
        patched.setattr(faults, "point", killed)
        loader.load(home, loader.pending(home)[0])
    for path, data in left.items():
        path.write_bytes(data)


def cut_at_random(path: Path, dice: random.Random) -> None:
    """The last bytes of a file never reached the disk."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.truncate(dice.randrange(path.stat().st_size))
