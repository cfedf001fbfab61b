"""Does a test notice when the code says something else? Seeded mutants of ten modules, each given to the tests.

    python -m tests.mutation [--count 100] [--seed 15] [--module warta/times/timex.py] [--lines 40 52] [--at-once 2]

A mutant is a module with one small change: another comparison, `or` for `and`, a condition that is always true, a
statement left out, ... It lies in a copy of the tree (links but for the changed module), where the test files of TESTS
run until the first failure. It is killed where a test fails or they run for longer than LIMIT.
Exit code: 0 where WANTED of the mutants are killed, 1 where not, 2 where the tests fail without a change.
A hundred mutants take about five minutes on two cores. pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LIMIT = 5  # times as long as without a change
WANTED = 0.85

# The test files that see a module, the quickest first. They run without conftest.py, which imports the command line.
TESTS = {
    "warehouse/resolve/people.py": ["people", "resolve"],
    "warehouse/resolve/joins.py": ["name_matching", "resolve"],
    "warta/names/coreference.py": ["same_thing", "coreference"],
    "warta/times/timex.py": ["timex", "time_rules", "times"],
    "warta/times/rules.py": ["time_rules", "times"],
    "warta/events/extraction.py": ["event_choices", "events"],
    "expectations/validate.py": ["validate_suites", "validation"],
    "pipeline/package.py": ["package"],
    "pipeline/load.py": ["load"],
    "pipeline/deduplicate.py": ["deduplicate"],
}

OTHER_OPERATORS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn], ast.NotIn: [ast.In],
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE], ast.GtE: [ast.Gt, ast.Lt],
}  # fmt: skip
SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min"}
# What is no behaviour: annotations, decorators (sizes of caches), the texts of errors.
NO_BEHAVIOUR = {"annotation", "returns", "decorator_list", "exc", "cause"}


@dataclass(frozen=True)
class Mutant:
    """A module's text with one change, at a line of the original."""

    module: str
    line: int
    change: str
    text: str


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for owner, field, changed, line in list(_changes_in(tree)):
        kept = getattr(owner, field)
        setattr(owner, field, changed)
        text = ast.unparse(ast.fix_missing_locations(tree))
        setattr(owner, field, kept)
        found.setdefault(text, Mutant(module, line, _difference(original, text), text))
    return list(found.values())


Change = tuple[Any, str, Any, int]  # a node, its field, the field's new value, the line


def _changes_in(node: ast.AST) -> Iterator[Change]:
    yield from _changes(node)
    for name, value in ast.iter_fields(node):
        if name not in NO_BEHAVIOUR:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_left_alone(child):
                    if isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.Not):
                        other = child.operand if value is child else _with(value, value.index(child), child.operand)
                        yield node, name, other, child.lineno
                    yield from _changes_in(child)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):  # a docstring
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "faults")))):  # faults: no-ops but in
            return True  # the tests of faults
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="setLevel"))):
            return True
        case ast.keyword(arg="indent") | ast.keyword(arg="strict", value=ast.Constant(value=True)):
            return True  # layout; a guard that a right program never meets
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def _changes(node: ast.AST) -> Iterator[Change]:
    """The changes of this node alone."""
    line = getattr(node, "lineno", 0)
    match node:
        case ast.Compare(ops=operators, comparators=known):
            for i, operator in enumerate(operators):
                for other in OTHER_OPERATORS[type(operator)]:
                    yield node, "ops", _with(operators, i, other()), line
                if isinstance(known[i], ast.Tuple | ast.List):
                    yield from _other_strings(known[i], "elts")
        case ast.Set():
            yield from _other_strings(node, "elts")
        case ast.Dict():
            yield from _other_strings(node, "keys")
            yield from _other_strings(node, "values")
        case ast.BoolOp():
            yield node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And(), line
        case ast.BinOp(op=ast.Add() | ast.Sub()) | ast.AugAssign(op=ast.Add() | ast.Sub()):
            yield node, "op", ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), line
        case ast.Call(func=ast.Name(id=name)) if name in SWAPPED:
            yield node, "func", ast.Name(SWAPPED[name], ast.Load()), line
        case ast.Constant(value=bool() as value):
            yield node, "value", not value, line
        case ast.Constant(value=int() as value):
            yield node, "value", value + 1, line
        case ast.Return(value=ast.expr() as value) if not _is_constant(value, None):
            yield node, "value", ast.Constant(None), line
        case ast.If() | ast.IfExp() | ast.While():
            yield from ((node, "test", other, node.test.lineno) for other in _other_conditions(node.test))
        case ast.comprehension(ifs=tests):
            for i, test in enumerate(tests):
                yield from ((node, "ifs", _with(tests, i, other), test.lineno) for other in _other_conditions(test))
    if isinstance(node, ast.If):
        yield node, "body", [ast.Pass()], node.body[0].lineno
    for field in ("body", "orelse", "finalbody"):
        statements = getattr(node, field, None)
        if isinstance(statements, list):
            for i, statement in enumerate(statements):
                match statement:
                    case ast.Expr(value=ast.Call()) if not _is_left_alone(statement):
                        yield node, field, _with(statements, i, ast.Pass()), statement.lineno


