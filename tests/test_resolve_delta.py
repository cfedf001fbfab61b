"""Links that are brought up to date are those that are made whole, row by row, whatever came, went or was replaced."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import duckdb
import polars as pl
import pytest

from warehouse.ids import name_id, stable_id
from warehouse.resolve.apply import resolve
from warehouse.resolve.corrections import ACTIONS, Correction


class Theme(NamedTuple):
    """Things that meet in the articles of one world: (type, name, short forms). Some articles name one of `alone` only,
    many at once; `empty`: about how many articles name nothing."""

    things: tuple[tuple[str, str, tuple[str, ...]], ...]
    roles: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    empty: int = 0


def _named(type: str, *names: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((type, name, ()) for name in names)


HEAD, PARTY = "Bupati Banjarsari", "Partai Bintang Timur"
THEMES = {
    "forms": Theme(
        (*_named("ORG", "PT Samudra (Persero)", "Samudra", "Samudra Tbk", "DPRD", "Dewan Kelapa RI", "Dewan Kelapa"),
         *_named("PER", "H. Ratna", "Ratna", "Moch Ahmad Fauzi", "M. Ahmad Fauzi", "Ma'mun Fauzi", "Ma’mun Fauzi", "-"),
         *_named("GPE", "Bogor", "Kab. Bogor", "AS", "Amerika Serikat", "Banjarsari", "Polres")),
        ("bupati", HEAD),
    ),
    "short forms": Theme(
        (*_named("ORG", "YLBL", "BRN", "Yalabir", "Kejari", "Satpol", "KPK",
                 "Komisi Pemberantasan Korupsi"),
         ("ORG", "Yayasan Laut Biru Lestari", ("YLBL", "Yalabir", "Ylbl")),
         ("ORG", "Bank Rakyat Niaga", ("BRN", "Brn")),
         ("ORG", "Bank Rakyat Niaga Tbk", ("BRN",)), ("ORG", "Balai Riset Nusantara", ("BRN", "QXZ")),
         ("ORG", "Kejaksaan Negeri", ("Kejari",)), ("ORG", "Satpol PP", ("Satpol",)),
         ("PER", "Ratna Dewi", ("Bening",)), ("PER", "Sri Lestari", ("Bening",)), ("PER", "Ayu Bening", ()),
         *_named("PER", "Bening", "H. Ratna Dewi")),
    ),
    "offices": Theme(
        _named("PER", "Ratna", "Dewi", "Ratna Dewi", "H. Ratna Dewi", "Ratna Ayu", "Ratna Dewi Lestari"),
        (HEAD, HEAD, "bupati", "anggota DPR", "saksi"),
    ),
    "public names": Theme(  # ids of some are smaller than that of the public one, which then stands for both
        _named("PER", "Jokowi", "Joko Widodo", "(Joko Widodo)", "H. Joko Widodo", "KH Joko Widodo", "Gus Joko Widodo",
               "Susilo Joko Widodo", "Prabowo", "Prabowo Subianto Djojohadikusumo"),
        ("Presiden", "lurah", "pelatih"),
    ),
    "namesakes": Theme(
        (*_named("PER", *(f"{title} Ratna Dewi" for title in ("H.", "Dr.", "Ir.", "Drs.", "KH")), "Ratna Dewi"),
         *_named("ORG", PARTY, "Klub Layar")),
        ("bupati", "pelatih", "penyanyi", "mantan bupati"),
    ),
    "company": Theme(
        (*_named("PER", "Ratna Dewi", "Ratna Dewi Lestari"), *_named("ORG", PARTY, "Klub Layar")),
        (), (PARTY, "Klub Layar"),
    ),
    "namesakes in company": Theme(
        (*_named("PER", "Ratna Dewi"), *_named("ORG", PARTY)),
        ("bupati", "pelatih", "penyanyi", "hakim", "dokter"), (PARTY,),
    ),
    "company of many": Theme(
        (*_named("PER", "Ratna Dewi"), *_named("ORG", PARTY)), ("bupati", "pelatih", "penyanyi", "hakim"), (PARTY,), 420
    ),
}  # fmt: skip
_DAYS = (None, 0, 5, 30, 31, 61)


class Named(NamedTuple):
    """A thing that an article names."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Article(NamedTuple):
    day: date | None = None
    names: tuple[Named, ...] = ()


World = dict[str, Article]


