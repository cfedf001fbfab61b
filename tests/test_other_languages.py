"""Articles in other languages are kept as they are: a row, no annotation, and everybody is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import pipeline.maintenance.reannotate
from conftest import ingest, warta
from pipeline import package
from pipeline.maintenance.rebuild import rebuild
from pipeline.settings import DEFAULT_LANGUAGES
from pipeline.summary import RunSummary, as_dict, as_text, other_languages
from warehouse.contract import package_tables
from warehouse.db import reader
from warehouse.home import Home

PASSAGES = yaml.safe_load(Path(__file__).with_name("languages.yml").read_text("utf-8"))
INDONESIAN = "Gubernur Sari Lestari membuka jembatan di Garut, Senin (6/10/2025).\n“Warga senang,” kata Sari."
TEXTS = {
    "id": INDONESIAN,
    "und": "Gubernur Sari Lestari: Garut.",
    "en": "\n".join(PASSAGES["en"]["chosen"]),
    "jv": "\n".join(PASSAGES["jv"]["chosen"]),
    "ms": "\n".join(PASSAGES["ms"]["chosen"]),
}
ANNOTATIONS = [
    table.name for table in package_tables() if "sentence" in table.name or table.name in ("quotes", "amounts")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("articles")
    records = [{"id": code, "title": code, "text": text} for code, text in TEXTS.items()]
    (made / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return made


@pytest.fixture(scope="module")
def done(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """Do not write to its home."""
    return ingest(tmp_path_factory.mktemp("default") / "home", folder)


def annotated(home: Home) -> dict[str, tuple[bool, bool]]:
    """For each article by its id in the source: what its row says, and whether there are sentences of it."""
    query = """
        SELECT a.external_id, a.annotated, a.article_id IN (SELECT article_id FROM sentences)
        FROM articles a ORDER BY ALL
    """
    with reader(home.published) as connection:
        return {code: (said, found) for code, said, found in connection.execute(query).fetchall()}


def expected(*languages: str) -> dict[str, tuple[bool, bool]]:
    return {code: (code in languages, code in languages) for code in sorted(TEXTS)}


def test_articles_in_other_languages_have_a_row_and_no_annotation(done: RunSummary) -> None:
    assert (done.accepted, done.clean) == (5, True)
    assert annotated(done.home) == expected("id", "und")
    with reader(done.home.published) as connection:
        for table in ANNOTATIONS:
            query = f"SELECT language FROM {table} JOIN articles USING (article_id) WHERE language NOT IN ('id', 'und')"
            assert connection.execute(query).fetchall() == [], table


def test_languages_of_a_run(folder: Path, tmp_path: Path) -> None:
    summary = ingest(tmp_path / "home", folder, languages=("id", "ms"))
    assert annotated(summary.home) == expected("id", "ms", "und")
    assert summary.not_annotated == {"en": 1, "jv": 1}


def test_the_summary_tells_it(done: RunSummary) -> None:
    told = (
        "3 articles are not in Indonesian (1 en, 1 jv, 1 ms) and are kept without annotation; `warta query languages`"
    )
    assert told in as_text(done)
    assert as_dict(done)["not_annotated"] == {"en": 1, "jv": 1, "ms": 1}


@pytest.mark.parametrize(
    ("found", "languages", "told"),
    [
        ({"en": 1}, ("id",), "1 article is not in Indonesian (1 en) and is kept without annotation;"),
        ({"ms": 4, "en": 1_008}, ("id",), "1,012 articles are not in Indonesian (1,008 en, 4 ms) and are kept"),
        ({"en": 2}, ("id", "ms"), "2 articles are not in id or ms (2 en) and are kept"),
    ],
)
def test_how_it_is_told(done: RunSummary, found: dict[str, int], languages: tuple[str, ...], told: str) -> None:
    summary = replace(done, languages=languages, not_annotated=type(done.not_annotated)(found))
    assert other_languages(summary).startswith(told)


def test_query_languages(done: RunSummary) -> None:
    answer = warta("query", "languages", "--format", "json", "--home", done.home.root)
    listed = {row["language"]: row for row in json.loads(answer.stdout)}
    assert {code: (row["articles"], row["annotated_articles"]) for code, row in listed.items()} == {
        "id": (1, 1), "und": (1, 1), "en": (1, 0), "jv": (1, 0), "ms": (1, 0),
    }  # fmt: skip
    assert (listed["en"]["words"], listed["en"]["example_title"]) == (len(TEXTS["en"].split()), "en")


@pytest.fixture
def of_another_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is stored counts as made by another version."""
    monkeypatch.setattr(pipeline.maintenance.reannotate, "stale_articles", lambda old: old.frame("articles"))
    monkeypatch.setattr("pipeline.maintenance.rebuild.stale_articles", lambda old: old.frame("articles"), raising=False)
    yield


@pytest.mark.usefixtures("of_another_version")
@pytest.mark.parametrize("languages", [DEFAULT_LANGUAGES, ("id", "ms")])
def test_a_rebuild_annotates_what_the_run_did(folder: Path, tmp_path: Path, languages: tuple[str, ...]) -> None:
    home = ingest(tmp_path / "home", folder, languages=languages).home
    before = annotated(home)
    assert rebuild(home).annotated == 5
    assert annotated(home) == before
    (manifest, _) = (package.read(made).manifest for made in package.complete(home))
    assert "made_of" in manifest and manifest["languages"] == list(languages)


@pytest.mark.usefixtures("of_another_version")
def test_a_rebuild_tells_languages_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older version took every article for Indonesian and annotated it."""
    with monkeypatch.context() as patched:
        patched.setattr("warta.text.clean.language", lambda text: "id")
        home = ingest(tmp_path / "home", folder).home
    assert set(annotated(home).values()) == {(True, True)}
    rebuild(home)
    assert annotated(home) == expected("id", "und")
