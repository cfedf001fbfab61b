"""The same rows on any machine: whatever locale, zone, hash seed, order of files and number of cores it has."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SAMPLES

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "no locale": {},
    "Indonesian": {"LANG": "id_ID.UTF-8", "LANGUAGE": "id", "TZ": "Asia/Jayapura", "PYTHONHASHSEED": "1"},
    "POSIX without UTF-8": {
        "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/St_Johns",
        "PYTHONHASHSEED": "2",
    },
    "UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "3"},
    "Turkish": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Europe/Istanbul"},
    "another processor": {
        "LANG": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1", "OPENBLAS_CORETYPE": "Prescott",
        "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "TZ": "UTC", "PYTHONHASHSEED": "4",
    },
}  # fmt: skip

# Rows of every document and article, before any database sees them.
CHAIN = """
import hashlib, sys
from pathlib import Path
from pipeline.rows import document_row
from pipeline.sources import SourceFile, expand
from pipeline.worker import annotate_row, read_file
found = hashlib.sha256()
for item in expand(sys.argv[1:], Path("/nowhere")):
    rows = read_file(item) if isinstance(item, SourceFile) else [{"document": document_row(item), "article": None}]
    for row in rows:
        found.update(repr(row).encode())
        if row["article"]:
            found.update(repr(list(annotate_row(row["article"]))).encode())
print(found.hexdigest())
"""

# Everything that is published, and the order in which its rows lie.
RUN = """
import hashlib, json, sys
from pathlib import Path
from pipeline.run import run
from pipeline.settings import Settings
from warehouse.contract import tables
from warehouse.db import reader
from warehouse.digest import digest
if __name__ == "__main__":
    home, workers, batch_size, *sources = sys.argv[1:]
    made = run(Settings(tuple(sources), Path(home), int(workers), int(batch_size))).home
    found = digest(made.published)
    with reader(made.published) as connection:
        for name in list(found):
            columns = ", ".join(c.name for c in tables()[name].columns.values() if not c.provenance)
            rows = repr(connection.execute(f"SELECT {columns} FROM {name}").fetchall()).encode()
            found[name + " as it lies"] = hashlib.sha256(rows).hexdigest()
    print(json.dumps(found))
"""

FEASTS = """Warga desa merayakan Natal bersama pada 25 Desember 2024, kata İlham Sudırman, Selasa (7/1/2025).
"Kami libur sampai Lebaran, lalu pulang lagi setelah Idul Fitri 2025," ujar Ratna Dewi di Pasar Kédaton pukul 14.30 WIT.
Ramadan tahun lalu dan Nyepi kemarin tidak seramai Imlek; harga beras naik 12,5 persen menjadi Rp 14.500 per kilogram.
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, feast days, and names of files that locales sort and spell in ways of their own."""
    folder = shutil.copytree(SAMPLES, tmp_path_factory.mktemp("anywhere") / "in")
    for number, name in enumerate(["é.txt", "e.txt", "Z.txt", "ı.txt", "ä/ö.txt", "10.txt", "9.txt", "tautan é.txt"]):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if name.startswith("tautan"):
            path.symlink_to("/etc/hostname")
        else:
            path.write_text(f"Berita ke-{number} dari desa.\n{FEASTS}", "utf-8")
    return folder


def started(code: str, environment: dict[str, str], *arguments: str | Path) -> subprocess.Popen[str]:
    """A Python process with nothing of our own environment."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)


def printed(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return out


def test_chain(sources: Path) -> None:
    processes = {name: started(CHAIN, given, sources) for name, given in ENVIRONMENTS.items()}
    found = {name: printed(process) for name, process in processes.items()}
    assert found == dict.fromkeys(ENVIRONMENTS, found["no locale"])


def run_in(name: str, sources: Path, home: Path, *, workers: int = 1, batch_size: int = 1_000) -> dict[str, Any]:
    script = home.with_suffix(".py")  # worker processes import it anew
    script.write_text(RUN)
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **ENVIRONMENTS[name]}
    command = [sys.executable, str(script), str(home), str(workers), str(batch_size), str(sources)]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True).stdout
    )
    return found


@pytest.fixture(scope="module")
def published(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run_in("Indonesian", sources, tmp_path_factory.mktemp("published") / "home", workers=2)


@pytest.mark.parametrize(
    "name",
    [name if name == "POSIX without UTF-8" else pytest.param(name, marks=pytest.mark.whole) for name in ENVIRONMENTS],
)
def test_warehouse(name: str, sources: Path, published: dict[str, Any], tmp_path: Path) -> None:
    assert run_in(name, sources, tmp_path / "home", batch_size=7) == published