def _other_conditions(test: ast.expr) -> Iterator[ast.expr]:
    if not isinstance(test, ast.Compare | ast.UnaryOp):  # whose operators change
        yield ast.UnaryOp(ast.Not(), test)
    yield ast.Constant(True)
    yield ast.Constant(False)


def _other_strings(node: Any, field: str) -> Iterator[Change]:
    elements = getattr(node, field)
    for i, element in enumerate(elements):
        if isinstance(element, ast.Constant) and isinstance(element.value, str):
            yield node, field, _with(elements, i, ast.Constant(element.value + "_")), element.lineno


def _with(elements: list[Any], i: int, other: Any) -> list[Any]:
    return [*elements[:i], other, *elements[i + 1 :]]


def _is_constant(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _difference(before: str, after: str) -> str:
    """What changed, with a few characters around it."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    left, right = before[max(0, start - 30) : start].split("\n")[-1], before[len(before) - end :][:30].split("\n")[0]
    old, new = (" ".join(text[start : len(text) - end].split())[:60] for text in (before, after))
    return f"{left.lstrip()}[{old} => {new}]{right}"


def _alike(one: str, other: str) -> int:
    """How many characters at the beginning of the two are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def drawn(modules: list[str], count: int, seed: int) -> list[Mutant]:
    """`count` mutants: from each module in proportion to how many it has, at most one a line."""
    dice = random.Random(seed)
    every = {module: mutants_of(module) for module in modules}
    total = sum(map(len, every.values()))
    shares = {module: count * len(mutants) / total for module, mutants in every.items()}
    numbers = {module: int(share) for module, share in shares.items()}
    for module in sorted(modules, key=lambda m: numbers[m] - shares[m])[: count - sum(numbers.values())]:
        numbers[module] += 1
    chosen = []
    for module, mutants in every.items():
        dice.shuffle(mutants)
        by_line = {mutant.line: mutant for mutant in mutants}
        chosen += sorted(list(by_line.values())[: numbers[module]], key=lambda mutant: mutant.line)
    return chosen


def fails(module: str, text: str | None = None, limit: float | None = None) -> str | None:
    """How the tests of a module fail with another text in its place: a line of pytest's; None where they pass.

    `limit`: after so many seconds they have failed, which is TIME.
    """
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder) / "tree"
        _link(ROOT, copy, Path(module).parts)
        if text is not None:
            (copy / module).unlink()
            (copy / module).write_text(text, "utf-8")
        tests = [f"tests/test_{name}.py" for name in TESTS[module]]
        options = [
            "-x", "-q", "-p", "no:cacheprovider", "--noconftest", "--assert=plain", "--tb=no",
            f"--basetemp={folder}/temp",
        ]  # fmt: skip
        environment = {
            **os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "pytest", *options, *tests],
                cwd=copy, env=environment, capture_output=True, text=True, timeout=limit, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "TIME"
        if ended.returncode == 0:
            return None
        said = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return said[0] if said else (ended.stdout + ended.stderr)[-300:]


def _link(folder: Path, copy: Path, way: tuple[str, ...]) -> None:
    """A folder of links to what stands in `folder`; along `way` folders of their own."""
    copy.mkdir()
    for path in folder.iterdir():
        if path.name == way[0] and len(way) > 1:
            _link(path, copy / path.name, way[1:])
        elif path.name != "__pycache__" and not path.name.startswith("."):
            (copy / path.name).symlink_to(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--module", choices=TESTS, action="append", help="these alone; given several times")
    parser.add_argument("--lines", type=int, nargs=2, metavar=("FIRST", "LAST"), help="all mutants of these lines")
    parser.add_argument("--at-once", type=int, default=2)
    asked = parser.parse_args()
    modules = asked.module or list(TESTS)
    if asked.lines:
        first, last = asked.lines
        mutants = [m for module in modules for m in mutants_of(module) if first <= m.line <= last]
    else:
        mutants = drawn(modules, asked.count, asked.seed)
    limits = {}
    for module in modules:
        begun = time.monotonic()
        if said := fails(module):
            print(f"the tests of {module} fail without a change: {said}")
            return 2
        limits[module] = LIMIT * (time.monotonic() - begun)
    killed, begun = 0, time.monotonic()
    with ThreadPoolExecutor(asked.at_once) as pool:
        results = pool.map(lambda mutant: fails(mutant.module, mutant.text, limits[mutant.module]), mutants)
        for mutant, said in zip(mutants, results, strict=True):
            killed += said is not None
            word = {None: "SURVIVED", "TIME": "timeout "}.get(said, "killed  ")
            print(f"{word} {mutant.module}:{mutant.line}  {mutant.change}", flush=True)
    share = killed / len(mutants) if mutants else 1.0
    seconds = time.monotonic() - begun
    print(f"{killed} of {len(mutants)} mutants killed: {share:.1%}, at least {WANTED:.0%} wanted ({seconds:.0f} s)")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
