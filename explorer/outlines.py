"""The coastlines under the explorer's maps, from Natural Earth as the npm package `world-atlas` holds it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m explorer.outlines package/

Writes `explorer/static/{indonesia,world}.svg`, which are committed; the application does not import this module.
Coordinates are degrees: x = longitude, y = -latitude.
"""

from __future__ import annotations

import argparse
import json
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

_STATIC = Path(__file__).parent / "static"
Point = tuple[float, float]
Box = tuple[float, float, float, float]
# West, south, east, north, and the distance in degrees below which a point of the coast is left out.
FRAMES = {
    "indonesia": ("land-10m.json", (94.0, -12.0, 142.0, 8.0), 0.06),
    "world": ("land-110m.json", (-180.0, -60.0, 180.0, 85.0), 0.5),
}


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """The closed lines of a TopoJSON file with one layer `land`, as longitudes and latitudes."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [(x * kx + dx, y * ky + dy) for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))]
        for arc in topology["arcs"]
    ]
    return [
        [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
        for ring in polygon
    ]


def thinned(ring: list[Point], box: Box, least: float) -> list[Point]:
    """Outside of the box, where nobody looks, points are ten degrees apart."""
    kept = ring[:1]
    for point in ring[1:]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= (least if within(point, box) else 10):
            kept.append(point)
    return kept


def within(point: Point, box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def path(ring: list[Point]) -> str:
    """An SVG path in hundredths of a degree, each point relative to the one before."""
    whole = [(round(100 * x), round(-100 * y)) for x, y in ring]
    steps = "".join(f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}{steps}z"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="The unpacked package.")
    folder = parser.parse_args().folder
    for name, (file, box, least) in FRAMES.items():
        inside = [
            thin
            for ring in rings(json.loads((folder / file).read_text("utf-8")))
            if any(within(point, box) for point in ring) and len(thin := thinned(ring, box, least)) > 3
        ]
        west, south, east, north = box
        paths = "".join(map(path, inside))
        (_STATIC / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{west:g} {-north:g} {east - west:g} {north - south:g}">'
            f'<path fill="#8d99a6" fill-opacity=".45" transform="scale(.01)" d="{paths}"/></svg>\n'
        )


if __name__ == "__main__":
    main()
