"""`warta.toml` in a home: what holds for every run on it. Options of a command go before it.

Each setting is declared once, as a field of HomeSettings: its name, its default, what it takes and how that is checked.
"""

from __future__ import annotations

import glob
import os
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.outlets import OutletRules
from pipeline.sharing import require_group
from pipeline.sources import is_address
from warehouse.db import is_size, require_size
from warehouse.errors import WrongUsage
from warehouse.home import Home

FILE = "warta.toml"
MAX_NAME = 60  # characters of an outlet

_HOST = re.compile(r"(?!www\.)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LINES = re.compile(r"\s*\n\s*")


class WrongHomeSettings(WrongUsage):
    """The file cannot be read, or says what it must not; or it had to name a source, and does not."""


def _takes(what: str, is_good: Callable[[Any], bool]) -> dict[str, Any]:
    """What a setting takes, in words and as a check."""
    return {"takes": what, "is_good": is_good}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _are_languages(value: Any) -> bool:
    return _are_texts(value) and bool(value) and all(_LANGUAGE.fullmatch(item) for item in value)


def _are_names(value: Any, is_key: Callable[[str], object]) -> bool:
    return isinstance(value, dict) and all(
        is_key(key) and isinstance(name, str) and 0 < len(name.strip()) <= MAX_NAME for key, name in value.items()
    )


def _are_hosts(value: Any) -> bool:
    return _are_names(value, _HOST.fullmatch)


def _are_folders(value: Any) -> bool:
    return _are_names(value, lambda key: key and "/" not in key)


@dataclass(frozen=True)
class HomeSettings:
    """What the file of a home says."""

    sources: list[str] = field(
        default_factory=list,
        metadata=_takes('a list of files, folders and patterns, sources = ["../articles"]', _are_texts),
    )
    languages: list[str] = field(
        default_factory=lambda: ["id"],
        metadata=_takes('a list of codes of languages, languages = ["id"]', _are_languages),
    )
    outlets: dict[str, str] = field(
        default_factory=dict,
        metadata=_takes('a table of names by host, in lower case and quotes, "kabar.id" = "Kabar"', _are_hosts),
    )
    folders: dict[str, str] = field(
        default_factory=dict,
        metadata=_takes('a table of outlets by the name of a folder, kliping = "Kabar"', _are_folders),
    )
    outlet_from_folder: bool = field(
        default=False, metadata=_takes("true or false", lambda value: isinstance(value, bool))
    )
    publish_every: float = field(
        default=2.0, metadata=_takes("minutes, publish_every = 2", lambda value: _is_number(value) and value >= 0)
    )
    share: str | None = field(
        default=None,
        metadata=_takes('the name of a group of this machine, share = "analysts"', lambda value: _are_texts([value])),
    )

    memory: str | None = field(default=None, metadata=_takes('a size, memory = "2GB"', is_size))

    def outlet_rules(self, name: str | None = None) -> OutletRules:
        """`name`: the outlet that a command names."""
        return OutletRules(name, tuple(self.outlets.items()), tuple(self.folders.items()), self.outlet_from_folder)


def read(home: Path) -> HomeSettings:
    """The settings of the home; the defaults where it has no file. Raises WrongHomeSettings."""
    content, problems = _content(home / FILE)
    problems = problems or list(_problems(content))
    if problems:
        raise WrongHomeSettings(f"{home / FILE}: {'; '.join(problems)}")
    return HomeSettings(**content)


def shared_home(root: Path, share: str | None = None, memory: str | None = None) -> Home:
    """The home, with the group that may read it and its memory: those that are given, else those of its file.

    Raises WrongHomeSettings, WrongSize, and CannotShare where files cannot be given to that group.
    """
    settings = read(root)
    group, memory = share or settings.share, memory or settings.memory
    if group is not None:
        require_group(group)
    if memory is not None:
        require_size(memory)
    return Home(root.resolve(), group, memory)


def sources_of(named: Iterable[str], settings: HomeSettings, home: Path) -> tuple[str, ...]:
    """The sources to read: those that are named, else those of the home. Raises WrongHomeSettings without any."""
    found = tuple(named) or tuple(_from(home, source) for source in settings.sources)
    if not found:
        raise WrongHomeSettings(f"name a SOURCE, or list `sources` in {home / FILE}")
    return found


def _content(path: Path) -> tuple[dict[str, Any], list[str]]:
    """What the file says, and why it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8")), []
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"it cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        return {}, ["it is not UTF-8"]
    except tomllib.TOMLDecodeError as error:
        return {}, [f"it is no TOML: {_LINES.sub(' ', str(error))}"]


def _problems(content: dict[str, Any]) -> Iterable[str]:
    declared = {setting.name: setting.metadata for setting in fields(HomeSettings)}
    for name, value in content.items():
        if name not in declared:
            yield f"there is no setting `{name}`; there are {', '.join(declared)}"
        elif not declared[name]["is_good"](value):
            yield f"`{name}` takes {declared[name]['takes']}"


def _from(home: Path, source: str) -> str:
    """A source as the home names it: a relative one counts from the home, wherever the command is started."""
    if is_address(source):
        return source
    root, named = str(home.resolve()), str(Path(source).expanduser())
    path = os.path.normpath(os.path.join(root, named))  # noqa: PTH118 (a pattern is no path)
    if os.path.lexists(path) or not glob.has_magic(source):
        return path
    return os.path.normpath(os.path.join(glob.escape(root), named))  # noqa: PTH118
