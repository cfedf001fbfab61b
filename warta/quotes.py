"""Who said what: direct quotes, reported clauses and their speakers, in reading order.

Marks tell where a direct quote stands (`quotation_marks`), cues what is reported (`cues`, `reported`), and the words
beside a cue (`pointers`) and the flow of the article (`speakers`) who speaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from warta import quotation_marks, reported
from warta.cues import Cue, cue_at, lists
from warta.logistic import probability, weights
from warta.pointers import Page, Pointer, addressee, before, behind, clitic
from warta.quotation_marks import Quoted
from warta.records import Document, Quote, QuoteKind, Sentence
from warta.speakers import Speakers
from warta.voices import Speaker

_IMPLIED = Pointer("implied", 0, 0)
_WORD = re.compile(r"\w")
_CUE_REACH = 14  # tokens between a saying verb and the mark that it announces
_LONGEST = 400  # tokens: a longer sentence is a list or a table, and is read no further
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
    """The quotes of `document`, in reading order; of two cues that report the same words the surer one counts."""
    surest: dict[tuple[int, int], Quote] = {}
    for quote in Reading(document).quotes():
        span = (quote.start, quote.end)
        if span not in surest or quote.confidence > surest[span].confidence:
            surest[span] = quote
    return list(surest.values())


class Reading:
    """One pass over a document, sentence by sentence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.article.text
        self.page = Page(document)
        self.speakers = Speakers(self.page)
        self.judge: reported.Judge = reported.judge
        self.free = 0  # tokens before this belong to quotes already found

    def quotes(self) -> list[Quote]:
        """First what is said, then, knowing who is ever named as a speaker, who says it."""
        marked = quotation_marks.find(self.text)
        said, at = [], 0
        for sentence in self.document.sentences:
            first = at
            while at < len(marked) and marked[at].outer_start < sentence.end:
                at += 1
            said.append(sorted(self._said(sentence, marked[first:at]), key=lambda quote: quote.first))
        self.speakers.expect([quote.pointer for quotes in said for quote in quotes])
        found: list[Quote] = []
        for sentence, quotes in zip(self.document.sentences, said, strict=True):
            found += self._sentence(sentence, quotes)
        return self._continued(
            found, {quoted.start for quoted in marked if quoted.start > quoted.outer_start and not quoted.closed}
        )

    def _continued(self, quotes: list[Quote], unclosed: set[int]) -> list[Quote]:
        """A quote over several paragraphs opens anew in each and closes in the last, which tells who speaks."""
        for at in range(len(quotes) - 2, -1, -1):
            quote, following = quotes[at], quotes[at + 1]
            if quote.start in unclosed and quote.cue is None and following.kind == "direct":
                quotes[at] = replace(
                    quote, speaker=following.speaker, speaker_name=following.speaker_name,
                    speaker_text=following.speaker_text, speaker_role=following.speaker_role,
                )  # fmt: skip
        return quotes

    def _sentence(self, sentence: Sentence, said: list[Said]) -> list[Quote]:
        """The records of one sentence; between its quotes the speakers hear who is named."""
        found, read = [], sentence.first
        for quote in said:
            edge = min(quote.first, quote.cue.first) if quote.cue else quote.first
            if edge > read:
                self.speakers.voices.read(read, edge, opening=read == sentence.first)
                read = edge
            found.append(self._quote(quote, sentence))
            if not quote.direct and quote.last > read:
                self.speakers.voices.read(read, quote.last, opening=False)
            read = max(read, quote.last)
        if read < sentence.last:
            self.speakers.voices.read(read, sentence.last, opening=read == sentence.first)
        return found

    def _said(self, sentence: Sentence, marked: list[Quoted]) -> list[Said]:
        """The quotes of one sentence. A quote without an end mark may reach into later ones: `free` is what is left."""
        found: list[Said] = []
        last = sentence.last
        free = self.free = max(self.free, sentence.first)
        for quoted in marked:
            quoted = quoted if quoted.closed else self._closed(quoted)
            opens, closes = self.page.at(quoted.outer_start), self.page.at(quoted.outer_end)
            end = max(last, self._sentence_end(closes))
            cue = self._cue_behind(closes, end) or self._cue_before(free, opens, closes, last)
            words = _WORD.search(self.text, quoted.start, quoted.end)
            if not words or not (cue or self._stands_alone(quoted, free, opens)):
                continue
            pointer = self._pointer(cue, free, opens, end)
            found += self._reports(free, opens, cue)
            found.append(self._direct(quoted, opens, closes, cue, pointer))
            free = self.free = max(closes, pointer.last if cue and cue.first >= closes else 0)
        return found + self._reports(free, last, None)

    # -- direct quotes ----------------------------------------------------------------------------------------------

    def _closed(self, quoted: Quoted) -> Quoted:
        """A quote without an end mark ends at the comma before a cue with its speaker (`"Saya siap, kata Sari.`)."""
        opens, closes = self.page.at(quoted.outer_start), self.page.at(quoted.outer_end)
        for at in range(opens + 1, closes - 1):
            if self.page.words[at] == ",":
                cue = cue_at(self.page.tokens, self.page.words, at + 1)
                if cue and cue.kind == "root" and self._pointer(cue, opens, opens, closes).how in ("named", "pronoun"):
                    end = self.page.tokens[at].start
                    return quoted._replace(end=end, outer_end=end)
        return quoted

    def _sentence_end(self, at: int) -> int:
        """The end of the sentence of the token before tokens[at]."""
        return self.document.sentences[self.page.tokens[at - 1].sentence].last

    def _cue_behind(self, closes: int, last: int) -> Cue | None:
        at = closes
        while at < last and self.page.words[at] in (",", ".", "-", "–"):
            at += 1
        cue = cue_at(self.page.tokens, self.page.words, at) if at < min(last, closes + 3) else None
        return cue if cue and cue.kind in ("root", "saying") else None

    def _cue_before(self, free: int, opens: int, closes: int, last: int) -> Cue | None:
        """`Sari mengatakan, "..."`; not where the marks hold but a part of the clause (`menyebut 'kargo' tiba`)."""
        words, at = self.page.words, opens
        while at > free and words[at - 1] in (",", ":", "bahwa"):
            at -= 1
        announced = at < opens and words[opens - 1] != "bahwa"
        if not announced:
            goes_on = closes < last and words[closes].isalpha() and words[closes] not in lists()["prepositional"]
            a_word = closes - opens == 3 and self.page.tokens[opens + 1].text.islower()
            if goes_on or a_word:
                return None
        reach = _CUE_REACH if announced else 1
        for back in range(at - 1, max(free, at - reach) - 1, -1):
            cue = cue_at(self.page.tokens, words, back)
            if cue and cue.kind == "saying":
                return cue
        return None

    def _stands_alone(self, quoted: Quoted, free: int, opens: int) -> bool:
        words = self.text[quoted.start : quoted.end].split()
        return (
            opens == free
            and quoted.start > quoted.outer_start
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
            for r, sure in reported.find(self.page, first, min(last, first + _LONGEST), self.judge)
            if r.cue != taken and _WORD.search(self.page.text(r.first, r.last))
        ]

    # -- records ----------------------------------------------------------------------------------------------------

    def _quote(self, said: Said, sentence: Sentence) -> Quote:
        speaker = self.speakers.resolve(said.pointer, said.cue, said.first, said.last)
        text = self.text[said.start : said.end]
        kind: QuoteKind = "direct" if said.direct else "mixed" if quotation_marks.find(text) else "indirect"
        return Quote(
            said.start, said.end, text, kind, sentence.ordinal, said.cue.text if said.cue else None,
            speaker.entity, speaker.name, speaker.text, speaker.role, self._addressee(said, sentence),
            confidence(self.evidence(said, speaker)),
        )  # fmt: skip

    def _addressee(self, said: Said, sentence: Sentence) -> str | None:
        if said.cue is None:
            return None
        end = said.first if said.first > said.cue.last else max(sentence.last, said.last)
        return addressee(self.page, max(said.cue.last, said.pointer.last), end)

    def evidence(self, said: Said, speaker: Speaker) -> list[str]:
        """What speaks for and against a quote and its speaker together."""
        pointed = f"{said.pointer.how}{' far' * said.pointer.far}"
        return [
            "bias", f"direct={said.direct} cue={said.cue is not None}", f"pointed={pointed}",
            f"report={round(said.sure * 8)}", f"speaker={round(speaker.sure * 8)}",
            f"entity={speaker.entity is not None}",
        ]  # fmt: skip


def confidence(evidence: list[str]) -> float:
    """How probably a quote and its speaker are both right, 0..1; fitted to held-out articles by `training.quotes`."""
    return round(probability(weights("quotes")["right"], evidence), 3)
