"""Generated JSON and CSV files whose contents are known: as many documents come out as articles were put in.

Every good article is found with its text, every broken one is a rejection, and nothing else comes out.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from warta.readers.files import read
from warta.records import RawDocument

WORDS = "hujan, sungai warga pasar kapal, jalan pagi petugas listrik sawah nelayan, pelabuhan sekolah panen"
HEADERS = ["id title text", "isi judul url id", "id isi", "url teks kanal", "judul isi", "kanal judul teks"]


@dataclass
class Planted:
    """The content of a file: the texts that must be found, and the number of records that must be rejected."""

    name: str
    data: str
    texts: list[str] = field(default_factory=list)
    broken: int = 0


class Maker:
    """Articles by number, each with a text of its own, written in a random way."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        self.texts: list[str] = []
        self.broken = 0

    def prose(self, words: int) -> str:
        return " ".join(self.chance.choice(WORDS.split()) for _ in range(words)).strip(",").capitalize()

    def text(self, *, lines: int = 1) -> str:
        """A text that no other article has; lines with commas, decimals and quotes."""
        self.number += 1
        more = [f'{self.prose(6)}, naik 2,5 persen. "{self.prose(3)}," kata warga.' for _ in range(lines - 1)]
        return "\n".join([f"Berita nomor {self.number} tentang {self.prose(5)}.", *more])

    def good(self, text: str) -> str:
        self.texts.append(text)
        return text


def test_a_few(tmp_path: Path) -> None:
    for seed in range(200):
        check(seed, tmp_path)


@pytest.mark.whole
def test_three_thousand(tmp_path: Path) -> None:
    for seed in range(3_000):
        check(seed, tmp_path)


def check(seed: int, folder: Path) -> None:
    kinds = [json_file, jsonl_file, csv_file]
    planted = kinds[seed % 3](Maker(seed))
    path = folder / planted.name
    path.write_text(planted.data, encoding="utf-8", newline="")
    found = list(read(path, "uri"))
    texts = [document.text for document in found if isinstance(document, RawDocument)]
    assert sorted(texts) == sorted(planted.texts), f"seed {seed}:\n{planted.data}"
    reasons = [document for document in found if not isinstance(document, RawDocument)]
    assert len(reasons) == planted.broken, f"seed {seed}: {reasons}\n{planted.data}"
    places = [document.locator for document in found]
    assert len(set(places)) == len(places), f"seed {seed}: {places}"


# JSON


def record(maker: Maker, *, with_id: bool = True) -> str:
    """An object of JSON with an article, or with one that cannot be read."""
    chance = maker.chance
    name = chance.choice(["text", "isi", "Isi", "content", "isi_berita"])
    parts = [(chance.choice(["title", "judul"]), json.dumps(maker.prose(3)))]
    if with_id and chance.random() < 0.8:
        parts.append(("id", json.dumps(f"a{maker.number}")))
    text = maker.text(lines=chance.randint(1, 3))
    fault = chance.choices(["", "deep", "empty", "twice", "broken"], [8, 1, 1, 1, 1])[0]
    if not fault:
        maker.good(text)
        kind = chance.randrange(5)
        parts.append((name, json.dumps(text.split("\n") if kind == 0 else text)))
        if kind == 1:  # the same key again, or one that reads alike, with nothing or the same in it
            again = chance.choice([name, name.upper(), f" {name}"])
            parts.insert(chance.randrange(len(parts) + 1), (again, chance.choice(['""', "null", json.dumps(text)])))
        if kind == 2:
            parts.append(("x", nest('"y"', chance.choice([60, 300, 700]))))
        if kind == 3:
            parts.append(("komentar", json.dumps([{"nama": "x", "text": "setuju"}])))
    else:
        maker.broken += 1
        parts += {
            "deep": [(name, json.dumps(text)), ("author", nest('"y"', chance.choice([80, 700, 3_000])))],
            "empty": [(name, '" "')],
            "twice": [(name, json.dumps(text)), (name.swapcase(), json.dumps(maker.text()))],
            "broken": [(name, json.dumps(text)), ("n", chance.choice(["tidak", "01", "'x'", ""]))],
        }[fault]
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in parts) + "}"


def nest(inner: str, levels: int) -> str:
    return "[" * levels + inner + "]" * levels