class Maker:
    """Random articles of a theme, and random changes of them."""

    def __init__(self, theme: Theme, seed: int) -> None:
        self._theme = theme
        self._random = random.Random(seed)
        self._articles = 0

    def world(self) -> World:
        world: World = {}
        self._add(world, self._random.choice((0, 6, 9)))
        for name in self._theme.alone:  # what more than twenty articles name tells nothing of a person
            known = sum(name in {named.name for named in article.names} for article in world.values())
            self._add_alone(world, max(0, self._random.randint(18, 22) - known), name)
        for n in range(self._theme.empty + self._random.randint(-20, 20) if self._theme.empty else 0):
            world[f"empty {n}"] = Article()
        return world

    def change(self, world: World) -> None:
        """Some articles come, go, or have other rows."""
        for _ in range(self._random.choice((1, 1, 2, 3))):
            what = self._random.choice(("come", "go", "replace", "alone", "alone", "empty"))
            if what == "come":
                self._add(world, self._random.randint(1, 3))
            elif what == "alone" and self._theme.alone:
                self._add_alone(world, self._random.randint(1, 5), self._random.choice(self._theme.alone))
            elif what == "empty" and self._theme.empty:
                for _ in range(self._random.randint(1, 30)):
                    world[f"empty {self._random.randint(0, 450)}"] = Article()
            elif world:
                article = self._random.choice(sorted(world))
                del world[article]
                if what == "replace":
                    world[article] = self._article()

    def corrections(self, world: World) -> list[Correction]:
        """None in half of the worlds."""
        count = self._random.choice((0, 0, 0, 1, 3, 6))
        return [self._correction(line, sorted(world)) for line in range(2, 2 + count)]

    def _correction(self, line: int, articles: list[str]) -> Correction:
        action = self._random.choice(ACTIONS)
        target, value, article = self._mentioned(), self._mentioned(), ""
        if action == "speaker":
            target, value = self._random.choice(("quote", "nothing")), self._random.choice((value, ""))
        elif action == "retype":
            value = "ORG"
        elif action == "split" and articles:
            article = self._random.choice(articles)
        return Correction(line, action, target, article, value, "Sari", "she knows")

    def _mentioned(self) -> str:
        type, name, _ = self._random.choice(self._theme.things)
        return self._random.choice((name, name_id(type, name)))

    def _add(self, world: World, articles: int) -> None:
        for _ in range(articles):
            self._articles += 1
            world[f"{self._articles:04}"] = self._article()

    def _add_alone(self, world: World, articles: int, name: str) -> None:
        for _ in range(articles):
            self._articles += 1
            world[f"{self._articles:04}"] = Article(None, (Named("ORG", name),))

    def _article(self) -> Article:
        days = self._random.choice(_DAYS)
        day = None if days is None else date(2025, 3, 1) + timedelta(days)
        return Article(day, tuple(self._thing() for _ in range(self._random.choice((1, 2, 2, 3)))))

    def _thing(self) -> Named:
        type, name, short = self._random.choice(self._theme.things)
        roles = self._random.choice((0, 1, 1, 2)) if type == "PER" and self._theme.roles else 0
        return Named(
            type,
            name,
            tuple(self._random.sample(short, self._random.randint(0, len(short)))),
            tuple(self._random.sample(self._theme.roles, roles)),
        )


def rows(world: World) -> dict[str, pl.DataFrame]:
    """The tables that resolution reads."""
    entities, mentions = [], []
    for article, (_, names) in world.items():
        known: set[str] = set()
        for number, named in enumerate(names):
            local = name_id(named.type, named.name)
            if local in known:  # as in an article that tells two people of one name apart
                local = stable_id(local, article, number)
            known.add(local)
            entities.append((article, local, named.name, named.type, [named.name, *named.aliases]))
            mentions += [(article, local, named.type, role) for role in (*named.roles, None)]
    id, text = pl.String, pl.String
    entity = {"article_id": id, "entity_id": id, "name": text, "type": text, "aliases": pl.List(text)}
    mention = {"article_id": id, "entity_id": id, "type": text, "role": text}
    days = [(article, given.day) for article, given in world.items()]
    return {
        "articles": pl.DataFrame(days, schema={"article_id": id, "published_date": pl.Date}, orient="row"),
        "article_entities": pl.DataFrame(entities, schema=entity, orient="row"),
        "entity_mentions": pl.DataFrame(mentions, schema=mention, orient="row"),
        "quotes": pl.DataFrame({"quote_id": ["quote"]}),
    }


def put(connection: duckdb.DuckDBPyConnection, world: World, changed: set[str]) -> None:
    """The world becomes what is current."""
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS loaded; CREATE SCHEMA IF NOT EXISTS current")
    for name, frame in rows(world).items():
        connection.register("given", frame.to_arrow())
        connection.execute(f"CREATE OR REPLACE TABLE loaded.{name} AS FROM given")
        connection.execute(f"CREATE OR REPLACE VIEW current.{name} AS FROM loaded.{name}")
    connection.register("given", pl.DataFrame({"article_id": sorted(changed)}, {"article_id": pl.String}).to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE changed AS FROM given")


MADE = ("entity_links", "corrected_entities", "corrected_speakers", "public_names", "located")
KEPT = ("names", "short_forms", "joined", "signs", "common", "uncorrected")


def state(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """All that was made and is kept, in an order of its own."""
    names = (*MADE, *(f"kept.{name}" for name in KEPT))
    return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=str) for name in names}


