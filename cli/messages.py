"""Messages for people, on stderr."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from cli.exit_codes import FAILED


def printable(text: str, *, kept: str = "") -> str:
    """Control characters of untrusted text are shown, not obeyed; those in `kept` stay."""
    return "".join(c if c.isprintable() or c in kept else repr(c)[1:-1] for c in text)


def say(message: str) -> None:
    print(printable(message, kept="\n"), file=sys.stderr)


def fail(message: str, code: int = FAILED) -> NoReturn:
    say(f"warta: {message}")
    raise typer.Exit(code)
