"""The docs say what is there: links, paths, commands and modules exist, and what examples show is what they print."""

from __future__ import annotations

import doctest
import re
import shlex
from itertools import takewhile
from pathlib import Path

import pytest
import typer

from cli.main import app
from conftest import ROOT, warta
from pipeline.summary import RunSummary
from warehouse.resolve import corrections

DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [
    *ROOT.glob("*.md"),
    *DOCS.rglob("*.md"),
    *(ROOT / "benchmarks").glob("*.md"),
    *(ROOT / "training").glob("*.md"),
    ROOT / "warta" / "model" / "MODEL_CARD.md",
]
FOLDERS = (
    "warta", "pipeline", "tasks", "flows", "cli", "warehouse", "expectations", "explorer", "training", "benchmarks",
    "notebooks", "samples", "docs", "tests",
)  # fmt: skip
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?: {4}.*(?:\n|\Z)|\n(?= {4}))+")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`]+)`")
_PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w.*<>/-]*")
_COMMAND = re.compile(r"^ *(?:\w+=\S+ )*(?:\S*/)?warta ([a-z][a-z-]*)", re.MULTILINE)
_MODULE = re.compile(r"python -m ([a-z_]+(?:\.[a-z_]+)*)")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def blocks(text: str) -> list[str]:
    """Blocks of code, fenced or indented."""
    fenced = _FENCE.findall(text)
    return fenced + [block[0] for block in _INDENTED.finditer(_FENCE.sub("", text))]


def prose(text: str) -> str:
    return _INDENTED.sub("", _FENCE.sub("", text))


def code(page: Path) -> list[str]:
    """Everything that a page sets as code: blocks, and spans in backticks."""
    text = page.read_text("utf-8")
    return blocks(text) + _SPAN.findall(prose(text))


def headings(page: Path) -> list[str]:
    return _HEADING.findall(prose(page.read_text("utf-8")))


def anchor(heading: str) -> str:
    """The address that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pages
def test_no_heading_stands_twice(page: Path) -> None:
    found = headings(page)
    assert [heading for heading in found if found.count(heading) > 1] == []


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page.read_text("utf-8"))):
        if "://" in link:
            continue
        path, _, section = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not section or section in map(anchor, headings(target)), link


@pages
def test_paths_exist(page: Path) -> None:
    """`<name>` and `*` in a path stand for anything."""
    words = (word.strip("'\"(),;:") for part in code(page) for word in part.split())
    for path in filter(_PATH.fullmatch, words):
        assert any(ROOT.glob(re.sub(r"<\w+>", "*", path).rstrip("/."))), path


@pages
def test_commands_exist(page: Path) -> None:
    found = {command for part in code(page) for command in _COMMAND.findall(part)}
    assert found <= COMMANDS


def test_readme_names_every_command() -> None:
    named = {command for block in blocks(README.read_text("utf-8")) for command in _COMMAND.findall(block)}
    assert named == COMMANDS


@pages
def test_modules_that_are_run_exist(page: Path) -> None:
    for module in _MODULE.findall(page.read_text("utf-8")):
        path = ROOT / module.replace(".", "/")
        assert module == "pytest" or path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (DOCS / "decisions").iterdir())
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]


def test_code_refers_to_decisions_that_exist() -> None:
    there = {path.name[:4] for path in (DOCS / "decisions").iterdir()}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".sql", ".yml"):
                assert set(re.findall(r"decisions/(\d{4})", path.read_text("utf-8"))) <= there, path


def examples() -> list[tuple[str, str]]:
    """The commands of the README that are shown with a table as their answer."""
    lines = README.read_text("utf-8").splitlines()
    return [
        (line.strip(), "\n".join(takewhile(lambda row: row.startswith("|"), lines[number + 2 :])))
        for number, line in enumerate(lines)
        if line.startswith("    ") and "".join(lines[number + 1 : number + 3]).startswith("|")
    ]


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command for command, _ in examples()])
def test_examples_of_the_readme_answer_as_shown(command: str, shown: str, sample_run: RunSummary) -> None:
    _, *arguments = shlex.split(command)
    answer = warta(*arguments, "--home", sample_run.home.root)
    assert (answer.returncode, answer.stdout.strip()) == (0, shown), answer.stderr


def test_readme_has_examples() -> None:
    assert {shlex.split(command)[1] for command, _ in examples()} == {"sql", "query"}


def test_corrections_of_the_docs_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```csv\n(.+?)```", (DOCS / "corrections.md").read_text("utf-8"), re.DOTALL)
    path = tmp_path / "corrections.csv"
    path.write_text(shown, "utf-8")
    assert {correction.action for correction in corrections.read(path)} == set(corrections.ACTIONS)


def test_the_page_for_analysts(sample_run: RunSummary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands work and its Python answers as shown, on a home that holds the samples."""
    monkeypatch.chdir(tmp_path)
    Path("warta-data").symlink_to(sample_run.home.root)
    page = (DOCS / "analysts.md").read_text("utf-8")
    (commands,) = re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    for command in commands.splitlines():
        done = warta(*shlex.split(command)[1:])
        assert done.returncode == 0, done.stderr
    python = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
    report: list[str] = []
    examples = doctest.DocTestParser().get_doctest(python, {}, "docs/analysts.md", None, None)
    failed, tried = doctest.DocTestRunner().run(examples, out=report.append)
    assert tried > 8 and not failed, "".join(report)
