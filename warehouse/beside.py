"""A warehouse that a rebuild made beside the old one takes its place, once it is checked.

One rename decides: from then on the old warehouse is gone for good, and whoever comes next ends what a killed process
has left half done.
"""

from __future__ import annotations

import shutil

from warehouse import package
from warehouse.files import sync
from warehouse.home import Home, require_lock
from warehouse.publish import swap


def replace(home: Home) -> None:
    """Put the checked warehouse of `home.beside` in the place of the old one."""
    require_lock(home)
    home.beside.root.rename(home.checked.root)
    sync(home.root)
    finish(home)


def finish(home: Home) -> None:
    """Move what a checked rebuild has made to where it belongs; can be interrupted and called again at any point."""
    made = home.checked
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
        swap(home, made.published)
    shutil.rmtree(made.root)
