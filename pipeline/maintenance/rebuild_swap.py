"""A warehouse that a rebuild made beside the old one takes its place, once it is checked.

One rename decides: from then on the old warehouse is gone for good, and whoever comes next ends what a killed process
has left half done.
"""

from __future__ import annotations

import shutil

from pipeline import package
from pipeline.publish import swap_in
from warehouse.durable_files import sync
from warehouse.home import Home, require_lock


def replace_warehouse(home: Home) -> None:
    """Put the checked warehouse of `home.rebuilding` in the place of the old one."""
    require_lock(home)
    home.rebuilding.root.rename(home.rebuilt.root)
    sync(home.root)
    finish_swap(home)


def finish_swap(home: Home) -> None:
    """Move what a checked rebuild has made to where it belongs; can be interrupted and called again at any point."""
    made = home.rebuilt
    if not made.root.exists():
        return
    require_lock(home)
    replaced = made.root / "replaced"
    replaced.mkdir(exist_ok=True)
    for folder in package.complete(made):
        old = home.packages / folder.name
        if old.exists():
            old.rename(replaced / folder.name)
        folder.rename(old)
    sync(home.packages)
    if made.loading.exists():
        for old in home.work.glob(home.loading.name + "*"):
            old.unlink()
        made.loading.rename(home.loading)
    if made.published.exists():
        swap_in(home, made.published)
    shutil.rmtree(made.root)
