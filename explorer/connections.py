"""Connections that end: uvicorn itself waits for ever for the rest of a request, and for an answer to be fetched."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
# From the request to the last byte of its answer; a statement has ten of them.
ANSWER_SECONDS = 60.0


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 with a limit of time for a whole request, however slowly it drips, and one for its answer."""

    request_seconds = REQUEST_SECONDS
    answer_seconds = ANSWER_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._limit: asyncio.TimerHandle | None = None
        self._timed: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin(self.request_seconds)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not (self._is_answering() or self.transport.get_write_buffer_size()):  # else the answer is not fetched yet
            self._begin(self.request_seconds)
        self._follow()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _follow(self) -> None:
        """A new request has come whole: the time for its answer begins."""
        if self._is_answering() and self.cycle is not self._timed:
            self._timed = self.cycle
            self._begin(self.answer_seconds)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _begin(self, seconds: float) -> None:
        self._stop()
        self._limit = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
