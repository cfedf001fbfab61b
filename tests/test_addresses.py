"""One key for all forms, copies and pages of an article; none for what names no article."""

from __future__ import annotations

import pytest

from warta.text.addresses import MAX_LENGTH, address

JUDUL = "kabar.example/7/judul-berita"


@pytest.mark.parametrize(
    "url",
    [
        f"https://{JUDUL}",
        f"http://www.{JUDUL}/",
        f"https://m.{JUDUL}?utm_source=wa&utm_medium=x",
        f"https://{JUDUL}#komentar",
        f"https://{JUDUL}/amp",
        f"https://amp.{JUDUL}/?amp=1",
        f"https://{JUDUL}?fbclid=abc",
        f"https://{JUDUL}?single=1",
        f"https://{JUDUL}?page=all",
        f"https://{JUDUL}?page=1",
        f"https://{JUDUL}/index.html",
        "HTTPS://KABAR.EXAMPLE/7/judul-berita",
    ],
)
def test_forms_of_an_article_have_one_address(url: str) -> None:
    assert address(url) == (JUDUL, 1)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://{JUDUL}?page=2", (JUDUL, 2)),
        (f"https://{JUDUL}?halaman=3&utm_source=x", (JUDUL, 3)),
        (f"https://{JUDUL}/halaman/2#atas", (JUDUL, 2)),
        (f"https://{JUDUL}/2", (JUDUL, 2)),
        # numbers that are no pages
        ("https://kabar.example/berita/2", ("kabar.example/berita/2", 1)),
        (f"https://{JUDUL}/1", (f"{JUDUL}/1", 1)),
        (f"https://{JUDUL}/2025", (f"{JUDUL}/2025", 1)),
        (f"https://{JUDUL}?page=900", (f"{JUDUL}?page=900", 1)),
        # what names the article stays, in any order
        ("https://kabar.example/baca?id=7&kanal=a", ("kabar.example/baca?id=7&kanal=a", 1)),
        ("https://kabar.example/baca?kanal=a&id=7", ("kabar.example/baca?id=7&kanal=a", 1)),
        ("https://kabar.example/?p=123", ("kabar.example?p=123", 1)),
        ("https://m.id/7", ("m.id/7", 1)),
    ],
)
def test_pages_and_what_names_an_article(url: str, expected: tuple[str, int]) -> None:
    assert address(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        None, "", "https://kabar.example", "https://kabar.example/", "https://kabar.example/?page=2", "javascript:x",
        "kabar.example/7", "https://[x", "ftp://kabar.example/7", "https://kabar.example/" + "a" * MAX_LENGTH,
    ],
)  # fmt: skip
def test_no_address_of_an_article(url: str | None) -> None:
    assert address(url) is None
