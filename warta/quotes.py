"""Who said what: direct quotes, reported clauses and their speakers, in reading order.

Marks tell where a direct quote stands (`quotation_marks`), cues what is reported (`cues`, `reported`), and the words
beside a cue (`pointers`) and the flow of the article (`speakers`) who speaks.
"""

from __future__ import annotations

from typing import NamedTuple

from warta import quotation_marks, reported
from warta.cues import Cue, cue_at
from warta.pointers import Page, Pointer, before, behind, clitic
from warta.quotation_marks import Quoted
from warta.records import Document, Quote, Sentence
from warta.speakers import Speakers

_IMPLIED = Pointer("implied", 0, 0)
_CUE_REACH = 14  # tokens between a saying verb and the mark that it announces
_STANDS_ALONE = 4  # words that make a marked stretch without a cue a quote rather than a term


class Said(NamedTuple):
    """A quote before its speaker is known: tokens[first:last] at text[start:end]."""

    first: int
    last: int
    start: int
    end: int
    direct: bool
    cue: Cue | None
    pointer: Pointer
    sure: float = 1.0


def find(document: Document) -> list[Quote]:
    """The quotes of `document`, in reading order."""
    return Reading(document).quotes()


class Reading:
    """One pass over a document, sentence by sentence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.article.text
        self.page = Page(document)
        self.speakers = Speakers(self.page)
        self.judge: reported.Judge = reported.judge

    def quotes(self) -> list[Quote]:
        found: list[Quote] = []
        marked = [*quotation_marks.find(self.text)]
        at = 0
        for sentence in self.document.sentences:
            first = at
            while at < len(marked) and marked[at].outer_start < sentence.end:
                at += 1
            found += self._sentence(sentence, marked[first:at])
        return found

    def _sentence(self, sentence: Sentence, marked: list[Quoted]) -> list[Quote]:
        said = sorted(self._said(sentence.first, sentence.last, marked), key=lambda quote: quote.first)
        found, read = [], sentence.first
        for quote in said:
            edge = min(quote.first, quote.cue.first) if quote.cue else quote.first
            if edge > read:
                self.speakers.read(read, edge, opening=read == sentence.first)
                read = edge
            found.append(self._quote(quote))
            if not quote.direct and quote.last > read:
                self.speakers.read(read, quote.last, opening=False)
            read = max(read, quote.last)
        if read < sentence.last:
            self.speakers.read(read, sentence.last, opening=read == sentence.first)
        return found

    def _said(self, first: int, last: int, marked: list[Quoted]) -> list[Said]:
        """The quotes of one sentence, direct ones first."""
        found: list[Said] = []
        free = first
        for quoted in marked:
            opens, closes = self.page.at(quoted.outer_start), self.page.at(quoted.outer_end)
            cue = self._cue_behind(closes, last) or self._cue_before(free, opens)
            if not cue and not self._stands_alone(quoted, free, opens):
                continue
            pointer = self._pointer(cue, free, opens, last)
            found += self._reports(free, opens, cue)
            found.append(self._direct(quoted, opens, closes, cue, pointer))
            free = max(closes, pointer.last if cue and cue.first >= closes else 0)
        return found + self._reports(free, last, None)

    # -- direct quotes ----------------------------------------------------------------------------------------------

    def _cue_behind(self, closes: int, last: int) -> Cue | None:
        at = closes
        while at < last and self.page.words[at] in (",", ".", "-", "–"):
            at += 1
        cue = cue_at(self.page.tokens, self.page.words, at) if at < min(last, closes + 3) else None
        return cue if cue and cue.kind in ("root", "saying") else None

    def _cue_before(self, free: int, opens: int) -> Cue | None:
        words, at = self.page.words, opens
        while at > free and words[at - 1] in (",", ":", "bahwa"):
            at -= 1
        reach = _CUE_REACH if at < opens else 1
        for back in range(at - 1, max(free, at - reach) - 1, -1):
            cue = cue_at(self.page.tokens, words, back)
            if cue and cue.kind == "saying":
                return cue
        return None

    def _stands_alone(self, quoted: Quoted, free: int, opens: int) -> bool:
        words = self.text[quoted.start : quoted.end].split()
        return (
            opens == free
            and len(words) >= _STANDS_ALONE
            and words[0][:1].isupper()
            and (words[-1][-1] in ".,!?…" or self.text[quoted.outer_end : quoted.outer_end + 1] in ("\n", ".", ",", ""))
        )

    def _pointer(self, cue: Cue | None, free: int, opens: int, last: int) -> Pointer:
        if cue is None:
            return _IMPLIED
        if cue.first < opens:
            return before(self.page, free, cue.first)
        return clitic(self.page, cue) if cue.clitic else behind(self.page, cue.last, last)

    def _direct(self, quoted: Quoted, opens: int, closes: int, cue: Cue | None, pointer: Pointer) -> Said:
        inner = self.text[quoted.start : quoted.end]
        start = quoted.start + len(inner) - len(inner.lstrip())
        end = quoted.start + len(inner.rstrip().rstrip(",").rstrip())
        return Said(opens, closes, start, max(start, end), True, cue, pointer)

    # -- reported clauses -------------------------------------------------------------------------------------------

    def _reports(self, first: int, last: int, taken: Cue | None) -> list[Said]:
        tokens = self.page.tokens
        return [
            Said(r.first, r.last, tokens[r.first].start, tokens[r.last - 1].end, False, r.cue, r.pointer, sure)
            for r, sure in reported.find(self.page, first, last, self.judge)
            if r.cue != taken
        ]

    # -- records ----------------------------------------------------------------------------------------------------

    def _quote(self, said: Said) -> Quote:
        speaker = self.speakers.resolve(said.pointer, said.cue, said.first, said.last)
        text = self.text[said.start : said.end]
        marked = quotation_marks.find(text)
        return Quote(
            said.start, said.end, text,
            "direct" if said.direct else "mixed" if marked else "indirect",
            self.page.tokens[said.first].sentence, said.cue.text if said.cue else None,
            speaker.entity, speaker.name, speaker.text, speaker.role, confidence=said.sure * speaker.sure,
        )  # fmt: skip
