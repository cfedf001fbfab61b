"""Who said what: direct quotes, indirect ones and their speakers, in reading order.

Marks tell where a direct quote stands (`text/quotation_marks`), cues what is reported (`cues`, `indirect`), and the
words beside a cue (`speaker_phrases`) and the flow of the article (`attribution`) who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from warta.model import QuoteModels
from warta.model.logistic import probability
from warta.quotes.attribution import Attribution, Choice, most_probable
from warta.quotes.candidates import Speaker
from warta.quotes.cues import Cue, cue_at, lists
from warta.quotes.indirect import IndirectQuote, Probability, features, find_indirect
from warta.quotes.speaker_phrases import SpeakerPhrase, addressee, before, behind, clitic
from warta.records import Document, Quote, QuoteKind, Sentence
from warta.text.quotation_marks import Quoted, find_quoted
from warta.text.token_view import TokenView

_IMPLIED = SpeakerPhrase("implied", 0, 0)
_WORD = re.compile(r"\w")
_CUE_REACH = 14  # tokens between a saying verb and the mark that it announces
_LONGEST = 400  # tokens: a longer sentence is a list or a table, and is read no further
_STANDS_ALONE = 4  # words that make a marked stretch without a cue a quote rather than a term


class QuoteSpan(NamedTuple):
    """A quote before its speaker is known: tokens[first:last] at text[start:end]; `probability` that it is one."""

    first: int
    last: int
    start: int
    end: int
    direct: bool
    cue: Cue | None
    phrase: SpeakerPhrase
    probability: float = 1.0


def extract_quotes(document: Document, models: QuoteModels) -> list[Quote]:
    """The quotes of `document`, in reading order; of two cues that report the same words the more probable counts."""
    best: dict[tuple[int, int], Quote] = {}
    for quote in QuoteExtractor(document, models).quotes():
        span = (quote.start, quote.end)
        if span not in best or quote.confidence > best[span].confidence:
            best[span] = quote
    return list(best.values())


class QuoteExtractor:
    """One pass over a document, sentence by sentence.

    The models decide which clauses report words and who speaks. Training passes its own `report` and `choose` to be
    shown every decision, and reads `evidence`: what spoke for and against each quote, in the order of `quotes()`.
    """

    def __init__(
        self,
        document: Document,
        models: QuoteModels,
        *,
        report: Probability | None = None,
        choose: Callable[[Choice], int] = most_probable,
    ) -> None:
        self.document = document
        self.text = document.article.text
        self.view = TokenView(document)
        self.models = models
        self.attribution = Attribution(self.view, models.speaker, choose)
        self.evidence: list[list[str]] = []
        self._report = report or self._report_probability
        self._free = 0  # tokens before this belong to quotes already found

    def _report_probability(self, view: TokenView, quote: IndirectQuote, start: int) -> float:
        return probability(self.models.report, features(view, quote, start))

    def quotes(self) -> list[Quote]:
        """First what is said, then, knowing who is ever named as a speaker, who says it."""
        marked = find_quoted(self.text)
        spans, at = [], 0
        for sentence in self.document.sentences:
            first = at
            while at < len(marked) and marked[at].outer_start < sentence.end:
                at += 1
            spans.append(sorted(self._spans(sentence, marked[first:at]), key=lambda span: span.first))
        self.attribution.add_named_speakers([span.phrase for found in spans for span in found])
        quotes: list[Quote] = []
        for sentence, found in zip(self.document.sentences, spans, strict=True):
            quotes += self._sentence(sentence, found)
        return self._continued(
            quotes, {quoted.start for quoted in marked if quoted.start > quoted.outer_start and not quoted.closed}
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

    def _sentence(self, sentence: Sentence, spans: list[QuoteSpan]) -> list[Quote]:
        """The records of one sentence; the names between its quotes become candidates on the way."""
        found, read = [], sentence.first
        candidates = self.attribution.candidates
        for span in spans:
            edge = min(span.first, span.cue.first) if span.cue else span.first
            if edge > read:
                candidates.add_names(read, edge, opening=read == sentence.first)
                read = edge
            found.append(self._quote(span, sentence))
            if not span.direct and span.last > read:
                candidates.add_names(read, span.last, opening=False)
            read = max(read, span.last)
        if read < sentence.last:
            candidates.add_names(read, sentence.last, opening=read == sentence.first)
        return found

    def _spans(self, sentence: Sentence, marked: list[Quoted]) -> list[QuoteSpan]:
        """The quotes of one sentence. A quote without an end mark may reach into later ones: `free` is what is left."""
        found: list[QuoteSpan] = []
        last = sentence.last
        free = self._free = max(self._free, sentence.first)
        for quoted in marked:
            quoted = quoted if quoted.closed else self._closed(quoted)
            opens, closes = self.view.at(quoted.outer_start), self.view.at(quoted.outer_end)
            end = max(last, self._sentence_end(closes))
            cue = self._cue_behind(closes, end) or self._cue_before(free, opens, closes, last)
            words = _WORD.search(self.text, quoted.start, quoted.end)
            if not words or not (cue or self._stands_alone(quoted, free, opens)):
                continue
            phrase = self._phrase(cue, free, opens, end)
            found += self._indirect(free, opens, cue)
            found.append(self._direct(quoted, opens, closes, cue, phrase))
            free = self._free = max(closes, phrase.last if cue and cue.first >= closes else 0)
        return found + self._indirect(free, last, None)

    # -- direct quotes ----------------------------------------------------------------------------------------------

    def _closed(self, quoted: Quoted) -> Quoted:
        """A quote without an end mark ends at the comma before a cue with its speaker (`"Saya siap, kata Sari.`)."""
        opens, closes = self.view.at(quoted.outer_start), self.view.at(quoted.outer_end)
        for at in range(opens + 1, closes - 1):
            if self.view.words[at] == ",":
                cue = cue_at(self.view, at + 1)
                if cue and cue.kind == "root" and self._phrase(cue, opens, opens, closes).how in ("named", "pronoun"):
                    end = self.view.tokens[at].start
                    return quoted._replace(end=end, outer_end=end)
        return quoted

    def _sentence_end(self, at: int) -> int:
        """The end of the sentence of the token before tokens[at]."""
        return self.document.sentences[self.view.tokens[at - 1].sentence].last

    def _cue_behind(self, closes: int, last: int) -> Cue | None:
        at = closes
        while at < last and self.view.words[at] in (",", ".", "-", "–"):
            at += 1
        cue = cue_at(self.view, at) if at < min(last, closes + 3) else None
        return cue if cue and cue.kind in ("root", "saying") else None

    def _cue_before(self, free: int, opens: int, closes: int, last: int) -> Cue | None:
        """`Sari mengatakan, "..."`; not where the marks hold but a part of the clause (`menyebut 'kargo' tiba`)."""
        words, at, complementizers = self.view.words, opens, lists()["complementizers"]
        while at > free and (words[at - 1] in (",", ":") or words[at - 1] in complementizers):
            at -= 1
        announced = at < opens and words[opens - 1] not in complementizers
        if not announced:
            goes_on = closes < last and words[closes].isalpha() and words[closes] not in lists()["prepositional"]
            a_word = closes - opens == 3 and self.view.tokens[opens + 1].text.islower()
            if goes_on or a_word:
                return None
        reach = _CUE_REACH if announced else 1
        for back in range(at - 1, max(free, at - reach) - 1, -1):
            cue = cue_at(self.view, back)
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

    def _phrase(self, cue: Cue | None, free: int, opens: int, last: int) -> SpeakerPhrase:
        if cue is None:
            return _IMPLIED
        if cue.first < opens:
            return before(self.view, free, cue.first)
        return clitic(self.view, cue) if cue.clitic else behind(self.view, cue.last, last)

    def _direct(self, quoted: Quoted, opens: int, closes: int, cue: Cue | None, phrase: SpeakerPhrase) -> QuoteSpan:
        inner = self.text[quoted.start : quoted.end]
        start = quoted.start + len(inner) - len(inner.lstrip())
        end = quoted.start + len(inner.rstrip().rstrip(",").rstrip())
        return QuoteSpan(opens, closes, start, max(start, end), True, cue, phrase)

    # -- indirect quotes --------------------------------------------------------------------------------------------

    def _indirect(self, first: int, last: int, used: Cue | None) -> list[QuoteSpan]:
        """The reported clauses of tokens[first:last]; `used` is the cue of a direct quote."""
        tokens, spans = self.view.tokens, []
        for quote, probable in find_indirect(self.view, first, min(last, first + _LONGEST), self._report):
            if quote.cue != used and _WORD.search(self.view.text(quote.first, quote.last)):
                start, end = tokens[quote.first].start, tokens[quote.last - 1].end
                spans.append(QuoteSpan(quote.first, quote.last, start, end, False, quote.cue, quote.phrase, probable))
        return spans

    # -- records ----------------------------------------------------------------------------------------------------

    def _quote(self, span: QuoteSpan, sentence: Sentence) -> Quote:
        speaker = self.attribution.speaker(span.phrase, span.cue, span.first, span.last)
        evidence = _evidence(span, speaker)
        self.evidence.append(evidence)
        text = self.text[span.start : span.end]
        kind: QuoteKind = "direct" if span.direct else "mixed" if find_quoted(text) else "indirect"
        return Quote(
            span.start, span.end, text, kind, sentence.ordinal, span.cue.text if span.cue else None,
            speaker.entity, speaker.name, speaker.text, speaker.role, self._addressee(span, sentence),
            round(probability(self.models.right, evidence), 3),
        )  # fmt: skip

    def _addressee(self, span: QuoteSpan, sentence: Sentence) -> str | None:
        if span.cue is None:
            return None
        end = span.first if span.first > span.cue.last else max(sentence.last, span.last)
        return addressee(self.view, max(span.cue.last, span.phrase.last), end)


def _evidence(span: QuoteSpan, speaker: Speaker) -> list[str]:
    """What speaks for and against a quote and its speaker together."""
    pointed = f"{span.phrase.how}{' far' * span.phrase.far}"
    return [
        "bias", f"direct={span.direct} cue={span.cue is not None}", f"pointed={pointed}",
        f"report={round(span.probability * 8)}", f"speaker={round(speaker.probability * 8)}",
        f"entity={speaker.entity is not None}",
    ]  # fmt: skip
