"""Raw documents into articles: mojibake repaired, boilerplate and dateline gone, one paragraph a line.

Every offset in the warehouse refers to the text that `clean` makes, and cleaning it again changes nothing. What was
taken away stays visible: a list of cuts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

import ftfy

from warta.records import Article, Cut, RawDocument, Rejection
from warta.text import boilerplate, datelines, first_line, outlets, publication
from warta.text.datelines import Dateline
from warta.text.headlines import Context
from warta.text.language import language
from warta.text.outlets import NOTHING_GIVEN, Given
from warta.text.text_date import text_date

DATELINE_LINES = 8  # in front of it may stand the headline once more, a caption, a quote, a summary
MAX_LONE_DATELINE = 60  # characters
_DASHES = "-–—"
_NO_CONTEXT = Context.of("")
NO_DATELINE = Dateline("")

# Zero-width and direction marks, soft hyphen, byte order mark: they split words without being seen.
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
# `&amp;amp;lt;`: text that was escaped again and again. ftfy would take one level a pass, in quadratic time.
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text with what was cut from it. `text` is "" where nothing but boilerplate was in it.

    So is that of the dateline where there was none.
    """

    text: str
    cuts: tuple[Cut, ...] = ()
    dateline: Dateline = NO_DATELINE


def clean(text: str, outlet: str | None = None) -> Cleaned:
    """The body of an article without boilerplate and dateline. `outlet` brings in the patterns of that outlet alone."""
    cuts: list[Cut] = []
    dateline = None
    while True:  # what is removed may have hidden more: `&<zero width>amp;`, boilerplate before a mark
        once = _Pass(text, outlet)
        cuts = once.moved(cuts) + once.cuts
        dateline = dateline or once.dateline
        if once.text == text:
            return Cleaned(text, tuple(sorted(cuts, key=lambda cut: cut.at)), dateline or NO_DATELINE)
        text = once.text


def clean_text(text: str, outlet: str | None = None) -> str:
    """The text that `clean` gives."""
    return clean(text, outlet).text


def clean_line(text: str | None) -> str:
    """A title, name or category, repaired and on one line; "" for None."""
    return " ".join(_repaired(text or "").split())


class _Pass:
    """One pass over a text: `text` is what stays, `cuts` what went, at offsets in `text`."""

    def __init__(self, text: str, outlet: str | None) -> None:
        self.before = text
        self.cuts: list[Cut] = []
        self.dateline: Dateline | None = None
        self._kept: list[str] = []
        self._size = 0  # of the kept lines, with a line break behind each
        self._starts: list[int] = []  # where what stays of each line of `before` begins
        lines = _joined_datelines(_repaired_lines(text))
        context = Context.of(text) if boilerplate.has_pointers(text) else _NO_CONTEXT
        boxed = boilerplate.box_lines([line for line, _ in lines])
        for number, (line, count) in enumerate(lines):
            self._starts += [self._size] * count
            if rule := boxed.get(number) or boilerplate.line_rule(line):
                self._cut(line, rule)
            else:
                self._split(line, boilerplate.spans(line, outlet, context))
        self._cut_endings()
        self.text = "\n".join(self._kept)

    def moved(self, cuts: list[Cut]) -> list[Cut]:
        """Cuts of an earlier pass, at offsets in the text of this one: as near to their place in the line as can be."""
        if self.text == self.before:
            return cuts
        begins = [0, *(m.end() for m in re.finditer("\n", self.before))]
        return [Cut(self._moved(cut.at, begins), cut.rule, cut.text) for cut in cuts]

    def _moved(self, at: int, begins: list[int]) -> int:
        number = bisect_right(begins, at) - 1
        if number >= len(self._starts):
            return len(self.text)
        begin = begins[number]
        start = self._starts[number]
        end = max(start, (self._starts[number + 1] if number + 1 < len(self._starts) else self._size) - 1)
        is_last = self.before[at : at + 1] in ("", "\n")
        return end if is_last else min(start + at - begin, end)

    def _split(self, line: str, spans: list[boilerplate.Span]) -> None:
        """Keep what stands between the spans; boilerplate becomes the line break that an export has lost."""
        part, at = "", 0
        for span in spans:
            part += line[at : span.start]
            if span.breaks:
                self._keep(part)
                part = ""
            self._cut(line[span.start : span.end], span.rule, len(part.strip()))
            at = span.end
        self._keep(part + line[at:])

    def _keep(self, part: str) -> None:
        part = part.strip()
        while len(self._kept) < DATELINE_LINES and (found := datelines.find(part, bare=len(self._kept) < 2)):
            at, dateline = found
            self.dateline = self.dateline or dateline
            if lead := part[:at].strip():
                self._keep_as_is(lead)
            self._cut(dateline.text, "dateline")
            part = part[at + len(dateline.text) :].strip()
        if part:
            self._kept.append(part)
            self._size += len(part) + 1

    def _cut(self, text: str, rule: str, inside: int = 0) -> None:
        """`inside`: the length of what stands in front of it on the same line."""
        if rule != "mark":
            self.cuts.append(Cut(max(0, self._size - (not inside and self._size > 0)) + inside, rule, text.strip()))

    def _cut_endings(self) -> None:
        while self._kept and (start := boilerplate.ending(self._kept[-1])) is not None:
            last = self._kept.pop()
            self._size -= len(last) + 1
            self._keep_as_is(last[:start])
            self._cut(last[start:], "initials")

    def _keep_as_is(self, part: str) -> None:
        if part:
            self._kept.append(part)
            self._size += len(part) + 1


