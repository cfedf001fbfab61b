"""The shared cases of hostile files, each with the outcome that is expected of it.

`CASES` names what comes out of one file by itself. What shows only in a whole run stands in `IN_A_RUN`, with the test
that covers its kind.
"""

from __future__ import annotations

import csv
import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import ingest, warta
from warta.readers.files import read
from warta.records import RawDocument, Rejection
from warta.text.clean import to_article

HOSTILE = Path(os.environ.get("WARTA_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "cases" / "hostile"
pytestmark = pytest.mark.skipif(not HOSTILE.exists(), reason="needs the hostile cases, which are not shipped")


@dataclass(frozen=True)
class Expected:
    """Documents that are accepted, and the place and reason of each that is not."""

    accepted: int
    rejected: dict[str, str] = field(default_factory=dict)


CASES = {
    "poison/ld_surrogate_url.html": Expected(1),
    "poison/warc_surrogate.warc": Expected(3),
    "poison/deep_text_line2.jsonl": Expected(5, {"line 2": "too_deep"}),
    "poison/warc_deep_author.warc": Expected(3, {"byte 852": "too_deep"}),
    "poison/rss_bigcharref.rss": Expected(3),
    "poison/two_lists.json": Expected(3),
    "poison/stray_quote2.csv": Expected(49, {"row 3": "broken_csv"}),
    "poison/stray_quote3_merge.csv": Expected(49, {"row 3": "broken_csv"}),
    "poison/dup_columns.csv": Expected(0, {"row 1": "ambiguous_text"}),
    "poison/example-wget-bad-target-uri.warc.gz": Expected(1),
    "poison/csv_formula.jsonl": Expected(14),
    "sur/url/url.html": Expected(1),
    "sur/title/title.html": Expected(1),
    "sur/author/author.html": Expected(1),
    "sur/section/section.html": Expected(1),
}

# Lines of the manifest whose outcome a reader alone does not show.
IN_A_RUN = {"oddnames/make.sh", "mkwarc.py", "long/*.txt.gz"}


@pytest.mark.parametrize("name", CASES)
def test_outcome(name: str) -> None:
    read_as = [
        found if isinstance(found, Rejection) else (found, to_article(found)) for found in read(HOSTILE / name, name)
    ]
    rejected = {found.locator: found.reason for found in read_as if isinstance(found, Rejection)}
    accepted = [found for found in read_as if not isinstance(found, Rejection)]
    assert rejected == CASES[name].rejected
    assert len(accepted) == CASES[name].accepted
    for raw, article in accepted:
        assert not isinstance(article, Rejection), article
        for value in (raw.text, raw.url, raw.title, raw.author, raw.category, article.url):
            (value or "").encode()  # no half of a surrogate pair


def test_rows_behind_a_stray_quote_are_articles_of_their_own() -> None:
    texts = [
        found.text for found in read(HOSTILE / "poison/stray_quote3_merge.csv", "uri") if isinstance(found, RawDocument)
    ]
    assert not any("\n" in text for text in texts)


def test_formulas_are_text_in_an_export(tmp_path: Path) -> None:
    home = ingest(tmp_path / "home", HOSTILE / "poison/csv_formula.jsonl").home
    assert warta("export", tmp_path / "out", "--home", home.root, "--format", "csv").returncode == 0
    cells = [
        cell for path in (tmp_path / "out").rglob("*.csv") for row in csv.reader(path.open(newline="")) for cell in row
    ]
    unseen = "\u200b\u200c\u200d\ufeff\u2060\t\r\n "
    seen = [unicodedata.normalize("NFKC", cell).lstrip(unseen) for cell in cells]
    assert len(cells) > 100
    assert not [cell for cell in seen if cell[:1] in {"=", "+", "@"} or (cell[:1] == "-" and not cell[1:2].isdigit())]


def test_every_line_of_the_manifest_is_covered() -> None:
    lines = (HOSTILE / "MANIFEST.tsv").read_text().splitlines()[1:]
    named = {line.split("\t")[0].split(" ")[0].replace("{title,author,section}", "title") for line in lines}
    covered = set(CASES) | IN_A_RUN | {str(Path(name).parent) for name in CASES}
    assert named <= covered
