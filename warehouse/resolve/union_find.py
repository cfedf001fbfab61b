"""Keys that turn out to be one thing, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Join:
    """Two keys that are one thing: the rule that says so and what it saw."""

    a: str
    b: str
    rule: str
    because: str


class UnionFind:
    """The smallest key of a set stands for it, so that the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The key that stands for the set of this one; a key that was never joined stands for itself."""
        root = key
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(key, key)) != root:  # next time the way is short
            self._parent[key], key = root, above
        return root

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.of(a), self.of(b)))
        if low != high:
            self._parent[high] = low
