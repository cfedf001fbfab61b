"""People, article by article: a first name alone needs an office beside it, and two people may share a full name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from warehouse.ids import stable_id
from warehouse.resolve.known_names import Public, public_names
from warehouse.resolve.names import contains, fold
from warehouse.resolve.union_find import UnionFind

# How many days before or after may the full name stand?
_DAYS = 30
# What more than this share of a person's articles tell is no sign of who is meant, where there are many.
_COMMON, _MANY = 0.5, 20


class Person(NamedTuple):
    """A person in one article. `key`: the entity that the full name alone would give; `day` counts from year 1.

    `co_mentions`: the other people, bodies and buildings that the article names.
    """

    article: str
    local: str
    key: str
    name: str
    offices: frozenset[str]
    day: int | None
    co_mentions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PersonLink:
    """The entity (`key`) that a person of an article is, by which rule, and what it saw."""

    person: Person
    key: str
    rule: str
    because: str


class OfficeHolders:
    """Full names by an office and one of their words; only words that are in `wanted`."""

    def __init__(self, people: Iterable[Person], joined: UnionFind, wanted: set[str]) -> None:
        self._found: dict[tuple[str, str], dict[tuple[str, str], set[int | None]]] = defaultdict(dict)
        for person in people:
            for word in wanted.intersection(fold(person.name).split()) if person.offices else ():
                holder = joined.of(person.key), person.name
                for office in person.offices:
                    self._found[word, office].setdefault(holder, set()).add(person.day)

    def named(self, word: str, office: str, day: int | None) -> dict[str, str]:
        """Key and a full name of everybody with that word and office around that day."""
        near = range(day - _DAYS, day + _DAYS + 1) if day is not None else ()
        holders = self._found.get((word, office), {}).items()
        found = (holder for holder, days in holders if day is None or None in days or not days.isdisjoint(near))
        return dict(sorted(found, reverse=True))


def link_short_name(person: Person, holders: OfficeHolders) -> PersonLink:
    """A person whom the article names by one word only."""
    word = fold(person.name)
    public = public_names().get(("PER", word))
    if public is not None and _fits(public, person):
        return PersonLink(person, public.key, "public_name", f"{person.name} is {public.name}")
    for office in sorted(person.offices):
        found = holders.named(word, office, person.day)
        if len(found) == 1:
            (key, name), *_ = found.items()
            return PersonLink(person, key, "office", f"{person.name}, {office}: {name} within {_DAYS} days")
        if " " in office and not found:
            return PersonLink(person, stable_id("person", word, office), "name_and_office", f"{person.name}, {office}")
    return PersonLink(person, stable_id(person.local, person.article), "bare_name", "one word, nothing says whose")


def _fits(public: Public, person: Person) -> bool:
    return not person.offices or any(contains(held, role) for held in person.offices for role in public.roles)


def may_be_namesakes(people: list[Person]) -> bool:
    """Is there no word that everybody's offices share? Else `separate_namesakes` finds nobody."""
    held = [_words([person]) for person in people if person.offices]
    return len(held) > 1 and not set.intersection(*held)


def separate_namesakes(key: str, people: list[Person]) -> Iterator[PersonLink]:
    """Two people with one full name: groups of articles that share neither an office nor co-mentions.

    The group with the most articles keeps the name's entity; another one leaves it only where both hold offices
    that have no word in common.
    """
    largest, *others = _groups(people)
    offices_of_largest = _words(largest)
    for group in others:
        words = _words(group)
        if words and offices_of_largest and not words & offices_of_largest:
            first = min(person.article for person in group)
            shown = ", ".join(sorted({office for person in group for office in person.offices}))
            for person in group:
                yield PersonLink(person, stable_id(key, "apart", first), "apart", f"other office and company: {shown}")


def _words(people: list[Person]) -> set[str]:
    return {word for person in people for office in person.offices for word in office.split()}


def _groups(people: list[Person]) -> list[list[Person]]:
    """Articles that share an office or, unless most of them have it, a co-mention; the largest group first."""
    by_office: dict[str, list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for office in person.offices:
            by_office[office].append(person.article)
        for other in person.co_mentions:
            by_name[other].append(person.article)
    few = len(people) if len(people) < _MANY else _COMMON * len(people)
    joined = UnionFind()
    for articles in (*by_office.values(), *(shared for shared in by_name.values() if len(shared) <= few)):
        for article in articles[1:]:
            joined.join(articles[0], article)
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda p: p.article):
        groups[joined.of(person.article)].append(person)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].article))