def whole_record(maker: Maker) -> str:
    """An object with an article that can be read."""
    return json.dumps({"id": f"a{maker.number}", "title": maker.prose(3), "text": maker.good(maker.text(lines=2))})


def json_file(maker: Maker) -> Planted:
    chance = maker.chance
    gap = chance.choice([" ", "\n", ""])

    def records(least: int = 1) -> str:
        # The first one is good: a list without any article is no list of articles.
        return f",{gap}".join([whole_record(maker), *(record(maker) for _ in range(chance.randint(least, 5)))])

    def by_id() -> str:
        items = [whole_record(maker), *(record(maker, with_id=False) for _ in range(chance.randint(1, 4)))]
        return "{" + ", ".join(f'"k{number}": {item}' for number, item in enumerate(items)) + "}"

    def own() -> str:
        text = json.dumps(maker.good(maker.text()))
        return f'{{"judul": "Kumpulan", "isi": {text}, "terkait": [{records()}]}}'

    shapes: list[Callable[[], str]] = [
        lambda: f"[{records()}]",
        lambda: f'{{"meta": {{"n": 2, "title": "Ekspor"}}, "data": {{"articles": [{records()}]}}}}',
        lambda: f'{{"politik": [{records()}], "ekonomi": [{records()}], "kosong": []}}',
        lambda: f'{{"a": {{"b": {{"c": {{"d": [{records()}]}}}}}}, "e": [{records()}]}}',
        by_id,
        lambda: f'{{"status": "ok", "hasil": {by_id()}}}',
        own,
        lambda: f"[[{records()}], [{records()}]]",
        lambda: f"[{records()}]\n[{records()}]",
    ]
    data = chance.choice(shapes)()
    return Planted("a.json", data, maker.texts, maker.broken)


def jsonl_file(maker: Maker) -> Planted:
    lines = []
    for _ in range(maker.chance.randint(1, 8)):
        kind = maker.chance.randrange(6)
        if kind == 0:
            lines.append(f'{{"text": {json.dumps(maker.good(maker.text()))}, "lain": [{whole_record(maker)}]}}')
        elif kind == 1:
            lines.append(f'{{"berita": [{whole_record(maker)}, {whole_record(maker)}]}}')
        elif kind == 2:
            maker.broken += 1
            lines.append(maker.chance.choice(['{"text": "terpotong', "[1, 2]", '{"judul": "tanpa isi"}', "teks"]))
        else:
            lines.append(record(maker))
    return Planted("a.jsonl", "\n".join(lines), maker.texts, maker.broken)


# CSV


def csv_file(maker: Maker) -> Planted:
    """Rows of a table, some of them broken; a stray quote stands before rows that must not be lost with it."""
    chance = maker.chance
    delimiter = chance.choice(",;\t")
    header = chance.choice(HEADERS).split()
    lines = [delimiter.join(header)]
    end = chance.choice(["\n", "\r\n"])

    def cell(name: str, text: str) -> str:
        number = maker.number
        return {
            "id": str(1_000 + number),
            "url": f"https://kabar.example/{number}",
            "kanal": "daerah",
            "title": maker.prose(3).replace(",", ""),
            "judul": maker.prose(3).replace(",", ""),
        }.get(name, text)

    def written(cells: list[str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=chance.choice([0, 0, 1])).writerow(cells)
        return out.getvalue().removesuffix("\r\n")

    def row(text: str) -> list[str]:
        return [cell(name, text) for name in header]

    fault = ""
    for _ in range(chance.randint(3, 12)):
        # Behind a stray quote a row that is too long may be reported with it: it could as well be prose.
        fault = chance.choices(["", "stray", "junk", "width"], [6, 1, 1, fault != "stray"])[0]
        if not fault:
            lines.append(written(row(maker.good(maker.text(lines=chance.choice([1, 1, 2, 3, 6]))))))
            continue
        maker.broken += 1
        text = maker.text().replace(delimiter, "")
        lines.append(
            {
                "stray": delimiter.join(f'"{value}' if value is text else value for value in row(text)),
                "width": delimiter.join([*row(text), "lebih"]),
                "junk": delimiter.join(f'"{value}" lagi' if value is text else value for value in row(text)),
            }[fault]
        )
    return Planted("a.csv", end.join(lines) + end, maker.texts, maker.broken)
