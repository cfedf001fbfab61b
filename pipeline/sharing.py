"""Who beside its owner may read the published file: one group, and nothing else that a home makes."""

from __future__ import annotations

import grp
import os
import stat
from pathlib import Path

from warehouse.errors import WrongUsage
from warehouse.home import Home


class CannotShare(WrongUsage):
    """There is no group of that name, or whoever runs this is not in it."""


def require_group(name: str) -> int:
    """The id of a group that files may be given to. Raises CannotShare."""
    try:
        group = grp.getgrnam(name).gr_gid
    except KeyError:
        raise CannotShare(f"share: there is no group `{name}` on this machine") from None
    if os.geteuid() != 0 and group not in {os.getegid(), *os.getgroups()}:
        raise CannotShare(f"share: you are not in the group `{name}`; an administrator can add you to it")
    return group


def share(home: Home, database: Path) -> None:
    """Give a database of the home to the group that the home is shared with, if there is one.

    The group can pass through the home's folder, which it can neither list nor write to.
    """
    if home.share is None:
        return
    group = require_group(home.share)
    for folder in (home.packages, home.work, home.quarantine):
        if folder.exists():
            folder.chmod(stat.S_IRWXU)
    os.chown(database, -1, group)
    home.root.chmod(stat.S_IMODE(home.root.stat().st_mode) & ~stat.S_IRWXG | stat.S_IXGRP)
    os.chown(home.root, -1, group)
