"""`warta.toml` of a home: what it may say, what is refused and how, and what runs make of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, about, warta
from pipeline import home_settings
from pipeline.home_settings import FILE, HomeSettings, WrongHomeSettings
from pipeline.maintenance.doctor import examine
from warehouse.db import reader
from warehouse.home import Home

WHOLE = """
sources = ["../articles", "~/kliping", "https://kabar.example/x", "/srv/[a]/*.txt", "../arsip/**/*.jsonl"]
languages = ["id", "ms"]
outlet_from_folder = true
publish_every = 0.5

[outlets]
"kabar.id" = "Harian Kabar"

[folders]
kn = "Kabar Nusa"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def write(home: Path, text: str) -> None:
    (home / FILE).write_text(text, "utf-8")


def test_a_home_without_a_file(home: Path) -> None:
    assert home_settings.read(home) == HomeSettings([], ["id"], {}, {}, False) == home_settings.read(home / "none")


def test_every_setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/rini")
    write(home, WHOLE)
    found = home_settings.read(home)
    assert found.languages == ["id", "ms"]
    rules = found.outlet_rules("Suara Desa")
    assert (rules.name, rules.from_folder) == ("Suara Desa", True)
    assert (rules.hosts, rules.folders) == ((("kabar.id", "Harian Kabar"),), (("kn", "Kabar Nusa"),))
    assert home_settings.sources_of((), found, home) == (
        f"{home.parent}/articles", "/home/rini/kliping", "https://kabar.example/x", "/srv/[a]/*.txt",
        f"{home.parent}/arsip/**/*.jsonl",
    )  # fmt: skip
    assert home_settings.sources_of(("a.txt",), found, home) == ("a.txt",)  # from where the command was started


def test_the_example_of_the_docs(home: Path) -> None:
    """It can be read, and shows every setting."""
    (shown,) = re.findall(r"```toml\n(.+?)```", (ROOT / "docs" / "operate.md").read_text("utf-8"), re.DOTALL)
    write(home, shown)
    assert home_settings.read(home).outlets["kabarnusa.id"] == "Kabar Nusa"
    assert set(tomllib.loads(shown)) == {setting.name for setting in fields(HomeSettings)}


