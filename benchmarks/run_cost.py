"""What a small run costs on a home that knows many articles, in processor seconds with all processes that it starts.

    python -m benchmarks.run_cost ARTICLES.jsonl [--stored 2000] [--prefect]

Makes a file of each line, ingests the first `--stored` and measures runs on those again and on the lines behind them:
commands of their own, and in a process that stays, as `warta watch` does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.deadline import processor_seconds
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.standing import standing


def spent() -> float:
    """Processor seconds of this process, of those it has started and of those that still run."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    running = sum(processor_seconds(child.pid or 0) for child in multiprocessing.active_children())
    return running + sum(usage.ru_utime + usage.ru_stime for usage in usages)


def cost(work: Callable[[], object]) -> float:
    before = spent()
    work()
    return spent() - before


def command(home: Path, *arguments: str | Path) -> Callable[[], object]:
    line = [sys.executable, "-m", "cli", "run", *map(str, arguments), "--home", str(home)]
    return lambda: subprocess.run(line, capture_output=True)


def in_this_process(home: Path, source: Path, *, publish: bool = True) -> Callable[[], object]:
    return lambda: run(Settings((str(source),), home, workers=1, publish=publish))


def costs(home: Path, known: Path, new: Iterator[Path], *, prefect: bool) -> Iterator[tuple[str, float]]:
    """(what, processor seconds) of each kind of run."""
    alone = "--no-prefect"
    yield "a source that does not exist", cost(command(home, home / "nowhere", alone))
    yield "all that is known again", cost(command(home, known, alone))
    yield "one new article", cost(command(home, next(new), alone))
    if prefect:
        yield "one new article, as a flow with a temporary server", cost(command(home, next(new)))
        yield "a known article, as a flow with a temporary server", cost(command(home, known / "0.json"))
    with standing(1):
        yield "in a process that stays: the first new article", cost(in_this_process(home, next(new)))
        yield "the second one", cost(in_this_process(home, next(new)))
        yield "a known one", cost(in_this_process(home, known / "0.json"))
        yield "the third new one, without publication", cost(in_this_process(home, next(new), publish=False))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--stored", type=int, default=2_000)
    arguments.add_argument("--prefect", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known, others, home = (Path(folder, name) for name in ("known", "others", "home"))
        for place in (known, others):
            place.mkdir()
        with asked.articles.open(encoding="utf-8") as lines:
            for number, line in zip(range(asked.stored + 10), lines, strict=False):
                ((known if number < asked.stored else others) / f"{number}.json").write_text(line, "utf-8")
        print(f"| {asked.stored} stored articles | processor seconds |\n| --- | ---: |")
        print(f"| ingesting them | {cost(command(home, known, '--no-prefect')):.1f} |")
        for what, seconds in costs(home, known, iter(sorted(others.iterdir())), prefect=asked.prefect):
            print(f"| {what} | {seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
