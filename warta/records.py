"""What warta reads and what it finds.

Every `start`/`end` is a half-open range of character offsets (Python code points) into `Article.text`, so
`article.text[x.start:x.end] == x.text` for every record that has a text. Records are frozen: a stage of the chain
(see `chain.py`) adds records, it never edits those of an earlier stage.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

EntityType = Literal["PER", "ORG", "GPE", "LOC", "FAC", "NOR", "EVT", "LAW", "PRD", "WOA"]
Form = Literal["name", "nominal", "pronoun"]
QuoteKind = Literal["direct", "indirect", "mixed"]
EventStatus = Literal["asserted", "planned", "denied", "possible"]
TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]
AmountKind = Literal["money", "percent", "count", "measure"]

MAX_TEXT = 1_000_000  # characters of an article; the longest news features have about 50,000


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as a reader found it: field values are still untrusted strings.

    `source_uri` names the file, `locator` the place in it (`line 12`, `row 3`, "" for a whole file);
    `sha256` and `size` (bytes) are those of the record as stored, before any cleaning. `date_problem` tells why a date
    that is given was not read (`unread_date: dd-aaa-dd`), `rest` what a service put in place of the rest of the text
    (`[+2345 chars]`), `lost_marks` how many quotation marks seem to have become `?` and could not be put back.
    `outlet` is who published it as the source writes it: a name, a host, an address. `as_of` is when the record stood
    so, as it says itself: when it was taken, else when its article was last changed.
    """

    source_uri: str
    locator: str
    media_type: str
    sha256: str
    size: int
    text: str
    external_id: str | None = None
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    as_of: datetime | None = None
    author: str | None = None
    category: str | None = None
    outlet: str | None = None
    date_problem: str | None = None
    rest: str | None = None
    lost_marks: int = 0


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that could not become an article: `reason` is a stable code, `detail` a sentence for people."""

    source_uri: str
    locator: str
    media_type: str
    sha256: str
    size: int
    reason: str
    detail: str
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that cleaning took away. `at` is the offset in the cleaned text where they stood.

    `rule` names the kind: `advertisement`, `pointer`, `credit`, `dateline`, ... (lang/id/boilerplate.yml).
    """

    at: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `text` holds the body only (no title), one paragraph a line, no empty lines.

    `article_id` is "" until somebody stores the article: the library makes no ids. `dateline` is what stood in front of
    the first sentence (`BANDUNG, Kabar.com -`), `place` the place in it, `cuts` all that cleaning took out of the text,
    `text_problem` why the text may not be as published (`cut: [+2345 chars]`, `lost_marks: 4`).
    """

    article_id: str
    text: str
    title: str = ""
    external_id: str | None = None
    source_uri: str = ""
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    category: str | None = None
    language: str = "id"
    published_at: datetime | None = None
    published_date: date | None = None
    dateline: str | None = None
    place: str | None = None
    cuts: tuple[Cut, ...] = ()
    text_problem: str | None = None


class Token(NamedTuple):
    """A word, number or punctuation mark. `sentence` is the index of its sentence."""

    text: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`paragraph` counts the lines of the text from 0; tokens[first:last] are its tokens."""

    ordinal: int
    start: int
    end: int
    paragraph: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the article points at a thing. `entity` indexes `Document.entities`.

    `form`: by name, by a description (`Kapolres itu`) or by a pronoun (`dia`, the `nya` of `ujarnya`).
    `role`: the title or office beside a name (`Wali Kota Pekanbaru`), not part of the mention itself.
    """

    start: int
    end: int
    text: str
    type: EntityType
    form: Form
    sentence: int
    entity: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in one article: `name` is its fullest name there, `aliases` all its distinct name strings."""

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """`value` follows TIMEX3 (`2025-10-07`, `2025-W41`, `198X`, `P3D`, `2025-10-07T14:30`)."""

    start: int
    end: int
    text: str
    kind: TimeKind
    value: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is the plain number (`Rp 2,3 triliun` -> 2.3e12), `unit` its currency code, `%` or counted noun."""

    start: int
    end: int
    text: str
    kind: AmountKind
    value: float
    unit: str | None
    sentence: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported speech. `speaker` indexes `Document.entities` (None: unnamed or unresolved).

    `speaker_name` is the entity's name where there is one, else the noun phrase as written, else None.
    `speaker_text` are the words beside the cue that point at the speaker; `confidence` is 0..1.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    sentence: int
    cue: str | None = None
    speaker: int | None = None
    speaker_name: str | None = None
    speaker_text: str | None = None
    speaker_role: str | None = None
    addressee: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or target of an event; `name` is the entity's name where `entity` is set, else the words as written."""

    role: Literal["actor", "target"]
    name: str
    text: str
    start: int
    end: int
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, will, may or did not. `start`/`end`/`trigger` are the word that names it."""

    start: int
    end: int
    trigger: str
    type: str
    status: EventStatus
    sentence: int
    participants: tuple[Participant, ...] = ()
    date_start: date | None = None
    date_end: date | None = None
    date_text: str | None = None
    place: int | None = None
    place_name: str | None = None
    in_quote: bool = False
    confidence: float = 0.5


@dataclass(slots=True)
class Document:
    """An article on its way down the chain: each stage fills its own field from those above it."""

    article: Article
    sentences: list[Sentence] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The document as JSON knows it: the fields of the records, days as ISO 8601, mentions under their entities.

        Sentences carry their text; tokens are left out.
        """
        text = self.article.text
        entities: list[dict[str, Any]] = [asdict(entity) | {"mentions": []} for entity in self.entities]
        for mention in self.mentions:
            fields = asdict(mention)
            entities[fields.pop("entity")]["mentions"].append(fields)
        found: dict[str, Any] = _plain(
            {
                "article": asdict(self.article),
                "sentences": [{"start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in self.sentences],
                "entities": entities,
                "times": [asdict(time) for time in self.times],
                "amounts": [asdict(amount) for amount in self.amounts],
                "quotes": [asdict(quote) for quote in self.quotes],
                "events": [asdict(event) for event in self.events],
            }
        )
        return found


def _plain(value: Any) -> Any:
    """`value` with lists for tuples and ISO 8601 for days and moments."""
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case date():
            return value.isoformat()
    return value
