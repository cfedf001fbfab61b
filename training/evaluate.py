"""Score the chain on annotated articles without a warehouse.

    python -m training.evaluate [PART] [--errors N] [--oracle-names]

`--oracle-names` puts the annotated names and entities in place of the found ones, to see the stages below them alone.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, cast

from training.gold import GoldArticle, as_prediction, gold_spans, load_gold, scorer
from warta.chain import STAGES
from warta.model import shipped
from warta.records import Document, Entity, EntityType, Mention


def use_gold_names(document: Document, item: GoldArticle) -> None:
    names = [(e["name"], e["type"], tuple(e["surfaces"])) for e in item.gold["entities"]]
    document.entities = [Entity(*name) for name in names]
    index = {name: i for i, (name, _, _) in enumerate(names)}
    text = document.article.text
    for start, end, kind, name in gold_spans(item):
        sentence = next((s.ordinal for s in document.sentences if s.start <= start < s.end), 0)
        mention = Mention(start, end, text[start:end], cast(EntityType, kind), "name", sentence, index[name])
        document.mentions.append(mention)


def annotate(item: GoldArticle, oracle_names: bool = False) -> Document:
    document = Document(item.article)
    for name, stage in STAGES.items():
        if name == "names" and oracle_names:
            use_gold_names(document, item)
        else:
            stage(document, shipped())
    return document


Problem = tuple[Any, ...]  # article, kind and what was expected or found, as score.py gives them


def evaluate(items: list[GoldArticle], documents: list[Document]) -> tuple[dict[str, Any], list[Problem]]:
    """The scorer's figures and its list of errors for these documents."""
    predictions = {d.article.external_id: as_prediction(d) for d in documents}
    errors: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        for item in items:
            number = item.raw["article_id"]
            Path(folder, f"{number}.article.json").write_text(json.dumps(item.raw), "utf-8")
            Path(folder, f"{number}.json").write_text(json.dumps(item.gold), "utf-8")
        figures = scorer().score(Path(folder), predictions, errors)
    return figures, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", default="dev")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind")
    parser.add_argument("--kind", default="", help="only errors whose kind contains this")
    parser.add_argument("--oracle-names", action="store_true")
    options = parser.parse_args()
    items = load_gold(options.part)
    figures, errors = evaluate(items, [annotate(item, options.oracle_names) for item in items])
    for key, value in figures.items():
        if isinstance(value, dict) and "f1" in value:
            print(f"{key:15} F1 {value['f1']:.3f}  P {value['p']:.3f}  R {value['r']:.3f}  gold {value['gold']}")
        elif isinstance(value, dict):
            print(f"{key:15} {value['acc']:.3f}  of {value['n']}")
        else:
            print(f"{key:15} {value:.3f}")
    seen: Counter[str] = Counter()
    for error in errors:
        seen[error[1]] += options.kind in error[1]
        if options.kind in error[1] and seen[error[1]] <= options.errors:
            print("  ", *error, sep=" | ")


if __name__ == "__main__":
    main()
