"""Before anything else: finish what an earlier run left behind."""

from __future__ import annotations

import logging
import shutil

import polars as pl

from pipeline import load as loader
from pipeline import package as packages
from pipeline.maintenance.merged_packages import finish_compaction
from pipeline.maintenance.rebuild_swap import finish_swap
from warehouse.contract import tables
from warehouse.home import Home
from warehouse.lookups import interrupted_runs
from warta.version import extractor_version

log = logging.getLogger("warta.recover")


def recover(home: Home) -> None:
    """End what was checked or complete (a rebuild, a compaction), load packages that are not loaded yet, record runs
    that died, drop half-made work."""
    finish_swap(home)
    finish_compaction(home)
    for path in home.work.iterdir():
        if not path.name.startswith(home.loading.name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if loader.drop_outdated(home):
        log.warning("the tables have changed with the version of warta: loading all packages again")
    for folder in loader.pending(home):
        log.warning("loading package %s, which an earlier run left behind", folder.name)
        loader.load(home, folder)
    for run in interrupted_runs(home):
        log.warning("run %s died before its end; what it had packaged is loaded", run["run_id"])
        frame = pl.DataFrame([run], schema=tables()["runs"].polars_schema)
        about = {"versions": {"warta": extractor_version()}}
        loader.load(home, packages.write(home, f"{run['run_id']}-end", run["run_id"], {"runs": frame}, about))
