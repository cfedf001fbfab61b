"""Stage 9: what is loaded becomes what readers see, unless a run measures what no run should."""

from __future__ import annotations

import logging
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.states import State

from expectations.runs import unexpected
from warehouse import publish as publisher
from warehouse.home import Home

log = logging.getLogger("warta.publish")


class PublicationStopped(RuntimeError):
    """A new run is not fit to be seen; the published warehouse stays as it was."""


def _is_worth_a_retry(_task: Any, _run: Any, state: State[Any]) -> bool:
    """A verdict stays the same; a full disk may not."""
    return not isinstance(state.result(raise_on_failure=False), PublicationStopped)


@task(name="publish", tags={"publish"}, cache_policy=NO_CACHE, retries=2, retry_condition_fn=_is_worth_a_retry)
def publish(home: Home) -> None:
    """Swap in a new snapshot; raises PublicationStopped where a critical measure of a new run is out of its bounds."""
    made = publisher.prepare(home)
    broken = unexpected(made)
    for measure in broken:
        log.warning("run %s: %s", measure["run_id"], _shown(measure))
    critical = [measure for measure in broken if measure["severity"] == "critical"]
    if critical:
        made.unlink()
        runs = ", ".join(sorted({measure["run_id"] for measure in critical}))
        raise PublicationStopped(
            f"{'; '.join(map(_shown, critical))}. Move the packages of {runs} out of packages/ and run `warta rebuild`"
            " to go on without them"
        )
    publisher.swap(home, made)


def _shown(measure: dict[str, Any]) -> str:
    low, high = measure["minimum"], measure["maximum"]
    bounds = (
        f"at most {high:g}" if not low else f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
    )
    detail = f" ({measure['detail']})" if measure["detail"] else ""
    return f"{measure['measure']} is {measure['value']:.4g}{detail}, expected {bounds}"
