"""`--memory SIZE`: what the database may take while it is written, of an option or of warta.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import warta
from pipeline.home_settings import FILE, shared_home
from warehouse.db import snapshot, writer
from warehouse.home import Home, writer_lock

LIMIT = "SELECT current_setting('memory_limit')"


@pytest.mark.parametrize(
    ("at_home", "given", "expected"), [("", "512MB", "488.2 MiB"), ('memory = "1 GiB"', None, "1.0 GiB")]
)
def test_the_database_takes_no_more(tmp_path: Path, at_home: str, given: str | None, expected: str) -> None:
    (tmp_path / FILE).write_text(at_home)
    home = shared_home(tmp_path, memory=given)
    with writer_lock(home):
        with writer(home) as connection:
            assert connection.execute(LIMIT).fetchall() == [(expected,)]
        with snapshot(home.work / "made.duckdb", home) as connection:
            assert connection.execute(LIMIT).fetchall() == [(expected,)]


def test_a_quarter_of_the_machine_without_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with writer_lock(home), writer(home) as connection:
        ((limit,),) = connection.execute(LIMIT).fetchall()
        all_of_it = int(
            next(line for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line).split()[1]
        )
    number, unit = limit.split()
    assert abs(float(number) * {"MiB": 2**10, "GiB": 2**20}[unit] - all_of_it / 4) < all_of_it / 50


@pytest.mark.parametrize("size", ["much", "0GB", "-1GB", "80%", "2GB; DROP TABLE quotes"])
def test_what_is_no_size_ends_before_anything_is_done(tmp_path: Path, size: str) -> None:
    done = warta("rebuild", "--home", tmp_path / "home", "--memory", size)
    assert (done.returncode, done.stderr) == (2, f"warta: {size!r} is no size; one is 2GB, or 512 MiB\n")
    assert not (tmp_path / "home").exists()
