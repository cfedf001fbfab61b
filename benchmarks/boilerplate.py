"""What cleaning leaves of boilerplate in articles of many outlets, and what it takes away.

    python -m benchmarks.boilerplate [--cuts 100] [--names] [--seed 17]

Prints for each kind of boilerplate how many articles have it before and after, how many cuts each rule made, and, with
`--cuts`, so many random ones between the words that stood around them, to be read. `--names` annotates the articles too
and counts the names that hold an outlet or a label.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from typing import Any

from training.gold import SHARED
from warta.chain import annotate_article
from warta.records import Article, Cut, RawDocument
from warta.text.clean import to_article

SIZE, SEED, AROUND = 700, 17, 90
KINDS = {
    "dateline": r"\A.{0,700}?(?:KOMPAS\.com|\((?:ANTARA|Antara)[^)\n]{0,20}\)|CNN Indonesia|KONTAN\.CO\.ID)\s?[-–—]"
    r"|TEMPO\.CO,|Liputan6\.com, [A-Z]|Bisnis\.com,? [A-Z]{4}",
    "Baca juga": r"(?i:baca\s?(?:juga|pula)\s?:)|BACA JUGA",
    "Pewarta, Editor": r"(?:Pewarta|Penerjemah|Editor|Reporter|Penulis|Uploader)\s?:",
    "copyright": r"(?i:copyright|dilarang keras meng)|©",
    "Pilihan Editor": r"(?i:pilihan editor)",
    "Halaman Selanjutnya": r"Halaman (?:Selanjutnya|Berikutnya)",
    "Advertisement": r"(?i:\badvertisement\b)",
    "Load More": r"Load More",
    "Tags": r"\bTags?\s?:",
    "embedded": r"\[(?:Gambas|video|img|embed)\b",
}
NAMES = re.compile(r"\bEditor\b|Copyright|COPYRIGHT|ANTARA|KOMPAS\.com|TEMPO\.CO")


def sample(seed: int = SEED) -> list[dict[str, Any]]:
    """The articles that are measured, for a seed the same ones every time. Those of `SEED` are no training data."""
    text = (SHARED / "corpora" / "outlets" / "articles.jsonl").read_text("utf-8")
    return random.Random(seed).sample([json.loads(line) for line in text.strip().split("\n")], SIZE)


def cleaned(row: dict[str, Any]) -> Article:
    raw = RawDocument("", "", "", "", 0, row["text"], title=row["title"], url=row["url"], external_id=str(row["id"]))
    article = to_article(raw)
    assert isinstance(article, Article)
    return article


def shown(article: Article, cut: Cut) -> str:
    before = article.text[max(0, cut.at - AROUND) : cut.at]
    after = article.text[cut.at : cut.at + AROUND]
    return f"{article.outlet} {cut.rule}: {before}【{cut.text}】{after}".replace("\n", "⏎")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=0, help="print so many random cuts")
    parser.add_argument("--names", action="store_true", help="annotate, count names with an outlet or a label")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    rows = sample(options.seed)
    articles = [cleaned(row) for row in rows]
    print(f"{'kind':22}{'before':>8}{'after':>8}")
    for kind, pattern in KINDS.items():
        found = re.compile(pattern)
        before = sum(bool(found.search(row["text"])) for row in rows)
        left = [article for article in articles if found.search(article.text)]
        print(f"{kind:22}{before:8}{len(left):8}", *(article.external_id for article in left[:5]))
    cuts = [(article, cut) for article in articles for cut in article.cuts]
    print(len(cuts), "cuts:", dict(Counter(cut.rule for _, cut in cuts).most_common()))
    for article, cut in random.Random(options.seed).sample(cuts, min(options.cuts, len(cuts))):
        print("-", shown(article, cut))
    if options.names:
        names = [m.text for article in articles for m in annotate_article(article).mentions if m.form == "name"]
        print(len(names), "names, with an outlet or a label:", Counter(filter(NAMES.search, names)).most_common())


if __name__ == "__main__":
    main()
