"""What all errors have in common that a user may meet: their message says what is wrong and what to do."""

from __future__ import annotations


class WartaError(Exception):
    """The base of all errors that are shown to users as a message, without a traceback."""


class WrongUsage(WartaError):
    """What was asked for cannot be done as it was asked; nothing has begun."""
