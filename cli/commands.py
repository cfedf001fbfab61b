"""What all commands have in common: one place where errors become a sentence and an exit code."""

from __future__ import annotations

import logging
from typing import Any

import duckdb
import typer
from typer.core import TyperGroup

from cli.exit_codes import SIGNALLED, WRONG_USAGE
from cli.messages import fail
from pipeline.signals import Interrupted
from warehouse.errors import WartaError, WrongUsage

log = logging.getLogger("warta")


class Commands(TyperGroup):
    """Runs a command; whatever it raises is told in a line, with the stack trace behind `--traceback`."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Interrupted as error:
            fail("ended as asked, before all was ingested; the same command goes on", SIGNALLED + error.signum)
        except WrongUsage as error:
            _tell(ctx, error, str(error), WRONG_USAGE)
        except (WartaError, OSError, duckdb.Error) as error:
            _tell(ctx, error, str(error))
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if type(error).__module__.startswith(("typer", "click")):
                raise  # wrong usage, which it explains itself
            _tell(ctx, error, f"{type(error).__name__}: {error} (`warta --traceback ...` shows where)")


def _tell(ctx: Any, error: Exception, message: str, *code: int) -> None:
    if ctx.params.get("traceback"):
        raise error
    fail(message, *code)
