"""Train the event models on the annotated articles and write warta/model/events.json.

    python -m training.events            train on all of gold/train
    python -m training.events --cv       figures by cross-validation over whole articles of gold/train

Names and coreference are the annotated ones, times and quotes those that the chain finds.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.evaluate import evaluate, use_gold_names
from training.gold import GoldArticle, load_gold, scorer
from training.linear import fit
from warta import events, logistic
from warta.annotate import STAGES
from warta.context import Context
from warta.dates import date_range
from warta.event_features import link_features, status_features, trigger_features, type_features
from warta.logistic import Weights
from warta.records import Document
from warta.triggers import Candidate, candidates

MODEL = Path(__file__).resolve().parents[1] / "warta" / "model" / "events.json"
L2 = {"trigger": 1.0, "type": 1.0, "status": 1.0, "date": 1.0, "place": 1.0, "actor": 1.0, "target": 1.0}
THRESHOLDS = {"trigger": 0.27, "date": 0.4, "place": 0.4, "actor": 0.4, "target": 0.4}

Rows = dict[str, tuple[list[list[str]], list[bool]]]


@lru_cache(maxsize=1)
def _same_name() -> Any:
    return scorer().same_name


def before_events(item: GoldArticle) -> Document:
    """The article with the annotated names and every stage before the events."""
    document = Document(item.article)
    for name, stage in STAGES.items():
        if name == "names":
            use_gold_names(document, item)
        elif name != "events":
            stage(document)
    return document


def gold_triggers(document: Document, gold: dict[str, Any]) -> list[tuple[int, int, dict[str, Any]]]:
    """The annotated events with the span of their trigger in the cleaned text."""
    text, found = document.article.text, []
    for event in gold["events"]:
        sentence = text.find(event["sentence"])
        if sentence >= 0:
            start = sentence + event["sentence"].find(event["trigger"])
            found.append((start, start + len(event["trigger"]), event))
    return found


def rows_of(item: GoldArticle, document: Document) -> Rows:
    """Features and answers for every model, from one article."""
    rows: Rows = defaultdict(lambda: ([], []))
    context, tokens = Context.of(document), document.tokens

    def add(model: str, features: Iterable[str], answer: bool) -> None:
        rows[model][0].append(list(features))
        rows[model][1].append(answer)

    gold = gold_triggers(document, item.gold)
    seen: set[str] = set()
    ranks: dict[int, int] = defaultdict(int)
    found: list[tuple[Candidate, dict[str, Any]]] = []
    for c in candidates(context):
        start, end = tokens[c.first].start, tokens[c.last - 1].end
        event = next((e for a, b, e in gold if start < b and a < end), None)
        if not context.direct[c.first]:
            add("trigger", trigger_features(context, c, seen, ranks[c.sentence]), event is not None)
            if event:
                found.append((c, event))
        ranks[c.sentence] += 1
        seen.add(c.stem)
    so_far: dict[str, int] = {}
    for c, event in found:
        others = [o for o, _ in found if o.sentence == c.sentence]
        rivals = [o.first for o in others if o is not c]
        for kind in events.event_types():
            if kind in c.types or not c.types or kind == event["type"]:
                add("type", type_features(context, c, kind, so_far), kind == event["type"])
        so_far[event["type"]] = so_far.get(event["type"], 0) + 1
        features = list(status_features(context, c))
        for status in events.STATUSES:
            add(status, features, status == event["status"])
        for first, last, time in events.dates_near(context, c):
            span = date_range(time.value)
            right = bool(event["date"] and span and str(span[0]).startswith(event["date"].rstrip("X")))
            add("date", link_features(context, c, first, last, rivals), right)
        for first, last, mention in events.places_near(context, c):
            right = document.entities[mention.entity].name == event["place"]
            add("place", link_features(context, c, first, last, rivals), right)
        _add_parts(add, context, c, event, others, item)
    return rows


def _add_parts(add: Any, context: Context, c: Candidate, event: dict[str, Any], others: list[Candidate], item: GoldArticle) -> None:
    for phrase, features in events.options_for_parts(context, c, event["type"], others):
        name = events._participant(context, phrase, "actor").name
        for role in ("actor", "target"):
            right = any(_same_name()(name, wanted, item.gold["entities"]) for wanted in event[role + "s"])
            add(role, features, right)


def train(all_rows: list[Rows]) -> dict[str, Weights]:
    models: dict[str, Weights] = {"thresholds": dict(THRESHOLDS)}
    for name in ("trigger", "type", *events.STATUSES, "date", "place", "actor", "target"):
        features = [f for rows in all_rows for f in rows[name][0]]
        answers = [a for rows in all_rows for a in rows[name][1]]
        models[name] = fit(features, answers, L2.get(name, L2["status"]))
    return models


def cross_validate(items: list[GoldArticle], documents: list[Document], all_rows: list[Rows], folds: int = 6) -> dict[str, Any]:
    """The scorer's figures where every article is read by models that have not seen it."""
    for k in range(folds):
        models = train([rows for i, rows in enumerate(all_rows) if i % folds != k])
        events.weights = lambda name, models=models: models  # type: ignore[assignment, misc]
        for i, document in enumerate(documents):
            if i % folds == k:
                document.events = events.find(document)
    events.weights = logistic.weights
    return evaluate(items, documents)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cv", action="store_true")
    options = parser.parse_args()
    items = load_gold("train")
    documents = [before_events(item) for item in items]
    all_rows = [rows_of(*pair) for pair in zip(items, documents, strict=True)]
    if options.cv:
        for name, value in cross_validate(items, documents, all_rows).items():
            print(name, value)
    else:
        MODEL.write_text(json.dumps(train(all_rows), ensure_ascii=False, indent=0, sort_keys=True), "utf-8")


if __name__ == "__main__":
    main()
