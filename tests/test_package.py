"""Packages of rows: what is written, how it becomes complete, and which damage is noticed."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline import package
from pipeline.package import PackageDamaged, decoded, encoded
from warehouse.contract import package_tables, tables
from warehouse.home import Home

ARTICLE = {"article_id": "a", "source_uri": "file:///a", "text": "Pasar ramai.", "word_count": 2, "language": "id"}
SENTENCE = {"sentence_id": "s", "article_id": "a", "ordinal": 0, "start_char": 0, "end_char": 12}


def frame(name: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=tables()[name].polars_schema)


FRAMES = {
    "sentences": frame("sentences", SENTENCE, {**SENTENCE, "sentence_id": "t"}),
    "articles": frame("articles", ARTICLE),
    "quotes": frame("quotes"),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    return made


def write(home: Home, package_id: str = "p", frames: dict[str, pl.DataFrame] = FRAMES, **about: Any) -> Path:
    return package.write(home, package_id, "r", frames, about)


def contents(frames: dict[str, pl.DataFrame] = FRAMES, **about: Any) -> dict[str, bytes]:
    return dict(encoded("p", "r", frames, about))


def change_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


# -- writing -------------------------------------------------------------------------------------------------------


def test_what_was_written_is_read(home: Home) -> None:
    folder = write(home, machine="one")
    assert folder == home.packages / "p"
    found = package.read(folder)
    assert (found.package_id, found.run_id, found.row_count) == ("p", "r", 3)
    assert found.manifest["machine"] == "one"
    assert found.manifest_sha256 == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert set(found.frames) == {"articles", "sentences"}
    assert all(found.frames[name].equals(FRAMES[name]) for name in found.frames)


def test_tables_without_rows_are_left_out_and_read_as_empty(home: Home) -> None:
    folder = write(home)
    assert sorted(path.name for path in folder.iterdir()) == ["articles.parquet", "manifest.json", "sentences.parquet"]
    for name in ("quotes", "events"):
        assert package.read(folder).frame(name).equals(frame(name))
    assert package.read(folder).frame("articles").height == 1


def test_the_manifest_comes_last_and_vouches_for_every_file() -> None:
    *names, last = contents()
    assert (set(names), last) == ({"articles.parquet", "sentences.parquet"}, "manifest.json")
    listed = json.loads(contents()["manifest.json"])["tables"]
    assert listed == {
        name: {"rows": FRAMES[name].height, "sha256": hashlib.sha256(contents()[f"{name}.parquet"]).hexdigest()}
        for name in ("articles", "sentences")
    }


def test_the_manifest_is_text_with_a_key_a_line() -> None:
    manifest = contents(machine="one")["manifest.json"].decode()
    assert '\n "package_id": "p",\n "run_id": "r",\n "machine": "one",\n' in manifest


def test_the_same_rows_give_the_same_bytes() -> None:
    assert contents() == contents()


def test_columns_are_written_in_the_order_and_the_types_of_the_contract() -> None:
    table = tables()["sentences"]
    mixed = FRAMES["sentences"].select(reversed(list(table.columns))).with_columns(pl.col("ordinal").cast(pl.Int8))
    found = pl.read_parquet(io.BytesIO(contents({"sentences": mixed})["sentences.parquet"]))
    assert dict(found.schema) == dict(table.polars_schema)


def test_a_package_without_rows_is_its_manifest(home: Home) -> None:
    folder = write(home, frames={})
    assert [path.name for path in folder.iterdir()] == ["manifest.json"]
    assert package.read(folder).row_count == 0


def test_a_complete_package_is_not_written_again(home: Home) -> None:
    write(home)
    other = {"articles": frame("articles", {**ARTICLE, "article_id": "b"})}
    assert package.read(write(home, frames=other)).frame("articles")["article_id"].to_list() == ["a"]


def test_what_a_killed_try_left_is_thrown_away(home: Home) -> None:
    partial = home.work / "p.partial"
    (partial / "folder").mkdir(parents=True)
    (partial / "quotes.parquet").write_bytes(b"half a file")
    assert not (write(home) / "quotes.parquet").exists()
    assert not partial.exists()


def test_a_package_is_private(home: Home) -> None:
    before = os.umask(0)
    try:
        folder = write(home)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_package_is_on_the_disk_before_its_name_and_its_name_before_the_end(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def fsync(descriptor: int) -> None:
        happened.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    def rename(path: Path, target: Path) -> None:
        happened.append("renamed")
        path.replace(target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    write(home)
    assert happened == [
        "articles.parquet", "sentences.parquet", "manifest.json", "p.partial", "renamed", "packages",
    ]  # fmt: skip


# -- reading -------------------------------------------------------------------------------------------------------


def test_a_changed_file_does_not_have_its_checksum(home: Home) -> None:
    folder = write(home)
    other = contents({"articles": frame("articles", {**ARTICLE, "word_count": 3})})
    (folder / "articles.parquet").write_bytes(other["articles.parquet"])
    with pytest.raises(PackageDamaged, match=r"p/articles\.parquet .* checksum"):
        package.read(folder)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_wrong_number_of_rows_is_noticed(home: Home, rows: int) -> None:
    folder = write(home)
    change_manifest(folder, lambda manifest: manifest["tables"]["sentences"].update(rows=rows))
    with pytest.raises(PackageDamaged, match=r"p/sentences\.parquet .* row count"):
        package.read(folder)


def without(*way: str) -> Callable[[dict[str, Any]], object]:
    def change(manifest: dict[str, Any]) -> None:
        for name in way[:-1]:
            manifest = manifest[name]
        del manifest[way[-1]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        without("tables"), without("tables", "articles", "rows"), without("tables", "articles", "sha256"),
        lambda manifest: manifest.update(tables={"articles": 3}),
    ],
)  # fmt: skip
def test_an_incomplete_manifest_is_damage(home: Home, change: Callable[[dict[str, Any]], object]) -> None:
    folder = write(home)
    change_manifest(folder, change)
    with pytest.raises(PackageDamaged, match="p cannot be read"):
        package.read(folder)


@pytest.mark.parametrize("name", ["manifest.json", "articles.parquet"])
@pytest.mark.parametrize("bytes_left", [None, 0, 7])
def test_lost_and_cut_files_are_damage(home: Home, name: str, bytes_left: int | None) -> None:
    file = write(home) / name
    if bytes_left is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:bytes_left])
    with pytest.raises(PackageDamaged, match="p"):
        package.read(file.parent)


def decode(whole: dict[str, bytes]) -> package.Package:
    return decoded("somewhere", whole.__getitem__)


def with_columns(name: str, changed: pl.DataFrame) -> dict[str, bytes]:
    """The files of a package whose table was written under another contract."""
    buffer = io.BytesIO()
    changed.write_parquet(buffer)
    whole = contents()
    manifest = json.loads(whole["manifest.json"])
    manifest["tables"][name]["sha256"] = hashlib.sha256(buffer.getvalue()).hexdigest()
    return {**whole, f"{name}.parquet": buffer.getvalue(), "manifest.json": json.dumps(manifest).encode()}


def test_a_package_is_read_from_wherever_its_files_come() -> None:
    assert decode(contents()).frame("sentences").equals(FRAMES["sentences"])
    with pytest.raises(PackageDamaged, match="package somewhere cannot be read"):
        decode({})


def test_columns_of_an_older_and_a_newer_contract() -> None:
    """One that the contract did not have then is null, one that it does not have now is left out."""
    articles = FRAMES["articles"].drop("author").with_columns(mood=pl.lit("good"))
    found = decode(with_columns("articles", articles)).frame("articles")
    assert found.equals(FRAMES["articles"].with_columns(author=pl.lit(None, pl.String)))
    assert found.columns == list(tables()["articles"].columns)


# -- which there are -----------------------------------------------------------------------------------------------


def test_packages_are_listed_by_the_time_of_their_run(home: Home) -> None:
    for name in ("2025-10-06-b", "2025-10-06-a", "2024-12-31-z"):
        write(home, name)
    assert [folder.name for folder in package.complete(home)] == ["2024-12-31-z", "2025-10-06-a", "2025-10-06-b"]


def test_what_lies_under_work_is_not_complete(home: Home) -> None:
    (home.work / "p.partial").mkdir()
    assert package.complete(home) == []


def test_a_new_home_has_no_packages(tmp_path: Path) -> None:
    assert package.complete(Home(tmp_path)) == []


def test_every_table_of_a_package_can_be_written_and_read() -> None:
    def row(columns: Iterable[Any]) -> dict[str, Any]:
        return {column.name: None for column in columns}

    frames = {table.name: frame(table.name, row(table.columns.values())) for table in package_tables()}
    assert set(decode(contents(frames)).frames) == set(frames)
