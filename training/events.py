"""Train the event models on the annotated articles and write warta/model/events.json.

    python -m training.events            train on all of gold/train
    python -m training.events --cv       figures by cross-validation over whole articles of gold/train

Names, times and quotes are those that the chain finds. Besides the annotated articles it learns from the made-up news
of training/event_sentences.txt.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.evaluate import evaluate
from training.event_sentences import load_sentences
from training.gold import GoldArticle, load_gold, scorer
from training.linear import fit, joint
from training.readings import load_readings
from warta.chain import STAGES
from warta.events import extraction
from warta.events.features import date_features, place_features, status_features, trigger_candidates, type_features
from warta.events.triggers import TriggerCandidate
from warta.events.types import event_types
from warta.model import EventModels, shipped
from warta.model.logistic import Weights
from warta.records import Document, TimeExpression
from warta.text.token_view import TokenView
from warta.times.timex import date_range

MODEL = Path(__file__).resolve().parents[1] / "warta" / "model" / "events.json"
L2 = {"trigger": 2.0, "type": 1.0, "status": 0.5, "date": 4.0, "place": 2.0, "actor": 2.0, "target": 2.0}
THRESHOLDS = {"trigger": 0.42, "date": 0.1, "place": 0.13, "actor": 0.3, "target": 0.3}

READ_COUNTS = 1.0  # what an example of our own readings counts beside an annotated one
MADE_UP_COUNTS = 0.5  # what a made-up example counts beside a real one; chosen by cross-validation
MADE_UP = "made up"  # takes up that made-up news is denser in events than real news; no article of the world has it

Rows = dict[str, tuple[list[list[str]], list[bool]]]
Parts = list[tuple[float, list[Rows]]]


@lru_cache(maxsize=1)
def _same_name() -> Any:
    return scorer().same_name


def before_events(item: GoldArticle) -> Document:
    """The article after every stage before the events."""
    document = Document(item.article)
    for name, stage in STAGES.items():
        if name != "events":
            stage(document, shipped())
    return document


def read_by_us() -> Iterator[GoldArticle]:
    """Our own readings in the gold's form: most have triggers, types and status alone."""
    for reading in load_readings():
        if reading.events is not None:
            text, found = reading.article.text, []
            told = reading.told or [{} for _ in reading.events]
            for (start, end, kind, status), more in zip(reading.events, told, strict=True):
                found.append({"trigger": text[start:end], "at": start, "type": kind, "status": status, **more})
            entities = [{"name": s[0], "type": kind, "surfaces": s} for kind, s in reading.entities or []]
            yield GoldArticle(reading.article, {}, {"entities": entities, "quotes": [], "events": found})


def gold_triggers(document: Document, gold: dict[str, Any]) -> list[tuple[int, int, dict[str, Any]]]:
    """The annotated events with the span of their trigger in the cleaned text."""
    text, found = document.article.text, []
    for event in gold["events"]:
        if "at" in event:  # made-up news knows the place
            found.append((event["at"], event["at"] + len(event["trigger"]), event))
            continue
        sentence = text.find(event["sentence"])
        if sentence >= 0:
            start = sentence + event["sentence"].find(event["trigger"])
            found.append((start, start + len(event["trigger"]), event))
    return found


