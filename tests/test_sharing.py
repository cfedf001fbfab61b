"""`--share GROUP`: who else reads the published file, and that nothing else of a home is opened to them."""

from __future__ import annotations

import grp
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import about, warta
from pipeline.home_settings import FILE
from pipeline.maintenance.doctor import examine
from warehouse.db import reader
from warehouse.home import Home

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be others")


def other_group() -> str:
    """A group that is not the one of new files, where this user has one."""
    groups = [group.gr_gid for group in grp.getgrall()] if os.geteuid() == 0 else os.getgroups()
    return grp.getgrgid(next((gid for gid in groups if gid != os.getegid()), os.getegid())).gr_name


GROUP = other_group()


def access(path: Path) -> tuple[str, str]:
    found = path.stat()
    return grp.getgrgid(found.st_gid).gr_name, oct(stat.S_IMODE(found.st_mode))


def is_shared(home: Home) -> bool:
    return (access(home.published), access(home.root)) == ((GROUP, "0o440"), (GROUP, "0o710"))


def known_file(home: Home) -> Path:
    """What brings nothing new."""
    path = home.root.with_name("known.txt")
    path.write_text(about("Wayan Sudira"))
    return path


@pytest.mark.parametrize("command", ["resolve", "rebuild", "repair", "run", "run new"])
def test_every_command_that_publishes(home: Home, command: str, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(about("Made Arta"))
    sources = {"run": [known_file(home), "--no-prefect"], "run new": [tmp_path / "new.txt", "--no-prefect"]}
    done = warta(command.split()[0], *sources.get(command, []), "--home", home.root, "--share", GROUP)
    assert (done.returncode, is_shared(home)) == (0, True), done.stderr


def test_the_setting_of_a_home(home: Home) -> None:
    (home.root / FILE).write_text(f'share = "{GROUP}"\n')
    assert warta("resolve", "--home", home.root).returncode == 0
    assert is_shared(home)


def test_what_was_open_to_a_group_is_not_handed_to_another(home: Home) -> None:
    home.root.chmod(0o770)
    home.packages.chmod(0o755)
    assert warta("run", known_file(home), "--no-prefect", "--home", home.root, "--share", GROUP).returncode == 0
    assert is_shared(home)
    assert [access(folder)[1] for folder in (home.packages, home.work)] == ["0o700", "0o700"]


@pytest.mark.parametrize("command", ["resolve", "rebuild", "repair", "run", "watch"])
def test_no_such_group(home: Home, command: str) -> None:
    sources = {"run": [known_file(home), "--no-prefect"], "watch": [home.root.parent]}.get(command, [])
    before = home.published.stat()
    for options in (["--share", "no-such-group"], []):
        done = warta(command, *sources, "--home", home.root, *options)
        assert done.stderr == "warta: share: there is no group `no-such-group` on this machine\n"
        assert (done.returncode, home.published.stat()) == (2, before)
        (home.root / FILE).write_text('share = "no-such-group"\n')
    (finding,) = [finding for finding in examine(home) if finding.what == "settings"]
    assert (finding.ok, "no-such-group" in finding.detail) == (False, True)


def test_a_group_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(about("Made Arta"))
    monkeypatch.setattr("os.geteuid", lambda: 4711)
    monkeypatch.setattr("os.getegid", lambda: 4711)
    monkeypatch.setattr("os.getgroups", lambda: [4711])
    done = warta("run", tmp_path / "a.txt", "--no-prefect", "--home", tmp_path / "home", "--share", GROUP)
    assert (done.returncode, f"you are not in the group `{GROUP}`" in done.stderr) == (2, True)
    assert not (tmp_path / "home").exists()


@pytest.fixture
def reachable(home: Home) -> Iterator[Home]:
    """The home in a folder that everybody can pass through, as pytest's are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        shutil.copytree(home.root, Path(folder, "home"))
        yield Home(Path(folder, "home"))


def can(groups: list[str], *command: str | Path) -> bool:
    gids = [grp.getgrnam(group).gr_gid for group in groups]
    done = subprocess.run(list(map(str, command)), capture_output=True, user=4711, group=4711, extra_groups=gids)
    return done.returncode == 0


@ROOT_ONLY
def test_who_can_do_what(reachable: Home) -> None:
    home = reachable
    assert warta("resolve", "--home", home.root, "--share", GROUP).returncode == 0
    assert can([GROUP], "cat", home.published)
    assert not can([], "cat", home.published)
    assert not can([GROUP], "ls", home.root)
    assert not can([GROUP], "ls", home.packages)
    assert not can([GROUP], "ls", home.work)
    assert not can([GROUP], "touch", home.root / "mine")
    assert not can([GROUP], "rm", "-f", home.published)
    assert not can([GROUP], "dd", f"of={home.published}", "conv=notrunc", "if=/dev/zero", "count=1")
    with reader(home.published) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]
