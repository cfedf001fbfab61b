"""The explorer in headless Chromium: links, filters, highlights, exports, keyboard, phone, axe, hostile text."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from serving import HOSTILE, hostile_home, serving

from conftest import ROOT
from explorer.app import make_app
from explorer.pages import ADDRESSES, MENU
from explorer.reports import report
from pipeline.summary import RunSummary
from warehouse.db import reader

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
# `WARTA_SCREENSHOTS=docs pytest tests/test_explorer_in_browser.py` makes the pictures of the documentation anew.
SCREENSHOTS = os.environ.get("WARTA_SCREENSHOTS")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # No sandbox: tests run as root in containers, and open pages of this machine only.
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def site(sample_run: RunSummary) -> Iterator[str]:
    with serving(make_app(sample_run.home.root, ["127.0.0.1"])) as address:
        yield address


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages; whatever they write to the console, every dialog and every failed request fails the test."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def dismissed(dialog: object) -> None:
        trouble.append(f"dialog {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def make(**options: object) -> Page:
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("console", lambda message: trouble.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
        page.on("dialog", dismissed)
        page.on("response", lambda r: trouble.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="module")
def addresses(sample_run: RunSummary) -> list[str]:
    """One of every sort of page."""
    with reader(sample_run.home.published) as connection:
        (known,) = connection.execute(
            "SELECT q.article_id, s.speaker_entity_id, t.story_id"
            " FROM mart_speakers s JOIN quotes q USING (speaker_entity_id), mart_stories t"
            " ORDER BY s.quotes DESC, s.speaker, q.article_id, t.story_id LIMIT 1"
        ).fetchall()
    given = {"article": known[0], "speaker": known[1], "entity": known[1], "story": known[2]}
    return [*(address.format(**given) for address in ADDRESSES.values()), "/sql", "/sql/top-speakers"]


def test_four_clicks_from_the_start_to_every_quote_on_a_topic(site: str, watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(f"{site}/en/")
    page.get_by_role("link", name="Speakers", exact=True).click()
    page.get_by_role("link", name="Wiratmo Adisusilo").click()
    topic = page.locator("section.facet", has_text="Own words").locator("a").first
    word, count = topic.inner_text().split()
    topic.click()
    quotes = page.locator("[data-column=quote] a")
    expect(quotes).to_have_count(int(count))
    assert all(word in quote.lower() for quote in quotes.all_inner_texts())
    said = quotes.first.inner_text()
    quotes.first.click()
    source = page.locator("mark:target")
    expect(source).to_have_text(said)
    expect(source).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.querySelector('mark:target')).outlineStyle") == "solid"


def test_filters_narrow_and_widen(site: str, watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(f"{site}/en/")
    page.get_by_label("Search what was said").fill("warga")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=warga**")
    every = page.locator("[data-column=quote]").count()
    facet = page.locator("section.facet", has_text="speaker").locator("a").first
    count = facet.locator(".count").inner_text()
    name = facet.inner_text().removesuffix(count)
    facet.click()
    expect(page.locator("[data-column=quote]")).to_have_count(int(count))
    assert set(page.locator("tbody [data-column=speaker]").all_inner_texts()) == {name.strip()}
    page.locator("a.chip").click()
    expect(page.locator("[data-column=quote]")).to_have_count(every)
    assert "words=warga" in page.url and "speaker" not in page.url


def test_text_leads_to_its_row_and_back(site: str, addresses: list[str], watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(site + "/en" + next(address for address in addresses if address.startswith("/articles/")))
    mark = page.locator("div.text mark").first
    assert "speaker:" in (mark.get_attribute("title") or "")
    mark.locator("a.sign").first.click()
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    row.locator("[data-column=quote] a").click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.locator("div.text a.name").first.click()
    assert "/en/entities/" in page.url


def test_exports_are_saved(site: str, watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(f"{site}/en/speakers")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV: Speakers").click()
    saved = download.value
    assert saved.suggested_filename == "speakers-speakers.csv"
    rows = list(csv.DictReader(Path(saved.path()).read_text("utf-8").splitlines()))
    assert [row["speaker"] for row in rows] == page.locator("tbody [data-column=speaker]").all_inner_texts()


def test_own_sql(site: str, watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(f"{site}/id/sql")
    page.get_by_label("Pertanyaan sendiri dalam SQL").fill("SELECT count(*) AS n FROM articles")
    page.get_by_role("button").first.click()
    expect(page.locator("tbody td")).to_have_text("16")
    page.goto(f"{site}/id/")
    page.get_by_text("SQL", exact=True).nth(1).click()
    page.get_by_role("link", name="Ubah dan tanyakan lagi").first.click()
    expect(page.locator("h2#h-answer")).to_be_visible()


def test_every_link_of_every_page_leads_somewhere(
    site: str, addresses: list[str], watched: Callable[..., Page]
) -> None:
    page = watched()
    # Links of one sort differ in ids and values only: one of each is followed.
    sorts: dict[str, str] = {}
    for address in addresses:
        page.goto(f"{site}/en{address}")
        for link in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            if link.startswith("/"):
                sorts.setdefault(re.sub(r"[0-9a-f]{20}|=[^&]*", "", link.split("#")[0]), link)
    assert len(sorts) > 60
    for link in sorts.values():
        assert page.request.get(site + link).ok, link


def test_keyboard_reaches_the_content(site: str, watched: Callable[..., Page]) -> None:
    page = watched()
    page.goto(f"{site}/en/search")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search what was said")).to_be_focused()


def test_phone_and_dark(site: str, addresses: list[str], watched: Callable[..., Page]) -> None:
    page = watched(viewport={"width": 360, "height": 740}, color_scheme="dark")
    for address in addresses:
        page.goto(f"{site}/id{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"


def test_nothing_stands_in_the_way_of_anybody(site: str, addresses: list[str], watched: Callable[..., Page]) -> None:
    """axe finds nothing serious; in the dark, where colours alone differ, on pages that have all of them."""
    dark = [address for address in addresses if address == "/map" or address.startswith(("/articles/", "/entities/"))]
    serious: list[str] = []
    for scheme, looked_at in (("light", addresses), ("dark", dark)):
        page = watched(color_scheme=scheme)
        for address in looked_at:
            page.goto(f"{site}/en{address}")
            serious += [f"{scheme} {address} {found}" for found in serious_findings(page)]
    assert serious == []


def serious_findings(page: Page) -> list[str]:
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in violations if v["impact"] in ("serious", "critical")]


def assert_harmless(page: Page) -> None:
    """Nothing of the text became an element or an attribute that runs."""
    alien = (
        "script, iframe, object, embed, math, img, form form, [onerror], [onload], [onfocus], [onmouseover], [style]"
    )
    assert page.locator(alien).count() == 0
    links = page.eval_on_selector_all("[href]", "links => links.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("/", "#", "https://", "http://")) for link in links)


@pytest.mark.parametrize("whose", ["ours", "the list of others"])
def test_hostile_text_is_only_text(
    tmp_path: Path, whose: str, watched: Callable[..., Page], request: pytest.FixtureRequest
) -> None:
    payloads = [payload.replace("\x00", "\ufffd") for payload in HOSTILE]
    if whose != "ours":
        shared: Path = request.getfixturevalue("shared")
        listed = (shared / "badinputs" / "xss-payloads" / "xss-payload-list.txt").read_text("utf-8", "replace")
        payloads = [line.replace("\x00", "\ufffd") for line in listed.splitlines() if line.strip()][::4]
    home = hostile_home(tmp_path / "home", payloads)
    page = watched()
    with serving(make_app(home.root, ["127.0.0.1"])) as site:
        everywhere = [f"/en/{name}" for name in MENU[1:]] + [
            "/en/entities/a0-1",
            "/en/speakers/a0-1",
            "/en/map?limit=500",
        ]
        paths = ["/en/", "/en/sql?q=FROM+articles", *everywhere] if whose == "ours" else []
        for path in [*paths, *(f"/en/articles/a{n}" for n in range(-(-len(payloads) // 500)))]:
            page.goto(site + path)
            assert_harmless(page)
        assert page.locator("div.text").inner_text().strip() != ""
    for path in report(home.published, tmp_path / "report", None, None, "en"):
        if path.suffix == ".html":
            page.goto(path.as_uri())
            assert_harmless(page)


@pytest.mark.skipif(SCREENSHOTS is None, reason="WARTA_SCREENSHOTS names no folder")
def test_screenshots(site: str, addresses: list[str], watched: Callable[..., Page]) -> None:
    page = watched(viewport={"width": 1000, "height": 700})
    speaker, article = (next(a for a in addresses if a.startswith(f"/{sort}/")) for sort in ("speakers", "articles"))
    pictures = {
        "start": "/", "quotes": "/search?words=warga", "article": article, "speaker": speaker, "map": "/map",
        "quality": "/quality",
    }  # fmt: skip
    for name, address in pictures.items():
        page.goto(f"{site}/en{address}")
        page.screenshot(path=ROOT / str(SCREENSHOTS) / f"explorer-{name}.png")
