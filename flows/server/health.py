"""Can the Prefect server that the environment names be used?"""

from __future__ import annotations

import os


def server_failure() -> str | None:
    """Why the server of PREFECT_API_URL cannot be used; None where it answers or none is named."""
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return None
    from prefect.client.orchestration import get_client  # seconds, and most have no server

    failure = get_client(sync_client=True).api_healthcheck()
    return None if failure is None else f"the Prefect server {address} does not answer: {failure}"
