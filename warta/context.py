"""What stands where, by token: the earlier stages' records laid over the tokens of a document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from warta.records import Document, Mention, Quote, TimeExpression

# What lies farther off has no say: few sentences are as long, and they are lists, or lack their full stops.
REACH = 100


class Span(NamedTuple):
    """tokens[first:last]"""

    first: int
    last: int


@dataclass(slots=True)
class Context:
    """`words` are the tokens in small letters; the other lists hold, for each token, the record that covers it."""

    document: Document
    words: list[str]
    mentions: list[Mention | None]
    times: list[TimeExpression | None]
    direct: list[bool]
    reported: list[Quote | None]
    shared: dict[int, list[str]] = field(default_factory=dict)  # features of a sentence, kept for its next candidate

    @classmethod
    def of(cls, document: Document) -> Context:
        count = len(document.tokens)
        starts = [token.start for token in document.tokens]
        context = cls(
            document,
            [t.text.lower() for t in document.tokens],
            [None] * count,
            [None] * count,
            [False] * count,
            [None] * count,
        )

        def covered(start: int, end: int) -> range:
            return range(bisect_left(starts, start), bisect_left(starts, end))

        for mention in document.mentions:
            for i in covered(mention.start, mention.end):
                context.mentions[i] = mention
        for time in document.times:
            for i in covered(time.start, time.end):
                context.times[i] = time
        for quote in document.quotes:
            for i in covered(quote.start, quote.end):
                if quote.kind == "direct":
                    context.direct[i] = True
                else:
                    context.reported[i] = quote
        return context

    def word(self, index: int, first: int, last: int) -> str:
        """The word at `index`, or a mark for the edges of the sentence tokens[first:last]."""
        return self.words[index] if first <= index < last else "<s>" if index < first else "</s>"

    def around(self, index: int) -> Span:
        """The sentence of the token at `index`, as far as REACH tokens on either side."""
        sentence = self.document.sentences[self.document.tokens[index].sentence]
        return Span(max(sentence.first, index - REACH), min(sentence.last, index + REACH))
