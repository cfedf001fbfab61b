"""Keys that turn out to be one thing."""

from __future__ import annotations

from collections.abc import Iterable


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

    def moved(self) -> Iterable[str]:
        """The keys that another one stands for."""
        return self._parent.keys()
