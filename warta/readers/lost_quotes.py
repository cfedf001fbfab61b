"""Quotation marks that an export has lost: `?Kami siap,? kata Rini` for “Kami siap,” and `Jum?at` for Jum’at.

A question mark never stands behind a space and right before a letter. Such marks open a quote; the next one closes it.
"""

from __future__ import annotations

import re

_LOST = "?\ufffd"
_OPENING = re.compile(rf"(?<![^\s(\[\"'“‘—–-])[{_LOST}](?=[^\W_])")
_CLOSING = re.compile(rf"(?<![{_LOST}])[{_LOST}]++(?=$|[\s.,;:!)\]—–-])")
_WITHIN = re.compile(r"\b([^\W\d_]{1,3})[?\ufffd](?=[a-z])")


def restored(text: str) -> tuple[str, int]:
    """The text with these marks put back where both ends of a quote are certain, and how many more it lacks."""
    if not _OPENING.search(text):
        return text, 0
    lines, lacking = [], 0
    for line in text.split("\n"):
        mended, left = _line(line)
        lines.append(mended)
        lacking += left
    return "\n".join(lines), lacking


def _line(line: str) -> tuple[str, int]:
    """A line with each of its quotes in “”; unchanged where its marks do not come in pairs."""
    openings = [found.start() for found in _OPENING.finditer(line)]
    if not openings:
        return line, 0
    parts, at = [], 0
    for number, start in enumerate(openings):
        end = openings[number + 1] if number + 1 < len(openings) else len(line)
        closing = _CLOSING.search(line, start + 1, end)
        if closing is None:
            return line, len(openings)
        parts += [line[at:start], "“", line[start + 1 : closing.end() - 1], "”"]
        at = closing.end()
    return _WITHIN.sub(r"\1’", "".join([*parts, line[at:]])), 0
