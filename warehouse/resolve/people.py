"""People, article by article: a bare first name is nobody's until an office says whose; a full name may be shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from warehouse.ids import stable_id
from warehouse.resolve.data import Public, public_names
from warehouse.resolve.groups import Groups
from warehouse.resolve.names import contains, fold

# How many days before or after may the full name stand?
_DAYS = 30
# What more than this share of a person's articles tell is no sign of who is meant, where there are many.
_COMMON, _MANY = 0.5, 20


class Person(NamedTuple):
    """A person in one article. `key`: the entity that the full name alone would give; `day` counts from year 1."""

    article: str
    local: str
    key: str
    name: str
    offices: frozenset[str]
    day: int | None
    company: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placed:
    """Where a person of an article belongs, by which rule, and what it saw."""

    person: Person
    key: str
    rule: str
    because: str


class Bearers:
    """Full names by one of their words, of those that are looked for, and an office."""

    def __init__(self, people: Iterable[Person], groups: Groups, wanted: set[str]) -> None:
        self._found: dict[tuple[str, str], dict[tuple[str, str], set[int | None]]] = defaultdict(dict)
        for person in people:
            for word in wanted.intersection(fold(person.name).split()) if person.offices else ():
                bearer = groups.of(person.key), person.name
                for office in person.offices:
                    self._found[word, office].setdefault(bearer, set()).add(person.day)

    def of(self, word: str, office: str, day: int | None) -> dict[str, str]:
        """Key and a full name of everybody with that word and office around that day."""
        near = range(day - _DAYS, day + _DAYS + 1) if day is not None else ()
        bearers = self._found.get((word, office), {}).items()
        found = (bearer for bearer, days in bearers if day is None or None in days or not days.isdisjoint(near))
        return dict(sorted(found, reverse=True))


def place_short_name(person: Person, bearers: Bearers) -> Placed:
    """A person whom the article names by one word only."""
    word = fold(person.name)
    public = public_names().get(("PER", word))
    if public is not None and _fits(public, person):
        return Placed(person, public.key, "public_name", f"{person.name} is {public.name}")
    for office in sorted(person.offices):
        found = bearers.of(word, office, person.day)
        if len(found) == 1:
            (key, name), *_ = found.items()
            return Placed(person, key, "office", f"{person.name}, {office}: {name} within {_DAYS} days")
        if " " in office and not found:
            return Placed(person, stable_id("person", word, office), "name_and_office", f"{person.name}, {office}")
    return Placed(person, stable_id(person.local, person.article), "bare_name", "one word, nothing says whose")


def _fits(public: Public, person: Person) -> bool:
    return not person.offices or any(contains(held, role) for held in person.offices for role in public.roles)


def may_be_several(people: list[Person]) -> bool:
    """Is there no word that everybody's offices share? Else `tell_apart` finds nobody."""
    held = [_words([person]) for person in people if person.offices]
    return len(held) > 1 and not set.intersection(*held)


def tell_apart(key: str, people: list[Person]) -> Iterator[Placed]:
    """Two people with one full name: parties of articles that share neither an office nor company.

    The party with the most articles keeps the name's entity; another one leaves it only where both hold offices
    that have no word in common.
    """
    parties = _parties(people)
    main = parties[0]
    offices_of_main = _words(main)
    for party in parties[1:]:
        words = _words(party)
        if words and offices_of_main and not words & offices_of_main:
            first = min(person.article for person in party)
            shown = ", ".join(sorted({office for person in party for office in person.offices}))
            for person in party:
                yield Placed(person, stable_id(key, "apart", first), "apart", f"other office and company: {shown}")


def _words(people: list[Person]) -> set[str]:
    return {word for person in people for office in person.offices for word in office.split()}


def _parties(people: list[Person]) -> list[list[Person]]:
    """Articles that share an office or, unless nearly all share it, company; the largest party first."""
    by_office: dict[str, list[str]] = defaultdict(list)
    by_company: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for office in person.offices:
            by_office[office].append(person.article)
        for other in person.company:
            by_company[other].append(person.article)
    few = len(people) if len(people) < _MANY else _COMMON * len(people)
    groups = Groups()
    for articles in (*by_office.values(), *(shared for shared in by_company.values() if len(shared) <= few)):
        for article in articles[1:]:
            groups.join(articles[0], article)
    parties: dict[str, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda p: p.article):
        parties[groups.of(person.article)].append(person)
    return sorted(parties.values(), key=lambda party: (-len(party), party[0].article))