def test_patterns_in_a_home_with_an_odd_name(tmp_path: Path) -> None:
    home = tmp_path / "rumah[1]" / "home"
    for folder in (home, home.parent / "in"):
        folder.mkdir(parents=True)
    (home.parent / "in" / "a.txt").write_text(about("Made Arta"))
    write(home, 'sources = ["../in/*.txt"]')
    done = warta("run", "--home", home, "--no-prefect", "--dry-run")
    assert (done.returncode, "1 accepted" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sources = [}", ["no TOML", "line 1"]),
        ("source = []", ["`source`", "sources, languages, outlets, folders, outlet_from_folder"]),
        ('sources = "articles"', ["`sources`", "a list of files"]),
        ("sources = [1]", ["`sources`"]),
        ('sources = [""]', ["`sources`"]),
        ('languages = "id"', ["`languages`", "a list of codes"]),
        ('languages = ["Indonesia"]', ["`languages`"]),
        ("languages = []", ["`languages`"]),
        ('outlets = ["kabar.id"]', ["`outlets`", "by host"]),
        ('[outlets]\nkabar.id = "Kabar"', ["`outlets`", "quotes"]),
        ('[outlets]\n"https://kabar.id/" = "Kabar"', ["`outlets`"]),
        ('[outlets]\n"Kabar.id" = "Kabar"', ["`outlets`", "lower case"]),
        ('[outlets]\n"kabar.id" = ""', ["`outlets`"]),
        ('[outlets]\n"kabar.id" = 1', ["`outlets`"]),
        ('[folders]\n"a/b" = "Kabar"', ["`folders`", "name of a folder"]),
        ("[folders]\nkn = true", ["`folders`"]),
        ('outlet_from_folder = "yes"', ["`outlet_from_folder`", "true or false"]),
        ("outlet_from_folder = 1", ["`outlet_from_folder`"]),
        ("publish_every = -1", ["`publish_every`", "minutes"]),
        ("publish_every = true", ["`publish_every`"]),
        ('sources = 1\nlanguages = 1\nfoo = "bar"', ["`sources`", "`languages`", "`foo`"]),  # all of them at once
    ],
)
def test_what_is_refused(home: Path, tmp_path: Path, text: str, words: list[str]) -> None:
    write(home, text)
    with pytest.raises(WrongHomeSettings) as refused:
        home_settings.read(home)
    assert [word for word in [str(home / FILE), *words] if word not in str(refused.value)] == []
    (tmp_path / "a.txt").write_text(about("Made Arta"))
    for command in (["run", tmp_path / "a.txt", "--no-prefect"], ["watch", tmp_path], ["serve", tmp_path]):
        done = warta(*command, "--home", home)
        assert (done.returncode, FILE in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert [path.name for path in home.iterdir()] == [FILE]  # nothing was begun
    assert (examined(home).ok, FILE in examined(home).detail) == (False, True)


def examined(home: Path) -> Any:
    return next(finding for finding in examine(Home(home)) if finding.what == "settings")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b"sources = ['\xff\xfe']"), "UTF-8"),
        (lambda path: path.mkdir(), "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(home: Path, make: Any, words: str) -> None:
    make(home / FILE)
    with pytest.raises(WrongHomeSettings, match=words):
        home_settings.read(home)


@pytest.mark.parametrize(
    ("text", "ok", "words"),
    [
        (None, True, "there is no"),
        ('sources = ["../in"]\n[folders]\nkn = "Kabar Nusa"', True, "1 sources, 0 outlets, 1 folders"),
        ('sources = ["../in", "../nowhere", "https://kabar.example"]', False, "nowhere"),
        ('sources = ["../in", "https://kabar.example"]', False, "addresses are not fetched"),
    ],
)
def test_doctor_looks_at_it(home: Path, text: str | None, ok: bool, words: str) -> None:
    (home.parent / "in").mkdir()
    if text is not None:
        write(home, text)
    assert (examined(home).ok, words in examined(home).detail) == (ok, True), examined(home)


@pytest.mark.parametrize("command", ["run", "watch", "serve"])
def test_nothing_to_read(home: Path, command: str) -> None:
    done = warta(command, "--home", home)
    assert (done.returncode, "SOURCE" in done.stderr and FILE in done.stderr) == (2, True), done.stderr


def test_only_folders_are_watched(home: Path) -> None:
    (home / "a.txt").write_text(about("Made Arta"))
    write(home, 'sources = ["a.txt"]')
    done = warta("watch", "--home", home)
    assert (done.returncode, "a.txt" in done.stderr) == (2, True), done.stderr


def outlets(home: Path) -> dict[str, str | None]:
    """The outlets of the articles by the names of their files."""
    with reader(Home(home).published) as connection:
        rows = connection.execute("SELECT source_uri, outlet FROM articles").fetchall()
    return {uri.rpartition("/")[2]: outlet for uri, outlet in rows}


def test_a_run_on_the_settings_of_its_home(home: Path) -> None:
    """Sources, hosts and folders reach the workers; an option goes before what the home says."""
    arrived = home.parent / "in"
    for folder, name, above in [
        ("kn", "a", ""),
        ("lain/2025", "b", ""),
        ("kn", "c", "URL: https://m.kabar.id/1\n\n"),
        ("kn", "d", "Sumber: detik\n\n"),
    ]:
        (arrived / folder).mkdir(parents=True, exist_ok=True)
        (arrived / folder / f"{name}.txt").write_text(above + about(f"Made Arta {name.upper()}"))
    rest = 'outlet_from_folder = true\n[outlets]\n"kabar.id" = "Harian Kabar"\n[folders]\nkn = "Kabar Nusa"\n'
    write(home, f'sources = ["../in"]\n{rest}')
    assert warta("run", "--home", home, "--no-prefect").returncode == 0
    told = {"a.txt": "Kabar Nusa", "b.txt": "lain", "c.txt": "Harian Kabar", "d.txt": "detikcom"}
    assert outlets(home) == told
    write(home, 'sources = ["../in"]')  # what is loaded stays
    again = home.parent / "again.txt"
    again.write_text(about("Ratna Dewi"))
    assert warta("run", again, "--home", home, "--no-prefect", "--outlet", "tempo.co").returncode == 0
    assert outlets(home) == told | {"again.txt": "Tempo"}
