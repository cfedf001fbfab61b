"""Run the suites over a package. The only importer of Great Expectations, and that lazily: it takes six seconds."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from expectations.checks import with_checks
from expectations.suites import for_rows, suite
from warehouse.contract import Table, Unique, package_tables
from warehouse.errors import WartaError

# Tables that the validation itself and the end of a run write.
_NOT_VALIDATED = {"rejects", "runs", "validation_results"}


class ValidationBroken(WartaError):
    """An expectation could not be evaluated: a fault of the pipeline, not of the data."""


@dataclass
class Outcome:
    """Frames without the rows that broke a critical rule, those rows, and what every expectation observed."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)


def validate(frames: Mapping[str, pl.DataFrame]) -> Outcome:
    """Validate parents before children, so that a child of a rejected row is rejected too.

    Raises ValidationBroken where an expectation itself fails to run.
    """
    outcome = Outcome()
    for table in package_tables():
        frame = frames.get(table.name, pl.DataFrame(schema=table.polars_schema))
        if table.name not in _NOT_VALIDATED and not frame.is_empty():
            frame = _validate_table(table, frame, outcome)
        outcome.frames[table.name] = frame
    return outcome


def _validate_table(table: Table, frame: pl.DataFrame, outcome: Outcome) -> pl.DataFrame:
    checked = with_checks(table, frame, outcome.frames)
    unique = {rule.name for rule in table.rules() if isinstance(rule, Unique)}
    bad: set[int] = set()
    for result in _run_suite(table.name, for_rows(suite(table), frame.height), checked):
        config = result.expectation_config
        rule, severity = config.meta["rule"], config.severity.value
        positions = result.result.get("unexpected_index_list") or []
        if rule in unique:  # the first row of a key is not the repetition
            repeated = ~frame.select(pl.struct(table.key).is_first_distinct()).to_series()
            positions = [position for position in positions if repeated[position]]
        outcome.results.append(_observed(table, config, result, rule, severity))
        if severity == "critical":
            outcome.rejects += [_reject(table, frame, position, rule) for position in positions]
            bad.update(positions)
    keep = pl.Series([position not in bad for position in range(frame.height)], dtype=pl.Boolean)
    return frame.filter(keep) if bad else frame


def warm_up() -> None:
    """Import Great Expectations in the background, while the run waits for its workers to read."""
    threading.Thread(target=_library, daemon=True).start()


def _library() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations

    return great_expectations


@lru_cache(maxsize=1)
def _context() -> Any:
    gx = _library()
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _run_suite(name: str, suite: list[dict[str, Any]], frame: pl.DataFrame) -> list[Any]:
    """Great Expectations' results for a frame; raises ValidationBroken where an expectation cannot run."""
    context = _context()
    source = context.data_sources.add_or_update_pandas("package")
    batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
    pandas = frame.to_pandas(use_pyarrow_extension_array=True)
    # COMPLETE without index columns gives the positions of all failing rows.
    validated = batch.get_batch({"dataframe": pandas}).validate(
        _library().ExpectationSuite(name=name, expectations=suite), result_format={"result_format": "COMPLETE"}
    )
    for result in validated.results:
        if _raised(result):
            config = result.expectation_config
            raise ValidationBroken(
                f"expectation {config.meta['rule']} on {name} failed to run: {result.exception_info}"
            )
    return list(validated.results)


def _raised(result: Any) -> bool:
    info = result.exception_info or {}
    parts = [info, *(part for part in info.values() if isinstance(part, dict))]
    return any(part.get("raised_exception") for part in parts)


def _observed(table: Table, config: Any, result: Any, rule: str, severity: str) -> dict[str, Any]:
    values = result.result
    observed = values.get("observed_value")
    if observed is None and values.get("unexpected_percent") is not None:
        observed = f"{100 - values['unexpected_percent']:.2f} % as expected"
    return {
        "suite": table.name,
        "rule": rule,
        "expectation": config.type,
        "column_name": config.kwargs.get("column"),
        "severity": severity,
        "success": bool(result.success),
        "observed_value": None if observed is None else str(observed)[:200],
        "unexpected_count": values.get("unexpected_count"),
    }


def _reject(table: Table, frame: pl.DataFrame, position: int, rule: str) -> dict[str, Any]:
    row = frame.row(position, named=True)
    return {
        "table_name": table.name,
        "article_id": row.get("article_id"),
        "row_key": "/".join(str(row[part]) for part in table.key),
        "rule": rule,
        "severity": "critical",
        "reason": f"{table.name}: {rule.replace('_', ' ')} does not hold",
        "row_json": json.dumps(row, default=str, ensure_ascii=True),
    }
