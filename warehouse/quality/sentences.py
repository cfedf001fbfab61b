"""A measure out of its bounds as a sentence: how many of how many, what was expected, which articles show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def sentence(measured: Mapping[str, Any], says: str, see: str | None) -> str:
    """`14 of 120 articles (12 %) have no known day of publication, more than the 10 % that are usual; for example ...`.

    `measured` is a row of `run_quality`, `says` and `see` are those of its measure in bounds.yml.
    """
    value, cases = measured["value"], measured["cases"]
    told = says.format(
        n=_number(round(value * cases)) if cases else "", of=_number(cases or 0), share=_share(value),
        value=_number(value), detail=measured["detail"],
    )  # fmt: skip
    examples = f"; for example {', '.join(measured['examples'])}" if measured["examples"] else ""
    return told + _expected(measured) + examples + (f": `warta query {see}`" if see else "")


def _expected(measured: Mapping[str, Any]) -> str:
    low, high = measured["minimum"], measured["maximum"]
    written = _share if measured["measure"].endswith("_share") else _number
    if low is not None and high is not None:
        return f", where {written(low)} to {written(high)} are usual"
    if low is not None:
        return f", fewer than the {written(low)} that are usual"
    return f", more than the {written(high)} that are usual" if high else ", where there should be none"


def _share(value: float) -> str:
    return f"{_number(100 * value, digits=1 if value < 0.1 else 0)} %"


def _number(value: float, digits: int = 2) -> str:
    written = f"{value:,.{digits}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
