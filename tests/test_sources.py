"""What the user names becomes a list of files, or a sentence that says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.sources import Missing, SourceFile, expand
from warta.records import Rejection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "empty").mkdir()
    for name in ("b.txt", "a.txt", "deep/c.txt", ".hidden", "a[1].csv", "a1.csv"):
        (tmp_path / "in" / name).write_text(name)
    os.mkfifo(tmp_path / "in" / "pipe")
    (tmp_path / "in" / "link").symlink_to("/etc/hostname")
    (tmp_path / "in" / "warta-data").mkdir()
    (tmp_path / "in" / "warta-data" / "packaged.txt").write_text("not a source")
    return tmp_path / "in"


def names(folder: Path, *sources: str) -> list[str]:
    found = expand([str(folder / source) for source in sources], folder / "warta-data")
    return [item.path.name for item in found if isinstance(item, SourceFile)]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["."], ["a.txt", "a1.csv", "a[1].csv", "b.txt", "c.txt"]),
        (["b.txt", "a.txt", "b.txt"], ["b.txt", "a.txt"]),
        (["*.txt"], ["a.txt", "b.txt"]),
        (["a[1].csv"], ["a[1].csv"]),  # a name that exists is no pattern
        (["deep", "**/*.txt"], ["c.txt", "a.txt", "b.txt"]),
        (["empty"], []),
    ],
)
def test_files(folder: Path, sources: list[str], expected: list[str]) -> None:
    assert names(folder, *sources) == expected


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("nowhere.txt", Missing, "no file or folder"),
        ("*.xml", Missing, "no file matches"),
        ("empty", Missing, "holds no files"),
        ("pipe", Rejection, "neither a file nor a folder"),
        ("link", SourceFile, ""),  # a link that the user names is meant
    ],
)
def test_what_is_no_file(folder: Path, source: str, kind: type, words: str) -> None:
    (item,) = expand([str(folder / source)], folder / "warta-data")
    assert isinstance(item, kind)
    assert words in getattr(item, "detail", "")


@pytest.mark.parametrize(
    "source", ["https://kabar.example/1", "HTTP://kabar.example/?page=*", "www.kabar.example", "https:/kabar.example"]
)
def test_addresses_are_not_fetched(folder: Path, source: str) -> None:
    (item,) = expand([source], folder)
    assert isinstance(item, Missing)
    assert item.is_wrong and item.detail == f"{source}: addresses are not fetched; save the page or a WARC"


def test_a_file_may_be_called_like_an_address(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "www.kabar.example").write_text("x")
    monkeypatch.chdir(folder)
    (item,) = expand(["www.kabar.example"], folder)
    assert isinstance(item, SourceFile)


def test_links_in_folders_are_reported_not_followed(folder: Path) -> None:
    found = expand([str(folder)], folder / "warta-data")
    assert {item.reason for item in found if isinstance(item, Rejection)} == {"not_a_file", "link"}


def test_empty_folder_is_not_wrong(folder: Path) -> None:
    (item,) = expand([str(folder / "empty")], folder)
    assert isinstance(item, Missing)
    assert not item.is_wrong


def test_any_file_name_has_an_address(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n;rm -rf.txt"
    Path(os.fsdecode(path)).write_text("x")
    (item,) = expand([str(tmp_path)], tmp_path / "home")
    assert isinstance(item, SourceFile)
    assert item.uri.endswith("/%FF%0A%3Brm%20-rf.txt")
