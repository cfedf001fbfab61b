"""Where bars, dots and lines stand; `templates/charts.html` draws them, `bars_svg` makes a picture of its own.

Drawn here and not by a plotting library: the pictures need links, the page's own colours in the dark, and a policy that
allows neither scripts nor styles inside a page (docs/decisions/0011).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from math import cos, pi, sin, sqrt
from typing import Any

Row = Mapping[str, Any]
WIDTH, HEIGHT, MARGIN = 720, 160, 24
NETWORK_WIDTH, NETWORK_HEIGHT = 720, 420


@dataclass(frozen=True)
class Bar:
    """One month or day of a row of bars."""

    period: str
    count: int
    x: float
    y: float
    width: float
    height: float
    labelled: bool


def bars(rows: Sequence[Row], count: str, period: str = "month") -> list[Bar]:
    """A bar for each month (or day) from first to last, in a frame of WIDTH x HEIGHT; `rows` are sorted by it."""
    if not rows:
        return []
    counted = {str(row[period]): row[count] for row in rows}
    first, *_, last = [*counted, *counted]
    periods = _months(first, last) if period == "month" else _days(first, last)
    return _row(periods, [counted.get(name, 0) for name in periods], max(counted.values()))


def _row(periods: Sequence[str], counts: Sequence[int], highest: int, place: int = 0, places: int = 1) -> list[Bar]:
    """A bar for each period; of so many `places`, all of one period, these bars have one."""
    step = (WIDTH - 2 * MARGIN) / len(periods)
    scale = (HEIGHT - 2 * MARGIN) / max(1, highest)
    width = min(step, 60.0) / places
    every = -(-len(periods) // 8)
    return [
        _bar(period, count, MARGIN + step * number + width * place, width, scale, number % every == 0)
        for number, (period, count) in enumerate(zip(periods, counts, strict=True))
    ]


def _bar(period: str, count: int, x: float, step: float, scale: float, labelled: bool) -> Bar:
    height = count * scale
    return Bar(period, count, round(x, 1), round(HEIGHT - MARGIN - height, 1), round(step * 0.8, 1), height, labelled)


def _months(first: str, last: str) -> list[str]:
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1)]


def _days(first: str, last: str) -> list[str]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(begin + timedelta(days)) for days in range((end - begin).days + 1)]


COLOURS = ("#2f6fdb", "#e08a1e")


def bars_svg(days: Sequence[tuple[date, int, int]], names: tuple[str, str]) -> str:
    """Two counts a day as a picture that needs no page: an SVG document. `days` in their order, at least one."""
    periods = [str(day) for day, _, _ in days]
    counts = [first for _, first, _ in days], [second for _, _, second in days]
    highest = max(*counts[0], *counts[1])
    rows = [_row(periods, counted, highest, place, len(counts)) for place, counted in enumerate(counts)]
    parts = [
        f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height:.1f}" fill="{COLOURS[place]}"/>'
        for place, row in enumerate(rows)
        for bar in row
    ]
    parts += [_text(MARGIN + 120 * place, 14, name, COLOURS[place]) for place, name in enumerate(names)]
    parts.append(_text(WIDTH - 120, 14, f"highest: {highest}", "#555"))
    parts += [_text(bar.x, HEIGHT - 8, bar.period, "#555") for bar in rows[0] if bar.labelled]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
        f' font-size="12"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:.0f}" y="{y}" fill="{colour}">{escape(text)}</text>'


def data_url(svg: str) -> str:
    """The picture as a `data:` address, which shows it wherever a page is, without a server that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


@dataclass(frozen=True)
class Spot:
    """A circle at a place, in degrees with south downwards."""

    row: Row
    x: float
    y: float
    radius: float


FRAMES = {"indonesia": (94, -8, 48, 20), "world": (-180, -85, 360, 145)}


def spots(rows: Sequence[Row], frame: str) -> list[Spot]:
    """Circles whose area tells the number of events, the largest below."""
    if not rows:
        return []
    largest = FRAMES[frame][2] / 40 / sqrt(max(row["events"] for row in rows))
    least = FRAMES[frame][2] / 400
    return [
        Spot(row, row["longitude"], -row["latitude"], round(max(least, largest * sqrt(row["events"])), 2))
        for row in rows
    ]


@dataclass(frozen=True)
class Node:
    row: Row
    x: float
    y: float
    radius: float
    anchor: str
    text_x: float


@dataclass(frozen=True)
class Network:
    """Things around the one that is looked at, which stands in the middle; `lines` are x1, y1, x2, y2, width."""

    nodes: list[Node]
    lines: list[tuple[float, float, float, float, float]]


def network(beside: Sequence[Row], pairs: Sequence[Row]) -> Network:
    """`beside`: what is named with the thing in the middle; `pairs`: which of those are named together."""
    most = max((row["articles"] for row in beside), default=1)
    nodes = [_node(row, number, len(beside), most) for number, row in enumerate(beside)]
    at = {node.row["entity_id"]: node for node in nodes}
    middle = NETWORK_WIDTH / 2, NETWORK_HEIGHT / 2
    lines = [(*middle, node.x, node.y, _width(node.row, most)) for node in nodes]
    lines += [
        (at[a].x, at[a].y, at[b].x, at[b].y, _width(row, most))
        for row in pairs
        if (a := row["entity_id"]) in at and (b := row["other_entity_id"]) in at
    ]
    return Network(nodes, lines)


def _width(row: Row, most: int) -> float:
    return 0.5 + round(4 * min(1.0, int(row["articles"]) / most), 1)


def _node(row: Row, number: int, of: int, most: int) -> Node:
    angle = 2 * pi * number / of - pi / 2
    x = round(NETWORK_WIDTH / 2 + 190 * cos(angle), 1)
    y = round(NETWORK_HEIGHT / 2 + 170 * sin(angle), 1)
    radius = round(5 + 9 * sqrt(row["articles"] / most), 1)
    right = x >= NETWORK_WIDTH / 2 - 1
    return Node(row, x, y, radius, "start" if right else "end", x + (radius + 5) * (1 if right else -1))


@dataclass(frozen=True)
class Trend:
    """How a measure of the runs moved: points of a line in a frame of 240 x 48."""

    measure: str
    points: str
    last: Row


def trends(rows: Sequence[Row]) -> list[Trend]:
    """One line a measure; `rows` are sorted by measure and time. Runs without a value are left out."""
    by_measure: dict[str, list[Row]] = {}
    for row in rows:
        if row["value"] is not None:
            by_measure.setdefault(row["measure"], []).append(row)
    return [Trend(measure, _line([row["value"] for row in found]), found[-1]) for measure, found in by_measure.items()]


def _line(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    step = 240 / max(1, len(values) - 1)
    level = [44 - 40 * ((value - low) / (high - low) if high > low else 0.5) for value in values]
    if len(level) == 1:
        level *= 2
        step = 240
    return " ".join(f"{step * number:.1f},{y:.1f}" for number, y in enumerate(level))
