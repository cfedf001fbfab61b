"""Flow runs that ended without telling the server, which shows them as running until the next run corrects it.

A flow run holds a lock on a file of its own while it lives. The kernel drops the lock with the process, however that
ends; a file without a lock is a run that was killed, or whose server had gone.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from warehouse.home import Home

log = logging.getLogger("warta")


@contextmanager
def mark_running(home: Home, flow_run_id: str, *, server_reachable: Callable[[], bool]) -> Iterator[None]:
    """Show that the flow run lives while the block runs, after marking as crashed those that died.

    `server_reachable`: whether the server can be told how this run ends; where not, the next run tells it.
    """
    home.create()
    folder = home.root / "flow-runs"
    folder.mkdir(mode=0o700, exist_ok=True)
    _mark_dead(folder)
    path, unlocked = folder / flow_run_id, folder / f".{flow_run_id}"
    unlocked.touch(mode=0o600)
    with unlocked.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        unlocked.rename(path)
        try:
            yield
        finally:
            if server_reachable():
                path.unlink(missing_ok=True)


def _mark_dead(folder: Path) -> None:
    """A server that cannot be reached or does not know the run costs only the mark."""
    dead = [path for path in folder.glob("[!.]*") if _is_dead(path)]
    if not dead:
        return
    with get_client(sync_client=True) as client:
        for path in dead:
            try:
                _mark(client, UUID(path.name))
                path.unlink(missing_ok=True)
            except Exception as error:
                log.warning("the server could not be told that flow run %s ended: %s", path.name, error)


def _is_dead(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _mark(client: SyncPrefectClient, flow_run_id: UUID) -> None:
    try:
        flow_run = client.read_flow_run(flow_run_id)
    except ObjectNotFound:
        return  # another server's
    if flow_run.state is None or not flow_run.state.is_final():
        message = "It was killed, or its server was away. The next run loads what it had packaged and ingests the rest."
        client.set_flow_run_state(flow_run_id, Crashed(message=message), force=True)
        log.warning("flow run %s ended without telling; the server now shows it as crashed", flow_run.name)
