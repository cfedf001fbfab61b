"""Nobody is let in: no connection, no secret on the disk or in the output, no file for others, no terminal escapes."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import articles
from disturbed import disturbed_run, start, whatever_happens
from warehouse.home import Home
from warta.readers.files import read
from warta.records import RawDocument

SECRET = "canary-3f9c1d"
ESCAPE = "\x1b]0;taken over\x07"


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def hostile(url: str) -> dict[str, str]:
    """Files that ask to have something fetched or another file shown."""
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}"><!ENTITY y SYSTEM "file:///etc/passwd">]>'
    item = "<item><title>&x;&y;</title><content:encoded>&x;&y;</content:encoded></item>"
    rss = f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{item}</channel></rss>'
    page = f'<link rel="stylesheet" href="{url}"><base href="{url}"><img src="{url}"><iframe src="{url}"></iframe>'
    return {
        "entity.xml": entity + rss,
        "external.xml": f'<!DOCTYPE rss SYSTEM "{url}">{rss}',
        "parameter.xml": f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{url}"> %p;]>{rss}',
        "include.xml": f'<rss version="2.0"><channel><item xmlns:xi="http://www.w3.org/2001/XInclude">'
        f'<xi:include href="{url}"/></item></channel></rss>',
        "style.xml": f'<?xml-stylesheet href="{url}" type="text/xsl"?>{rss}',
        "page.html": f"<html><head>{page}</head><body><p>Hujan turun sejak pagi di kota ini.</p>{page}</body></html>",
        "doctype.html": f'<!DOCTYPE html SYSTEM "{url}"><html><body><p>Hujan turun sejak pagi.</p></body></html>',
        "address.json": json.dumps({"isi": url, "url": url, "judul": "A"}),
        "address.csv": f"url,isi\n{url},{url}\n",
    }


def test_nothing_is_fetched_and_no_other_file_is_shown(tmp_path: Path, canary: socket.socket) -> None:
    for name, content in hostile(f"http://127.0.0.1:{canary.getsockname()[1]}/x").items():
        (tmp_path / name).write_text(content)
        found = list(read(tmp_path / name, name))
        assert found
        assert not any("root:" in document.text for document in found if isinstance(document, RawDocument))
    with pytest.raises(BlockingIOError):
        canary.accept()


def test_a_run_keeps_secrets_and_files_to_itself(tmp_path: Path) -> None:
    """Under a umask that gives away everything, with secrets in its environment and escapes in names and texts."""
    folder, home, said = tmp_path / "in", Home(tmp_path / "home"), tmp_path / "said"
    folder.mkdir()
    (folder / f"{ESCAPE}.docx").write_text("x")
    hostile = dict.fromkeys(("id", "judul", "penulis", "kategori", "url"), f"=1+1 {ESCAPE}")
    (folder / "a.json").write_text(json.dumps({**articles.article(1), **hostile}))
    before = os.umask(0)
    try:
        run = disturbed_run(home.root, folder, said=said, PREFECT_API_KEY=SECRET, MY_TOKEN=SECRET)
    finally:
        os.umask(before)
    with whatever_happens(run):
        assert run.ended() == 1
    asked = tmp_path / "asked"
    assert start("sql", "FROM articles", "--home", home.root, said=asked).ended() == 0
    assert start("query", "rejected", "--home", home.root, said=asked).ended() == 0
    printed = said.read_text() + asked.read_text()
    assert "docx" in printed and "\x1b" not in printed and "\x07" not in printed
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert {oct(path.stat().st_mode & 0o077) for path in files if path != home.published} == {"0o0"}
    assert oct(home.published.stat().st_mode & 0o777) == "0o440" and oct(home.root.stat().st_mode & 0o777) == "0o700"
    assert not any(SECRET.encode() in path.read_bytes() for path in files) and SECRET not in printed
