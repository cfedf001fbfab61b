"""The tokens of a document with the records of earlier stages laid over them, as later stages look at them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from warta.records import Document, Mention, Quote, TimeExpression

# What lies farther off has no say: few sentences are as long, and they are lists, or lack their full stops.
REACH = 100
Record = TypeVar("Record", Mention, TimeExpression, Quote)


class TokenSpan(NamedTuple):
    """tokens[first:last]"""

    first: int
    last: int


class NamedTokens(NamedTuple):
    """A mention by name as tokens[first:last], one token at least."""

    first: int
    last: int
    mention: Mention


class TokenView:
    """`words` are the tokens in lower case, `starts` their offsets.

    Each layer of records is made when a stage first asks for it, so the stage that fills it must be over by then.
    `mentions`, `times`, `direct` and `reported` hold, for each token, what covers it.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.words = [token.text.lower() for token in document.tokens]
        self.starts = [token.start for token in document.tokens]
        self._sentences = [TokenSpan(sentence.first, sentence.last) for sentence in document.sentences]

    # -- layers -----------------------------------------------------------------------------------------------------

    @cached_property
    def mentions(self) -> list[Mention | None]:
        return self._layer(self.document.mentions)

    @cached_property
    def times(self) -> list[TimeExpression | None]:
        return self._layer(self.document.times)

    @cached_property
    def direct(self) -> list[bool]:
        """Whether the token stands in a direct quote."""
        return [quote is not None for quote in self._layer(q for q in self.document.quotes if q.kind == "direct")]

    @cached_property
    def reported(self) -> list[Quote | None]:
        """The indirect or mixed quote that the token stands in."""
        return self._layer(quote for quote in self.document.quotes if quote.kind != "direct")

    @cached_property
    def name_from(self) -> dict[int, NamedTokens]:
        """The mentions by name, by their first token."""
        return {name.first: name for name in self._named}

    @cached_property
    def name_to(self) -> dict[int, NamedTokens]:
        """The mentions by name, by the token behind them."""
        return {name.last: name for name in self._named}

    @cached_property
    def _named(self) -> list[NamedTokens]:
        spans = ((self.at(m.start), self.at(m.end), m) for m in self.document.mentions if m.form == "name")
        return [NamedTokens(first, max(last, first + 1), mention) for first, last, mention in spans]

    def _layer(self, records: Iterable[Record]) -> list[Record | None]:
        """For each token the last of `records` that covers it."""
        layer: list[Record | None] = [None] * len(self.tokens)
        for record in records:
            for index in range(self.at(record.start), self.at(record.end)):
                layer[index] = record
        return layer

    # -- places -----------------------------------------------------------------------------------------------------

    def at(self, offset: int) -> int:
        """The first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def text(self, first: int, last: int) -> str:
        """What the article has at tokens[first:last]."""
        return self.document.article.text[self.tokens[first].start : self.tokens[last - 1].end]

    def names(self, first: int, last: int) -> list[NamedTokens]:
        """The names that begin in tokens[first:last]."""
        names = self.name_from
        return [names[at] for at in range(first, last) if at in names]

    def word(self, index: int, within: TokenSpan) -> str:
        """The word at `index`, or a mark for the edges of the sentence `within`."""
        if within.first <= index < within.last:
            return self.words[index]
        return "<s>" if index < within.first else "</s>"

    def sentence_start(self, index: int) -> int:
        """The first token of the sentence of tokens[index]."""
        return self.document.sentences[self.tokens[index].sentence].first

    def around(self, index: int) -> TokenSpan:
        """The sentence of tokens[index], as far as REACH tokens on either side."""
        sentence = self._sentences[self.tokens[index].sentence]
        if sentence.last - sentence.first <= REACH:
            return sentence
        return TokenSpan(max(sentence.first, index - REACH), min(sentence.last, index + REACH))
