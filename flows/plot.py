"""A small picture that needs no plotting library and no network: bars of two colours, a pair a day."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date
from html import escape

WIDTH, HEIGHT, MARGIN = 720, 240, 28
COLOURS = ("#2f6fdb", "#e08a1e")


def bars(days: Sequence[tuple[date, int, int]], names: tuple[str, str]) -> str:
    """An SVG of two counts a day; `days` in their order, at least one."""
    highest = max(1, *(max(first, second) for _, first, second in days))
    step = (WIDTH - 2 * MARGIN) / len(days)
    scale = (HEIGHT - 2 * MARGIN) / highest
    parts = [
        _bar(MARGIN + step * (number + 0.45 * place), step * 0.4, count * scale, COLOURS[place])
        for number, (_, *counts) in enumerate(days)
        for place, count in enumerate(counts)
    ]
    parts += [_text(MARGIN + 120 * place, 16, name, COLOURS[place]) for place, name in enumerate(names)]
    parts.append(_text(WIDTH - 120, 16, f"highest: {highest}", "#555"))
    ends = ((MARGIN, days[0][0]), (WIDTH - 100, days[-1][0]))
    parts += [_text(x, HEIGHT - 8, str(day), "#555") for x, day in ends]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
        f' font-size="12"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>'
    )


def as_address(svg: str) -> str:
    """The picture as a `data:` address, so that a page can show it without a server that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _bar(x: float, width: float, height: float, colour: str) -> str:
    top = HEIGHT - MARGIN - height
    return f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{escape(text)}</text>'