def _joined_datelines(lines: list[str]) -> list[tuple[str, int]]:
    """Lines with the number of lines that each was made of: a dash belongs to the dateline above or the text below."""
    found: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        above = found[-1][0] if 0 < number < DATELINE_LINES and len(found[-1][0]) < MAX_LONE_DATELINE else ""
        if (above.endswith(")") and line[0] in _DASHES) or (
            above.rstrip(_DASHES).endswith(")") and above[-1] in _DASHES
        ):
            found[-1] = (f"{above} {line}", found[-1][1] + 1)
        else:
            found.append((line, 1))
    return found


def _repaired_lines(text: str) -> list[str]:
    """The lines of the repaired text, also those that an invisible line break made; none is empty."""
    return [line for line in (part.strip() for part in _repaired(text).split("\n")) if line]


def _repaired(text: str) -> str:
    """Mojibake, entities, ligatures and composed letters put right (ftfy); quote marks stay as they were written."""
    repaired = (_repaired_line(line) for line in text.split("\n") if line and not line.isspace())
    return "\n".join(repaired)


def _repaired_line(line: str) -> str:
    """Printable ASCII without entities and double spaces, which most lines are, has nothing to repair."""
    if line.isascii() and line.isprintable() and "&" not in line and "  " not in line:
        return line
    repaired = ftfy.fix_text(_NESTED_AMPERSAND.sub("&", line), uncurl_quotes=False).translate(_INVISIBLE)
    return _SPACES.sub(" ", repaired)


def to_article(raw: RawDocument, given: Given = NOTHING_GIVEN) -> Article | Rejection:
    """The article in `raw`; a Rejection `no_text` where no word is left. `given`: what is known of its outlet.

    A naive `published` is Jakarta time; a naive midnight the day alone.
    `article_id` stays "": ids belong to whoever stores the article.
    """
    title, body = clean_line(raw.title), raw.text
    if not title and raw.media_type in first_line.PLAIN:
        title, body = first_line.split(body)
    outlet = outlets.outlet(raw.url, raw.outlet, given)
    cleaned = clean(body, _with_patterns(outlet, raw))
    text, cuts = _without_headline(cleaned.text, cleaned.cuts, title)
    dateline = cleaned.dateline
    if not _WORD.search(text):
        return Rejection(
            raw.source_uri, raw.locator, raw.media_type, raw.sha256, raw.size,
            "no_text", "no word is left after cleaning", raw.external_id,
        )  # fmt: skip
    return Article(
        article_id="",
        text=text,
        title=title,
        external_id=raw.external_id,
        source_uri=raw.source_uri,
        url=raw.url if publication.host(raw.url) else None,
        outlet=outlet or (outlets.named(dateline.outlet, given.hosts) if dateline.outlet else None),
        author=clean_line(raw.author) or None,
        category=clean_line(raw.category) or None,
        language=language(text),
        published_at=publication.moment(raw.published),
        published_date=publication.local_date(publication.with_zone(raw.published))
        if raw.published
        else dateline.day or text_date(text) or publication.url_date(raw.url),
        dateline=dateline.text or None,
        place=dateline.place,
        cuts=cuts,
        text_problem=_text_problem(raw),
    )


def _with_patterns(outlet: str | None, raw: RawDocument) -> str | None:
    """The name under which patterns of one outlet are listed: our own, where a home calls it otherwise."""
    return outlet if outlet is None or outlets.is_known(outlet) else outlets.outlet(raw.url, raw.outlet)


def _text_problem(raw: RawDocument) -> str | None:
    problems = [f"cut: {raw.rest}"] if raw.rest else []
    return "; ".join(problems + ([f"lost_marks: {raw.lost_marks}"] if raw.lost_marks else [])) or None


def _without_headline(text: str, cuts: tuple[Cut, ...], title: str) -> tuple[str, tuple[Cut, ...]]:
    """The text without a first line that is the headline once more."""
    first, _, rest = text.partition("\n")
    if not rest or first.casefold() != title.casefold():
        return text, cuts
    size = len(first) + 1
    moved = (Cut(max(0, cut.at - size), cut.rule, cut.text) for cut in cuts)
    return rest, (Cut(0, "headline", first), *moved)