def rows_of(item: GoldArticle, document: Document, *marks: str) -> Rows:
    """Features and answers for every model, from one article; `marks` are features of all its candidates."""
    rows: Rows = defaultdict(lambda: ([], []))
    view, tokens = TokenView(document), document.tokens

    def add(model: str, features: Iterable[str], answer: bool) -> None:
        rows[model][0].append(list(features))
        rows[model][1].append(answer)

    gold = gold_triggers(document, item.gold)
    found: list[tuple[TriggerCandidate, dict[str, Any]]] = []
    for c, of_trigger in trigger_candidates(view):
        start, end = tokens[c.first].start, tokens[c.last - 1].end
        event = next((e for a, b, e in gold if start < b and a < end), None)
        if not view.direct[c.first]:
            add("trigger", [*of_trigger, *marks], event is not None)
            if event:
                found.append((c, event))
    so_far: dict[str, int] = {}
    for c, event in found:
        others = [o for o, _ in found if o.sentence == c.sentence]
        rivals = [o.first for o in others if o is not c]
        for kind in event_types():
            if kind in c.types or kind == event["type"]:
                add("type", type_features(view, c, kind, so_far), kind == event["type"])
        so_far[event["type"]] = so_far.get(event["type"], 0) + 1
        features = list(status_features(view, c, event["type"]))
        for status in extraction.STATUSES:
            add(status, features, status == event["status"])
        if "actors" not in event:  # our own readings stop here
            continue
        for first, last, time in extraction.dates_near(view, c):
            add("date", date_features(view, c, first, last, rivals), _right_date(event, time))
        for first, last, mention in extraction.places_near(view, c):
            right = bool(event["place"]) and _same_name()(
                document.entities[mention.entity].name, event["place"], item.gold["entities"]
            )
            add("place", place_features(view, c, first, last, rivals), right)
        _add_parts(add, view, c, event, others, item)
    return rows


def _right_date(event: dict[str, Any], time: TimeExpression) -> bool:
    if "date_text" in event:
        return bool(event["date_text"]) and event["date_text"] in time.text
    span = date_range(time.value)
    return bool(event["date"] and span and str(span[0]).startswith(event["date"].rstrip("X")))


def _add_parts(
    add: Any,
    view: TokenView,
    c: TriggerCandidate,
    event: dict[str, Any],
    others: list[TriggerCandidate],
    item: GoldArticle,
) -> None:
    for phrase, features in extraction.options_for_parts(view, c, event["type"], others):
        name = extraction.participant(view, phrase, "actor").name
        for role in ("actor", "target"):
            right = any(_same_name()(name, wanted, item.gold["entities"]) for wanted in event[role + "s"])
            add(role, features, right)


def train(parts: Parts) -> EventModels:
    """Models of parts of the material, each with what one of its examples counts."""

    def learn(name: str) -> Weights:
        features = [f for _, part in parts for rows in part for f in rows[name][0]]
        answers = [a for _, part in parts for rows in part for a in rows[name][1]]
        counts = [count for count, part in parts for rows in part for _ in rows[name][1]]
        return fit(features, answers, L2.get(name, L2["status"]), counts)

    return EventModels(
        trigger=learn("trigger"),
        type=learn("type"),
        status=joint([learn(status) for status in extraction.STATUSES]),
        date=learn("date"),
        place=learn("place"),
        role=joint([learn(role) for role in extraction.ROLES]),
        thresholds=dict(THRESHOLDS),
    )


def cross_validate(
    items: list[GoldArticle], documents: list[Document], all_rows: list[Rows], beside: Parts, folds: int = 6
) -> dict[str, Any]:
    """The scorer's figures where every article is read by models that have not seen it."""
    for k in range(folds):
        models = train([(1.0, [rows for i, rows in enumerate(all_rows) if i % folds != k]), *beside])
        for i, document in enumerate(documents):
            if i % folds == k:
                document.events = extraction.extract_events(document, models)
    return evaluate(items, documents)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cv", action="store_true")
    options = parser.parse_args()
    items = load_gold("train")
    documents = [before_events(item) for item in items]
    all_rows = [rows_of(*pair) for pair in zip(items, documents, strict=True)]
    beside = [
        (READ_COUNTS, [rows_of(item, before_events(item)) for item in read_by_us()]),
        (MADE_UP_COUNTS, [rows_of(item, before_events(item), MADE_UP) for item in load_sentences()]),
    ]
    if options.cv:
        for name, value in cross_validate(items, documents, all_rows, beside).items():
            print(name, value)
    else:
        models = train([(1.0, all_rows), *beside])
        MODEL.write_text(json.dumps(asdict(models), ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")


if __name__ == "__main__":
    main()
