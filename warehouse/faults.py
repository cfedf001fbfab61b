"""Named points at which a test can disturb a run: WARTA_FAULT=load.in_transaction:2:kill.

That is: at the second passage of this point, `kill` the process as the kernel would, `raise` what a failing disk
raises, or `sleep`, stopped, until somebody has it continue. Without the variable a point does nothing.
"""

from __future__ import annotations

import errno
import os
import signal
from collections import Counter

# In the order of a run; the last two are passed in worker processes.
POINTS = (
    "discover", "read", "deduplicate", "annotate", "validate", "package.before_rename", "package.after_rename",
    "load.in_transaction", "load.after_commit", "checkpoint", "remember", "publish", "publish.before_rename",
    "publish.after_rename", "worker.read", "worker.annotate",
)  # fmt: skip
# Those of a publication that changes a copy of what was published before.
CHANGE_POINTS = ("publish", "publish.copied", "publish.changed", "publish.before_rename", "publish.after_rename")

OF_COMPACTION = ("package.before_rename", "package.after_rename", "compact.drop")

_passed = Counter[str]()


def point(name: str) -> None:
    """One passage of the point of this name."""
    if planned := os.environ.get("WARTA_FAULT"):
        at, number, action = planned.split(":")
        _passed[name] += 1
        if at == name and _passed[name] == int(number):
            _act(name, action)


def _act(name: str, action: str) -> None:
    match action:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "raise":
            raise OSError(errno.EIO, f"a fault was asked for at {name}")
