"""Random articles in which everything meets: few names, short forms, offices, days, stories and addresses."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from warehouse.ids import name_id

Rows = dict[str, list[dict[str, Any]]]

PEOPLE = ("Budi Santoso", "Budi", "Sri Wahyuni", "Sri", "Andi Rahman Hakim", "Andi Rahman", "Rahman", "Agus Salim")
BODIES = ("Badan Siaga Nusa", "BSN", "PT Karya Laut", "Karya Laut", "Dinas Kesehatan")
PLACES = ("Padang", "Kota Bogor", "Maros")
TOLD = ("sentences", "entity_mentions", "events", "event_participants", "quotes")
OFFICES = ("Menteri Laut", "Bupati Maros", "Ketua Badan Siaga Nusa", "saksi")
FIRST_DAY = date(2026, 3, 1)


def article(article_id: str, run_id: str, chance: random.Random) -> Rows:
    """All rows of an article and of the document that it comes from."""
    made = _Article(article_id, run_id, chance)
    for _ in range(chance.randint(1, 4)):
        made.tell()
    return made.finish()


class _Article:
    def __init__(self, article_id: str, run_id: str, chance: random.Random) -> None:
        self.id, self.run, self.chance, self.text = article_id, run_id, chance, ""
        self.day = FIRST_DAY + timedelta(days=chance.randint(0, 6))
        self.names: dict[str, dict[str, Any]] = {}
        self.rows: Rows = {
            name: [] for name in ("sentences", "entity_mentions", "events", "event_participants", "quotes")
        }

    def tell(self) -> None:
        """A sentence: somebody does something to somebody somewhere, and says so."""
        number, start, chance = len(self.rows["sentences"]), len(self.text), self.chance
        within = {"article_id": self.id, "sentence_id": f"{self.id}-{number}"}
        actor, target = self._mention(within, *self._thing()), self._mention(within, *self._thing())
        place = self._mention(within, "GPE", chance.choice(PLACES))
        self._event(within, place, self._write("menangkap"))
        self._take_part(within["sentence_id"], "actor", actor)
        self._take_part(within["sentence_id"], "target", target)
        speaker = actor if chance.random() < 0.8 else {"entity_id": None, "text": "warga"}
        self._quote(within, speaker, chance.choice((None, target["text"])))
        self.rows["sentences"].append({**within, "ordinal": number, "start_char": start, "end_char": len(self.text)})

    def _event(self, within: dict[str, Any], place: dict[str, Any], trigger: tuple[int, int]) -> None:
        event = {
            "event_id": within["sentence_id"], "type": self.chance.choice(("ARREST", "ACCIDENT")),
            "trigger": "menangkap", "trigger_start": trigger[0], "trigger_end": trigger[1], "status": "asserted",
            "in_quote": self.chance.random() < 0.1, "place_entity_id": place["entity_id"], "place_name": place["text"],
            "date_start": self.chance.choice((None, self.day - timedelta(days=1), self.day)),
        }  # fmt: skip
        self.rows["events"].append({**within, **event})

    def _take_part(self, event: str, role: str, who: dict[str, Any]) -> None:
        same = {name: who[name] for name in ("article_id", "entity_id", "text", "start_char", "end_char")}
        ordinal = int(role == "target")
        self.rows["event_participants"].append(
            {**same, "event_id": event, "ordinal": ordinal, "role": role, "name": who["text"]}
        )

    def _quote(self, within: dict[str, Any], speaker: dict[str, Any], addressee: str | None) -> None:
        said = " ".join(self.chance.choices(("harga", "beras", "jalan", "rusak", "pasar", "ramai"), k=4))
        start, end = self._write(said)
        quote = {
            "quote_id": f"{within['sentence_id']}q", "kind": "direct", "text": said,
            "start_char": start, "end_char": end,
            "speaker_entity_id": speaker["entity_id"], "speaker_name": speaker["text"], "cue": "jawab",
            "speaker_role": self.chance.choice((None, *OFFICES)), "addressee": addressee,
        }  # fmt: skip
        self.rows["quotes"].append({**within, **quote})

    def _thing(self) -> tuple[str, str]:
        return (
            ("PER", self.chance.choice(PEOPLE)) if self.chance.random() < 0.7 else ("ORG", self.chance.choice(BODIES))
        )

    def _write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words + " "
        return start, start + len(words)

    def _mention(self, within: dict[str, Any], type: str, name: str) -> dict[str, Any]:
        start, end = self._write(name)
        entity = name_id(type, name)
        aliases = [name, "BSN"] if name == "Badan Siaga Nusa" and self.chance.random() < 0.5 else [name]
        known = {"article_id": self.id, "entity_id": entity, "type": type, "name": name, "aliases": aliases}
        self.names.setdefault(entity, known)
        mention = {
            **within, "mention_id": f"{self.id}m{start}", "entity_id": entity, "type": type, "text": name,
            "form": "name",
            "start_char": start, "end_char": end,
            "role": self.chance.choice((None, *OFFICES)) if type == "PER" else None,
        }  # fmt: skip
        self.rows["entity_mentions"].append(mention)
        return mention

    def finish(self) -> Rows:
        """All of it, with the document and the address that it comes from."""
        chance, document = self.chance, f"{self.id}-{self.run}"
        at = datetime(2026, 3, 1, chance.randint(0, 23), tzinfo=UTC)
        known = {
            "article_id": self.id, "title": f"Kabar {at.hour}", "published_date": self.day,
            "outlet": chance.choice(("Kabar", "Lain", None)),
        }  # fmt: skip
        told = {"text": self.text, "run_id": self.run, "source_uri": document, "word_count": 50, "language": "id"}
        there = {"address": chance.choice((None, f"kabar.example/{chance.randint(1, 15)}")), "page": 1}
        return self.rows | {
            "articles": [{**known, **told}],
            "article_entities": list(self.names.values()),
            "documents": [{"document_id": document, "article_id": self.id, "status": "accepted", "run_id": self.run}],
            "publications": [{**known, **there, "document_id": document, "seen_at": at, "as_of": at}],
        }