def whole(world: World, corrected: list[Correction]) -> tuple[dict[str, list[Any]], list[Correction]]:
    with duckdb.connect(config={"threads": 1}) as connection:
        put(connection, world, set())
        unused = resolve(connection, corrected)
        return state(connection), unused


def differ(one: list[Any], other: list[Any]) -> set[str]:
    """Articles of which the links are others."""
    by_article: dict[str, list[set[Any]]] = defaultdict(lambda: [set(), set()])
    for side, links in enumerate((one, other)):
        for link in links:
            by_article[link[0]][side].add(link)
    return {article for article, (before, after) in by_article.items() if before != after}


def hold(worlds: Iterable[World], corrected: Iterable[Correction] = ()) -> None:
    """Bring the first world up to date with each of the others in turn, and hold it against the whole each time."""
    former: World = {}
    before: list[Any] = []
    with duckdb.connect(config={"threads": 1}) as connection:
        for number, world in enumerate(worlds):
            changed = {article for article in former.keys() | world.keys() if former.get(article) != world.get(article)}
            put(connection, world, changed)
            unused = resolve(connection, list(corrected), changed=number > 0)
            after = state(connection)
            assert (after, unused) == whole(world, list(corrected))
            if number:
                relinked = {article for (article,) in connection.execute("FROM relinked").fetchall()}
                expected = differ(before, after["entity_links"]) - changed
                assert relinked >= expected if corrected else relinked == expected
            former, before = world, after["entity_links"]


def follow(theme: Theme, seed: int, steps: int) -> None:
    """A random world and random changes of it."""
    maker = Maker(theme, seed)
    worlds = [maker.world()]
    for _ in range(steps):
        worlds.append(dict(worlds[-1]))
        maker.change(worlds[-1])
    hold(worlds, maker.corrections(worlds[0]))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("theme", THEMES)
def test_links_by_delta_are_those_of_the_whole(theme: str, seed: int) -> None:
    follow(THEMES[theme], seed, 2)


def per(name: str, *roles: str) -> Named:
    return Named("PER", name, (), roles)


BINTANG, LAYAR = Named("ORG", PARTY), Named("ORG", "Klub Layar")


@pytest.mark.parametrize(
    ("stay", "come_and_go"),
    [
        # The twenty-first article that names the party: it no longer says that two names are one, or two people.
        (
            [(per("Ratna Dewi"), BINTANG, LAYAR), (per("Ratna Dewi Lestari"), BINTANG, LAYAR), *[(BINTANG,)] * 18],
            [(BINTANG,)],
        ),
        (
            [(per("Ratna Dewi", "bupati"), BINTANG), (per("Ratna Dewi", "pelatih"), BINTANG), *[(BINTANG,)] * 18],
            [(BINTANG,)],
        ),
        # One of two names of a key holds the office of a longer name.
        (
            [(per("Joko Widodo"),), (per("Susilo Joko Widodo", "lurah"),)],
            [(per("(Joko Widodo)", "lurah"),)],
        ),
        # A name that holds the articles of another one together.
        (
            [(per("Drs. Ratna Dewi", "bupati"), BINTANG), (per("Drs. Ratna Dewi", "pelatih"), LAYAR)],
            [(per("Ratna Dewi"), BINTANG, LAYAR)],
        ),
        # A public name that stands for another key while that one's name is in the news.
        ([(per("Jokowi"),), (per("Joko Widodo"),)], [(per("KH Joko Widodo"),)]),
        # A first name and who holds its office.
        ([(per("Ratna", HEAD),), (per("Ratna Ayu", HEAD),)], [(per("Ratna Dewi", HEAD),)]),
        ([(per("Ratna", HEAD),)], [(per("Ratna Dewi", HEAD),)]),
    ],
)  # fmt: skip
def test_what_comes_and_goes_changes_articles_that_stay(
    stay: list[tuple[Named, ...]], come_and_go: list[tuple[Named, ...]]
) -> None:
    without = {f"{number:02}": Article(None, names) for number, names in enumerate(stay)}
    others = {f"{number:02}": Article(None, names) for number, names in enumerate(come_and_go, start=len(stay))}
    assert whole(without, [])[0]["entity_links"] != [
        link for link in whole(without | others, [])[0]["entity_links"] if link[0] in without
    ]
    hold([without, without | others, without])
