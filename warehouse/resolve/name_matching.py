"""Full names that are one thing: rules over the distinct names of the whole warehouse, whatever their articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from warehouse.resolve.names import contains, fold, is_initials, plain, spells
from warehouse.resolve.union_find import Join, UnionFind

# A short form is believed where this share of the articles that spell it out agree.
_AGREED = 0.8
# Two people are one where their articles have this many other names in common.
_SHARED_NAMES = 2


@dataclass(frozen=True)
class FullName:
    """A distinct name: `key` is its entity, `articles` how many give it."""

    key: str
    type: str
    name: str
    articles: int


@dataclass(frozen=True)
class ShortForm:
    """`short` was written for the thing `key` (of the full name `name`) in so many articles."""

    key: str
    type: str
    name: str
    short: str
    articles: int


def same_but_for_form(names: Iterable[FullName]) -> Iterator[Join]:
    """`PT Pertamina (Persero)` and `Pertamina`, `H. Ahmad Fauzi` and `Ahmad Fauzi`."""
    first: dict[tuple[str, str], FullName] = {}
    for name in names:
        form = plain(name.type, name.name)
        if name.type == "PER" and " " not in form:
            continue
        known = first.setdefault((name.type, form), name)
        if known.key != name.key:
            yield Join(name.key, known.key, "form", f"{name.name} = {known.name}")


def acronyms(
    names: Mapping[tuple[str, str], FullName], short_forms: Iterable[ShortForm], joined: UnionFind
) -> Iterator[Join]:
    """`KPK` is what the articles that spell it out say, where they agree.

    One article is enough where the short form is made of initials. For people, whose initials and pet names are
    shared by many, two articles must say so, and no full name may hold the short one as a word.
    """
    meanings: dict[tuple[str, str], list[ShortForm]] = defaultdict(list)
    for form in short_forms:
        if form.type == "PER" or spells(form.short, form.name):
            meanings[form.type, fold(form.short)].append(form)
    words = {word for type, folded in names if type == "PER" for word in folded.split() if " " in folded}
    for (type, short), forms in sorted(meanings.items()):
        own = names.get((type, short))
        if own is None:
            continue
        counted: Counter[str] = Counter()
        for form in forms:
            counted[joined.of(form.key)] += form.articles
        meaning, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
        spelled = next(form.name for form in sorted(forms, key=lambda f: f.name) if joined.of(form.key) == meaning)
        certain = count >= 2 and short not in words if type == "PER" else count >= 2 or is_initials(short, spelled)
        if certain and count >= _AGREED * counted.total() and own.key != meaning:
            because = f"{own.name} is {spelled} in {count} of {counted.total()} articles that spell it out"
            yield Join(own.key, meaning, "short_form", because)


def parts_of_longer(people: Iterable[FullName]) -> Iterator[tuple[FullName, FullName]]:
    """Names of two words and more with the one longer name that holds them."""
    by_pair: dict[str, list[tuple[str, FullName]]] = defaultdict(list)
    known = [(plain("PER", person.name), person) for person in people]
    for form, person in known:
        words = form.split()
        for pair in {" ".join(words[i : i + 2]) for i in range(len(words) - 1)}:
            by_pair[pair].append((form, person))
    for form, person in known:
        pair = " ".join(form.split()[:2])
        longer = [other for whole, other in by_pair[pair] if whole != form and contains(whole, form)]
        if " " in pair and len(longer) == 1:
            yield person, longer[0]


def shorter_names(
    parts: Iterable[tuple[FullName, FullName]],
    co_mentions: Mapping[str, set[str]],
    offices: Mapping[str, set[str]],
) -> Iterator[Join]:
    """`Gibran Rakabuming` is Gibran Rakabuming Raka: part of one longer name, and a shared office or co-mentions.

    `co_mentions`, `offices`: by key, other names in the articles of a person and the person's offices.
    """
    for person, other in parts:
        offices_shared = offices.get(person.key, set()) & offices.get(other.key, set())
        names_shared = co_mentions.get(person.key, set()) & co_mentions.get(other.key, set())
        if offices_shared or len(names_shared) >= _SHARED_NAMES:
            shared = ", ".join(sorted(offices_shared)) or f"{len(names_shared)} other names in common"
            yield Join(person.key, other.key, "shorter_name", f"{person.name} is part of {other.name}; {shared}")
