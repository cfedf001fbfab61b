"""A program of somebody else that opens a database to write to it, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Executes each line that it is sent, and says when it is done.
_PROGRAM = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
for line in sys.stdin:
    connection.execute(line)
    print("done", flush=True)
"""
CREATE = "CREATE TABLE mine AS SELECT 1 AS x"
DELETE = "DELETE FROM articles"
INSERT = "INSERT INTO mine VALUES (2)"


class Client:
    """A program that has opened a database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def does(self, *statements: str) -> None:
        assert self._process.stdin and self._process.stdout
        for statement in statements:
            self._process.stdin.write(f"{statement}\n")
            self._process.stdin.flush()
            assert self._process.stdout.readline() == "done\n"

    def killed(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def client_of(database: Path) -> Iterator[Client]:
    """A client that has opened the database and is killed in the end."""
    database.chmod(0o600)  # as the superuser can, or whoever wants to
    command = [sys.executable, "-c", _PROGRAM, database]
    client = Client(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    try:
        client.does("SELECT 1")
        yield client
    finally:
        client.killed()
