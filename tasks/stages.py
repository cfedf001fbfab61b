"""One Prefect task a stage: its name in the UI, its tags and its retries. The work itself is in `pipeline/`.

What only writes files is tried again: a full disk may have room, a folder on the network may come back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from pipeline.publish import PublicationStopped
from pipeline.stages import PLAIN

RETRIES = 2


def _is_worth_a_retry(_task: Any, _run: Any, state: State[Any]) -> bool:
    """A verdict stays the same; a full disk may not."""
    return not isinstance(state.result(raise_on_failure=False), PublicationStopped)


P = ParamSpec("P")
R = TypeVar("R")


def _task(work: Callable[P, R], name: str, *tags: str, **options: Any) -> Task[P, R]:
    """The task of one stage. Tagged with its name unless told otherwise; never answered from Prefect's cache."""
    return task(name=name, tags=set(tags or [name]), cache_policy=NO_CACHE, **options)(work)


# A run, in its order.
recover = _task(PLAIN.recover, "recover")
discover = _task(PLAIN.discover, "discover")
recognise = _task(PLAIN.recognise, "recognise")
read = _task(PLAIN.read, "read")
deduplicate = _task(PLAIN.deduplicate, "deduplicate")
annotate = _task(PLAIN.annotate, "annotate", task_run_name="annotate batch {batch.number}")
validate = _task(PLAIN.validate, "validate", task_run_name="validate batch {batch.number}")
package = _task(PLAIN.package, "package", task_run_name="package {package_id}", retries=RETRIES)
load = _task(PLAIN.load, "load", task_run_name="load {folder.name}", retries=RETRIES)
publish = _task(PLAIN.publish, "publish", retries=RETRIES, retry_condition_fn=_is_worth_a_retry)

# On a cluster.
send_batch = _task(PLAIN.send_batch, "send", task_run_name="send batch {batch.number}", retries=RETRIES)
annotate_on_worker = _task(
    PLAIN.annotate_on_worker, "annotate on worker", "annotate", task_run_name="annotate batch {sent.number}"
)
fetch_batch = _task(PLAIN.fetch_batch, "fetch", task_run_name="fetch {done.name}", retries=RETRIES)

# Maintenance.
load_packages = _task(PLAIN.load_packages, "load packages", "load", retries=RETRIES)
check_packages = _task(PLAIN.check_packages, "check packages", "check", retries=RETRIES)
check_published = _task(PLAIN.check_published, "check published", "check", retries=RETRIES)
