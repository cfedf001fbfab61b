"""How the command line ends."""

from __future__ import annotations

CLEAN, SOME_REJECTED, WRONG_USAGE, FAILED = 0, 1, 2, 3
SIGNALLED = 128  # plus the number of the signal: 130 for Ctrl-C, 143 for SIGTERM

EXPLAINED = (
    "Exit codes: 0 clean; 1 finished, but some input was rejected; 2 wrong usage; 3 failed, nothing published;"
    " 130 and 143 ended by Ctrl-C or SIGTERM."
)
