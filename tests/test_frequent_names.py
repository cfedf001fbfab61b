"""The hundred most frequent names of a real corpus, with verdicts by hand: nearly all rightly joined, none wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipeline.summary import RunSummary
from warehouse.db import reader

NAMES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("frequent_names.yml").read_text("utf-8"))


def test_hundred_frequent_names(detik_run: RunSummary) -> None:
    """Which names an article finds depends on the extraction; what is found must be joined as the list says."""
    with reader(detik_run.home.published) as connection:
        query = "SELECT type, name, entity_id FROM entity_links WHERE rule <> 'local_body'"
        links = connection.execute(query).fetchall()
    entities: dict[tuple[str, str], set[str]] = {}
    for type, name, entity in links:
        entities.setdefault((type, name), set()).add(entity)
    listed: dict[str, set[str]] = {}
    rightly = 0
    for known in NAMES:
        found = [entities[known["type"], name] for name in known["joined"] if (known["type"], name) in entities]
        held = set().union(*found)
        # A short name may be somebody else in one article or another; the full ones are one thing.
        full = set().union(*(entities.get((known["type"], n), set()) for n in known["joined"] if " " in n)) or held
        rightly += known["right"] and len(full) == 1
        for entity in full:
            listed.setdefault(entity, set()).add(known["name"])
    judged = {(known["type"], name) for known in NAMES for name in known["joined"]}
    unjudged = {of for of, held in entities.items() if " " in of[1] and held & listed.keys() and of not in judged}
    assert len(NAMES) == 100
    assert rightly >= 95
    assert [names for names in listed.values() if len(names) > 1] == []  # nothing that is two things was joined
    assert len(unjudged) <= 10, f"give these a verdict in frequent_names.yml: {sorted(unjudged)}"
