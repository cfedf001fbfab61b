"""Small packages merged into large ones: the same rows, whatever kills it, and whatever is done to the home then."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import about, ingest, warta
from pipeline import package
from pipeline.maintenance import compact as compact_module
from pipeline.maintenance.checks import check_home, problems
from pipeline.maintenance.compact import compact
from pipeline.maintenance.rebuild import rebuild
from pipeline.maintenance.repair import repair
from pipeline.publish import is_published
from warehouse.contract import tables
from warehouse.db import writer
from warehouse.digest import digest
from warehouse.home import Home, writer_lock

LONG = about("Wayan Sudira") + "Pasar itu dibangun oleh warga dari papan dan bambu. " * 12


def page(day: int, host: str = "kabar.id") -> dict[str, str]:
    """The same long article on some day, at an address of its own."""
    return {"judul": "Pasar", "isi": LONG, "tanggal": f"2025-10-{day:02}", "url": f"https://{host}/{day}"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `in` that came in six runs, and its home; do not write to it.

    An article is taken over by an earlier carrier, repeated by a later one, and a page is read in two versions.
    """
    root = tmp_path_factory.mktemp("small")
    (root / "in").mkdir()
    first = {"judul": "Harga", "isi": about("Ratna Dewi"), "url": "https://kabar.id/harga"}
    contents = {
        "a.json": page(9), "b.json": first, "c.json": {"judul": "Jalan", "isi": about("Made Arta")}, "d.json": page(3),
        "e.json": page(12), "f.json": {**first, "isi": about("Ratna Dewi") + "Harga turun lagi.\n"},
    }  # fmt: skip
    for name, content in contents.items():
        (root / "in" / name).write_text(json.dumps(content))
        ingest(root / "home", root / "in" / name, publish=name == max(contents))
    return root


@pytest.fixture
def home(small: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(small / "home", tmp_path / "home"))


def loaded(home: Home) -> dict[str, list[Any]]:
    """All that the loader's database holds."""
    with writer_lock(home), writer(home) as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in tables()}


def assert_sound(home: Home, rows: dict[str, list[Any]], published: dict[str, str]) -> None:
    assert loaded(home) == rows
    assert digest(home.published) == published
    assert problems(check_home(home)) == []
    assert [path.name for path in home.work.iterdir()] == [home.loading.name]


def test_packages_that_follow_each_other_are_merged_up_to_one_that_changes_rows_of_them(home: Home) -> None:
    before = [folder.name for folder in package.complete(home)]
    ends = [name for name in before if name.endswith("-end")]
    done = compact(home)
    merged = [package.first_and_last(folder) for folder in package.complete(home)]
    assert (done.before, done.after, len(ends)) == (12, 2, 6)
    assert merged == [(before[0], before[5]), (before[6], before[11])]  # the fourth run takes an article over
    assert {name for folder in package.complete(home) for name in package.ids(folder)} == set(before)


def test_the_warehouse_stays_and_is_made_again_from_the_merged_packages(home: Home, small: Path) -> None:
    rows, published = loaded(home), digest(home.published)
    compact(home)
    assert_sound(home, rows, published)
    with writer_lock(home):
        assert is_published(home)
    assert ingest(home.root, small / "in").unchanged
    rebuild(home, workers=1)
    assert_sound(home, rows, published)
    home.loading.unlink()
    list(repair(home))
    assert_sound(home, rows, published)


def test_what_is_merged_is_merged_with_what_comes_later(home: Home, small: Path, tmp_path: Path) -> None:
    compact(home)
    assert compact(home) == compact_module.Compacted(2, 2)
    path = tmp_path / "new.json"
    path.write_text(json.dumps({"isi": about("Togar Manurung")}))
    ingest(home.root, path)
    rows, published = loaded(home), digest(home.published)
    assert compact(home) == compact_module.Compacted(4, 2)
    assert_sound(home, rows, published)


def test_a_merged_package_holds_no_more_rows_than_it_may(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, published = loaded(home), digest(home.published)
    sizes = [package.read(folder).row_count for folder in package.complete(home)]
    monkeypatch.setattr(compact_module, "MOST_ROWS", sum(sizes[:4]))
    compact(home)
    assert package.first_and_last(package.complete(home)[0])[1] != package.first_and_last(package.complete(home)[1])[0]
    assert max(package.read(folder).row_count for folder in package.complete(home)) <= sum(sizes[:4])
    monkeypatch.setattr(compact_module, "SMALL", 0)
    count = len(package.complete(home))
    assert compact(home) == compact_module.Compacted(count, count)
    assert_sound(home, rows, published)


def test_a_new_version_annotates_the_articles_of_merged_packages_anew(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Home(shutil.copytree(home.root, tmp_path / "plain"))
    compact(home)
    monkeypatch.setattr("pipeline.maintenance.reannotate.extractor_version", lambda: "a later one")
    for one in (plain, home):
        assert rebuild(one, workers=1).annotated == 5
    assert digest(home.published) == digest(plain.published)
    assert len(package.complete(home)) == 2 and problems(check_home(home)) == []
    found = [package.read(folder).frame("articles")["extractor_version"] for folder in package.complete(home)]
    assert {version for versions in found for version in versions} == {"a later one"}


def test_of_a_damaged_merged_package_the_articles_are_taken_again(home: Home, small: Path) -> None:
    published = digest(home.published)
    compact(home)
    for name in ("articles", "packages"):
        file = max(package.complete(home)) / f"{name}.parquet"
        file.write_bytes(file.read_bytes()[:-9])
        assert problems(check_home(home))
        list(repair(home))
        ingest(home.root, small / "in")
        assert digest(home.published) == published
        assert problems(check_home(home)) == []
        compact(home)


def killed(home: Home, monkeypatch: pytest.MonkeyPatch, fault: str, act: Callable[[Home], object] = compact) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("warehouse.faults._passed", Counter())
        patched.setenv("WARTA_FAULT", f"{fault}:raise")
        with pytest.raises(OSError, match="a fault was asked for"):
            act(home)


@pytest.mark.parametrize(
    ("fault", "then"),
    [
        ("package.before_rename:1", "run"),
        ("package.after_rename:1", "repair"),
        ("package.after_rename:2", "rebuild"),
        ("compact.drop:1", "run"),
        ("compact.drop:4", "rebuild"),
        ("compact.drop:9", "compact"),
    ],
)
def test_what_comes_after_a_fault_finishes_it(
    home: Home, small: Path, monkeypatch: pytest.MonkeyPatch, fault: str, then: str
) -> None:
    rows, published = loaded(home), digest(home.published)
    killed(home, monkeypatch, fault)
    assert problems(check_home(home)) == []
    if then == "repair":
        list(repair(home))
    elif then == "rebuild":
        rebuild(home, workers=1)
    elif then == "run":
        ingest(home.root, small / "in")
    compact(home)
    assert_sound(home, rows, published)
    assert len(package.complete(home)) == 2


def test_packages_stay_where_the_merged_one_is_damaged(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {folder.name for folder in package.complete(home)}
    killed(home, monkeypatch, "package.after_rename:1")
    (merged,) = filter(package.is_merged, package.complete(home))
    (merged / "articles.parquet").write_bytes(b"")
    list(repair(home))
    assert {folder.name for folder in package.complete(home)} == before
    assert problems(check_home(home)) == []


def test_the_command_says_what_it_did(home: Home) -> None:
    assert warta("compact", "--home", home.root).stdout == "12 packages became 2\n"
