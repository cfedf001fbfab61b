"""Who is told when something is wrong: automations of the Prefect server that call a webhook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events import emit_event
from prefect.events.actions import CallWebhook, ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

from pipeline.summary import RunSummary

ADDED, MANY_REJECTS = "warta.articles.added", "warta.rejects.many"
# The share of documents that a day of broken downloads exceeds and a usual day does not.
MANY = 0.2

_RUN = "prefect.flow-run."
_ENDED = {f"{_RUN}{state}" for state in ("Completed", "Failed", "Crashed", "Cancelled", "TimedOut")}
_WRONG = {f"{_RUN}{state}" for state in ("Failed", "Crashed", "TimedOut")}
_BEAT = f"{_RUN}heartbeat"
_OURS = {"prefect.resource.role": "flow", "prefect.resource.name": ["ingest", "check", "rebuild"]}
BLOCK = "warta-alerts"


def report(summary: RunSummary) -> None:
    """Emit the events that the alerts wait for; what was known before was told of then."""
    if summary.unchanged:
        return
    about = {"documents": summary.documents, "rejected": summary.rejected, "run_id": summary.run_id}
    resource = {"prefect.resource.id": f"warta.home.{summary.home.root}"}
    if summary.rows["articles"]:
        emit_event(ADDED, resource=resource, payload={**about, "articles": summary.rows["articles"]})
    if summary.rejected > MANY * summary.documents:
        emit_event(MANY_REJECTS, resource=resource, payload=about)


def install(url: str, quiet: timedelta, longest: timedelta, silence: timedelta) -> list[str]:
    """Make or renew the automations on the server; returns their names."""
    hook = Webhook(url=url)  # type: ignore[arg-type]  # it makes a secret of it
    block = cast(UUID, hook.save(BLOCK, overwrite=True))  # a coroutine only where it is awaited
    made = automations(block, quiet, longest, silence)
    with get_client(sync_client=True) as client:
        for automation in made:
            for old in client.read_automations_by_name(automation.name):
                client.delete_automation(old.id)
            client.create_automation(automation)
    return [automation.name for automation in made]


def automations(webhook: UUID, quiet: timedelta, longest: timedelta, silence: timedelta) -> list[AutomationCore]:
    """`quiet`: without new articles; `longest`: a run; `silence`: of a run, whose heart beats every three minutes."""
    per_run: dict[str, Any] = {"match_related": _OURS, "for_each": {"prefect.resource.id"}}
    absent: dict[str, Any] = {"posture": Posture.Proactive}
    triggers = {
        "no new articles": EventTrigger(expect={ADDED}, within=quiet, **absent),
        "many rejects": EventTrigger(expect={MANY_REJECTS}),
        "a run failed": EventTrigger(expect=_WRONG, **per_run),
        "a run hangs": EventTrigger(after={f"{_RUN}Running"}, expect=_ENDED, within=longest, **per_run, **absent),
        "a run is gone": EventTrigger(after={_BEAT}, expect={_BEAT, *_ENDED}, within=silence, **per_run, **absent),
    }
    message = "no heartbeat: its process or its machine is gone"
    gone = ChangeFlowRunState(name=None, state=StateType.CRASHED, message=message, force=False)
    return [
        AutomationCore(
            name=f"warta: {name}",
            trigger=trigger,
            actions=[*([gone] if name == "a run is gone" else []), _call(webhook, name)],
        )
        for name, trigger in triggers.items()
    ]


def _call(webhook: UUID, name: str) -> CallWebhook:
    """`text` is what chat programs show. There is no event where the alert is that none came."""
    payload = (
        '{"alert": "%s", "text": "warta: %s", "event": {{ event.event | default("") | tojson }},'
        ' "resource": {{ event.resource.id | default("") | tojson }}}'
    )
    return CallWebhook(block_document_id=webhook, payload=payload % (name, name))
