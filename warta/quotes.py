"""Who said what: direct quotes, reported clauses, and their speakers, in reading order.

Marks tell where a direct quote stands (`quotation_marks`), cues what is reported (`cues`, `reported`), and the flow of
the article who speaks (`speakers`).
"""

from __future__ import annotations

from bisect import bisect_left

from warta import quotation_marks, reported
from warta.cues import Cue, cue_at, lists
from warta.quotation_marks import Quoted
from warta.records import Document, Quote, QuoteKind
from warta.speakers import Speaker, Speakers


def find(document: Document) -> list[Quote]:
    """The quotes of `document`, in reading order."""
    return _Reading(document).quotes()


class _Reading:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.article.text
        self.speakers = Speakers(document)
        self.starts = [token.start for token in document.tokens]
        self.marked = quotation_marks.find(self.text)

    def token(self, offset: int) -> int:
        return bisect_left(self.starts, offset)

    def quotes(self) -> list[Quote]:
        found: list[Quote] = []
        marked = iter([*self.marked, None])
        block = next(marked)
        for sentence in self.document.sentences:
            inside = []
            while block and block.outer_start < sentence.end:
                inside.append(block)
                block = next(marked)
            found += self._sentence(sentence.first, sentence.last, inside)
        return sorted(found, key=lambda quote: quote.start)

    def _sentence(self, first: int, last: int, marked: list[Quoted]) -> list[Quote]:
        found: list[Quote] = []
        free = first
        for quoted in marked:
            opens, closes = self.token(quoted.outer_start), self.token(quoted.outer_end)
            cue = self._cue_behind(closes, last) or self._cue_before(free, opens)
            if not cue and not self._stands_alone(quoted, free, opens):
                continue
            if opens > free:
                found += self._reports(free, opens, cue)
            speaker, after = self._speaker(cue, free, opens, last)
            found.append(self._direct(quoted, cue, self.speakers.see(speaker)))
            free = max(closes, after)
        if free < last:
            found += self._reports(free, last, None)
            if free == first:
                self._introduce(first, last)
        return found

    def _cue_behind(self, closes: int, last: int) -> Cue | None:
        at = closes
        while at < last and self.speakers.words[at] in ",.-–":
            at += 1
        cue = cue_at(self.document.tokens, self.speakers.words, at) if at < min(last, closes + 3) else None
        return cue if cue and cue.kind in ("root", "saying") else None

    def _cue_before(self, free: int, opens: int) -> Cue | None:
        words = self.speakers.words
        at = opens
        while at > free and words[at - 1] in (",", ":", "bahwa"):
            at -= 1
        if at > free:
            cue = cue_at(self.document.tokens, words, at - 1)
            if cue and cue.kind == "saying":
                return cue
        if opens > free and words[opens - 1] in ",:":
            for back in range(opens - 1, max(free, opens - 14) - 1, -1):
                cue = cue_at(self.document.tokens, words, back)
                if cue and cue.kind == "saying":
                    return cue
        return None

    def _stands_alone(self, quoted: Quoted, free: int, opens: int) -> bool:
        words = self.text[quoted.start : quoted.end].split()
        return (
            opens == free
            and len(words) >= 4
            and words[0][:1].isupper()
            and (words[-1][-1] in ".,!?…" or self.text[quoted.outer_end : quoted.outer_end + 1] in "\n.,")
        )

    def _speaker(self, cue: Cue | None, free: int, opens: int, last: int) -> tuple[Speaker, int]:
        if cue is None:
            return self.speakers.pronoun(""), 0
        if cue.first < opens:
            return self.speakers.before(free, cue.first), 0
        if cue.clitic:
            speaker, after = self.speakers.pronoun("nya"), cue.last
            if cue.last in self.speakers.mention_from:
                after, mention = self.speakers.mention_from[cue.last]
                speaker = self.speakers.named(mention)
            return speaker, after
        return self.speakers.behind(cue.last, last)

    def _direct(self, quoted: Quoted, cue: Cue | None, speaker: Speaker) -> Quote:
        inner = self.text[quoted.start : quoted.end]
        start = quoted.start + len(inner) - len(inner.lstrip())
        end = quoted.start + len(inner.rstrip().rstrip(",").rstrip())
        return self._quote("direct", start, end, cue, speaker)

    def _quote(self, kind: QuoteKind, start: int, end: int, cue: Cue | None, speaker: Speaker) -> Quote:
        at = min(self.token(start), len(self.document.tokens) - 1)
        return Quote(
            start, end, self.text[start:end], kind, self.document.tokens[at].sentence,
            cue.text if cue else None, speaker.entity, speaker.name, speaker.text, speaker.role,
        )  # fmt: skip

    def _reports(self, first: int, last: int, taken: Cue | None) -> list[Quote]:
        tokens = self.document.tokens
        return [
            self._quote("indirect", tokens[r.first].start, tokens[r.last - 1].end, r.cue, r.speaker)
            for r in reported.find(self.speakers, first, last)
            if r.cue != taken
        ]

    def _introduce(self, first: int, last: int) -> None:
        for at in range(first, last):
            if self.speakers.words[at] in lists()["introducing"]:
                step = at + 1 + (self.speakers.words[at + 1 : at + 2] == ["oleh"])
                speaker, _ = self.speakers.behind(step, last)
                if speaker.entity is not None:
                    self.speakers.see(speaker)
                    return
        subject = self.speakers.subject(first, last)
        if subject.entity is not None:
            self.speakers.see(subject)
