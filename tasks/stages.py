"""One Prefect task a stage: its name in the UI, its tags and its retries. The work itself is in `pipeline/`.

What only writes files is tried again: a full disk may have room, a folder on the network may come back.
"""

from __future__ import annotations

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from pipeline.publish import PublicationStopped
from pipeline.stages import PLAIN

RETRIES = 2


def _is_worth_a_retry(_task: Any, _run: Any, state: State[Any]) -> bool:
    """A verdict stays the same; a full disk may not."""
    return not isinstance(state.result(raise_on_failure=False), PublicationStopped)


# A run, in its order.
recover = task(name="recover", tags={"recover"}, cache_policy=NO_CACHE)(PLAIN.recover)
discover = task(name="discover", tags={"discover"}, cache_policy=NO_CACHE)(PLAIN.discover)
read = task(name="read", tags={"read"}, cache_policy=NO_CACHE)(PLAIN.read)
deduplicate = task(name="deduplicate", tags={"deduplicate"}, cache_policy=NO_CACHE)(PLAIN.deduplicate)
annotate = task(
    name="annotate", tags={"annotate"}, cache_policy=NO_CACHE, task_run_name="annotate batch {batch.number}"
)(PLAIN.annotate)  # fmt: skip
validate = task(
    name="validate", tags={"validate"}, cache_policy=NO_CACHE, task_run_name="validate batch {batch.number}"
)(PLAIN.validate)  # fmt: skip
package = task(
    name="package", tags={"package"}, cache_policy=NO_CACHE, retries=RETRIES, task_run_name="package {package_id}"
)(PLAIN.package)  # fmt: skip
load = task(
    name="load", tags={"load"}, cache_policy=NO_CACHE, retries=RETRIES, task_run_name="load {folder.name}"
)(PLAIN.load)  # fmt: skip
publish = task(
    name="publish", tags={"publish"}, cache_policy=NO_CACHE, retries=RETRIES, retry_condition_fn=_is_worth_a_retry
)(PLAIN.publish)  # fmt: skip

# On a cluster.
send_batch = task(
    name="send", tags={"send"}, cache_policy=NO_CACHE, retries=RETRIES, task_run_name="send batch {batch.number}"
)(PLAIN.send_batch)  # fmt: skip
annotate_on_worker = task(
    name="annotate on worker", tags={"annotate"}, cache_policy=NO_CACHE, task_run_name="annotate batch {sent.number}"
)(PLAIN.annotate_on_worker)  # fmt: skip
fetch_batch = task(
    name="fetch", tags={"fetch"}, cache_policy=NO_CACHE, retries=RETRIES, task_run_name="fetch {done.name}"
)(PLAIN.fetch_batch)  # fmt: skip

# Maintenance.
load_packages = task(name="load packages", tags={"load"}, cache_policy=NO_CACHE, retries=RETRIES)(PLAIN.load_packages)
check_packages = task(
    name="check packages", tags={"check"}, cache_policy=NO_CACHE, retries=RETRIES
)(PLAIN.check_packages)  # fmt: skip
check_published = task(
    name="check published", tags={"check"}, cache_policy=NO_CACHE, retries=RETRIES
)(PLAIN.check_published)  # fmt: skip
