"""Who published an article: one name for an outlet, however an address, a source or a dateline writes it.

What tells it, best first: the host of the article's address where that is a known outlet; the source's own field; what
the reader of the file was told; the host's domain; the dateline. Known are the hosts of `lang/id/outlets.yml`, and
before them those that a home names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from warta.lang import alternatives, load
from warta.text.publication import host

Hosts = tuple[tuple[str, str], ...]  # names of outlets by host: hashable, so that what is made of them is made once

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the outlets of a file: `name` for articles whose source names none, names by `hosts`."""

    name: str | None = None
    hosts: Hosts = ()


NOTHING_GIVEN = Given()


def outlet(url: str | None, field: str | None, given: Given = NOTHING_GIVEN) -> str | None:
    """The outlet's name, from all but the dateline. `field`: what the source says."""
    at = host(url)
    return (
        _known_host(at, given.hosts)
        or (named(field, given.hosts) if field else None)
        or (named(given.name, given.hosts) if given.name else None)
        or (_domain(at) if "." in at else None)
    )


@lru_cache(maxsize=4096)
def named(written: str, hosts: Hosts = ()) -> str:
    """The name of the outlet that a source calls so: an address, a domain, a name in any spelling.

    `https://www.kompas.com`, `KOMPAS.com` -> `Kompas.com`. What is not known keeps its name.
    """
    written = " ".join(written.split())
    at = host(written) or (_bare_host().match(written) or [""])[0].lower()
    if at:
        return _known_host(at, hosts) or _domain(at)
    return _spellings(hosts).get(fold(written)) or _of_a_region(written, hosts) or written


def is_known(name: str) -> bool:
    """Whether it is how warta itself calls an outlet."""
    return name in load("id", "outlets")["names"].values()


def fold(name: str) -> str:
    """`CNN Indonesia`, `cnn-indonesia` and `CNNIndonesia` are one name."""
    return _MARKS.sub("", name).casefold()


def _known_host(at: str, hosts: Hosts) -> str | None:
    """The name for the host or the nearest domain above it: `jabar.kabar.id` before `kabar.id`."""
    labels = at.split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    ours, known = dict(hosts), load("id", "outlets")["names"]
    return next((ours[domain] for domain in above if domain in ours), None) or known.get(_domain(at))


def _domain(at: str) -> str:
    """The domain that was registered: `news.kabar.co.id` -> `kabar.co.id`."""
    labels = at.split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in load("id", "outlets")["second_level"]
    return ".".join(labels[-3 if country else -2 :])


@lru_cache(maxsize=1)
def _bare_host() -> re.Pattern[str]:
    """A host without `https://`, maybe with a path: `www.kabar.id/rss`."""
    endings = alternatives(load("id", "datelines")["endings"])
    return re.compile(rf"(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{endings})(?=/|:\d|$)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _spellings(hosts: Hosts) -> dict[str, str]:
    """The names of outlets by the folded forms in which they are written; a home's own names go before ours."""
    listed, ours = load("id", "outlets"), dict(hosts)
    names = {domain: ours.get(domain, name) for domain, name in listed["names"].items()}
    renamed = {name: names[domain] for domain, name in listed["names"].items()}
    found = {fold(domain.split(".")[0]): name for domain, name in names.items()}
    found |= {fold(domain): name for domain, name in names.items()}
    found |= {fold(alias): renamed[name] for part in ("written", "spoken") for alias, name in listed[part].items()}
    found |= {fold(name): renamed[name] for name in listed["names"].values()}
    return found | {fold(name): name for name in ours.values()}


def _of_a_region(written: str, hosts: Hosts) -> str | None:
    """`ANTARA News Lampung`: the name of an outlet with a place behind it. `Suara Lampung` is another one."""
    words, places = written.split(), _places()
    for size in range(len(words) - 1, 0, -1):
        if fold(" ".join(words[size:])) in places and (name := _full_names(hosts).get(fold(" ".join(words[:size])))):
            return name
    return None


@lru_cache(maxsize=8)
def _full_names(hosts: Hosts) -> dict[str, str]:
    """The names of outlets by their full names, folded: without first parts of domains, which are common words."""
    listed, spellings = load("id", "outlets"), _spellings(hosts)
    names = [*listed["names"].values(), *listed["names"], *listed["spoken"]]
    return {fold(name): spellings[fold(name)] for name in names}


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(map(fold, load("id", "datelines")["places"]))
