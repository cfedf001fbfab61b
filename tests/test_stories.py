"""Articles that nearly repeat an earlier one, and events that several articles tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from given import fill_loaded

from warehouse.stories.event_clusters import make_event_clusters
from warehouse.stories.near_duplicates import make_near_duplicates, sign_articles

TEXT = (
    "Jembatan gantung di Desa Sukamaju putus setelah hujan deras sejak Minggu malam. Warga menyeberangi sungai dengan "
    "rakit bambu dan meminta pemerintah kabupaten segera memasang jembatan darurat. Kepala desa mengatakan anak-anak "
    "terpaksa libur karena sekolah berada di seberang sungai. Dinas pekerjaan umum akan mengirim rangka baja hari Rabu."
)
OTHER = (
    "Jembatan gantung baru diresmikan bupati di Desa Mekarsari. Pembangunannya memakan waktu delapan bulan dan memakai "
    "dana desa. Warga kini dapat mengangkut hasil panen tanpa memutar dua puluh kilometer seperti dahulu."
)


def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS loaded")
    return connection


def near_duplicates(*texts: str) -> dict[str, str]:
    """Article to the earlier one; the articles are called 0, 1, ... and published in that order."""
    connection = database()
    rows = [
        {"article_id": str(n), "text": text, "published_at": f"2025-10-06T{n:02}:00:00+00:00"}
        for n, text in enumerate(texts)
    ]
    fill_loaded(connection, {"articles": rows})
    connection.execute("USE loaded")
    sign_articles(connection)
    connection.execute("USE memory")
    make_near_duplicates(connection)
    return dict(connection.execute("FROM near_duplicates").fetchall())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((TEXT, TEXT.replace("Rabu", "Kamis")), {"1": "0"}),
        ((TEXT, OTHER, TEXT + " Kantor berita setempat melaporkan."), {"2": "0"}),
        ((TEXT, OTHER), {}),
        ((TEXT, TEXT[: len(TEXT) // 3]), {}),
        (("Banjir.", "Gempa."), {}),
    ],
)
def test_near_duplicates(texts: tuple[str, ...], expected: dict[str, str]) -> None:
    assert near_duplicates(*texts) == expected


def told(event: str, article: str, type: str, actor: str, beside: str, **columns: Any) -> dict[str, Any]:
    return {"event": event, "article": article, "type": type, "actor": actor, "beside": beside, **columns}


def stories(*tellings: dict[str, Any]) -> list[set[str]]:
    """Events that are one story."""
    connection = database()
    links = {name: [] for name in ("entity_mentions", "event_participants")}  # type: ignore[var-annotated]
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], "events": [], **links}
    for t in tellings:
        if t["article"] not in {row["article_id"] for row in rows["articles"]}:
            rows["articles"].append(
                {"article_id": t["article"], "published_date": t.get("published", date(2025, 10, 6))}
            )
        about = {"event_id": t["event"], "article_id": t["article"], "sentence_id": t["event"], "type": t["type"]}
        rows["events"].append({**about, "in_quote": t.get("in_quote", False), "date_start": t.get("day")})
        rows["event_participants"].append({"event_id": t["event"], "article_id": t["article"], "entity_id": t["actor"]})
        for entity in (t["actor"], t["beside"]):
            mention = {"article_id": t["article"], "sentence_id": t["event"], "entity_id": entity, "form": "name"}
            rows["entity_mentions"].append({**mention, "type": "PER"})
    fill_loaded(connection, rows)
    for name in ("entity_mentions", "event_participants", "entity_links"):
        connection.execute(f"CREATE TABLE {name} AS FROM loaded.{name}")
    connection.execute("CREATE TABLE article_entities AS SELECT DISTINCT article_id, entity_id FROM entity_mentions")
    make_event_clusters(connection)
    found: dict[str, set[str]] = {}
    for event, cluster in connection.execute("FROM event_clusters").fetchall():
        found.setdefault(cluster, set()).add(event)
    return list(found.values())


ONE = told("e1", "a", "ARREST", "komisi", "ratna")


@pytest.mark.parametrize(
    "other",
    [
        told("e2", "b", "ARREST", "komisi", "ratna"),
        told("e2", "b", "ARREST", "ratna", "komisi"),
        told("e2", "b", "ARREST", "komisi", "ratna", published=date(2025, 10, 7)),
        told("e2", "b", "ARREST", "komisi", "ratna", published=date(2025, 11, 7), day=date(2025, 10, 6)),
    ],
)
def test_one_story(other: dict[str, Any]) -> None:
    assert stories(ONE, other) == [{"e1", "e2"}]


@pytest.mark.parametrize(
    "other",
    [
        told("e2", "b", "TRIAL", "komisi", "ratna"),
        told("e2", "b", "ARREST", "komisi", "sari"),
        told("e2", "b", "ARREST", "komisi", "ratna", published=date(2025, 10, 9)),
        told("e2", "b", "ARREST", "komisi", "ratna", in_quote=True),
    ],
)
def test_two_stories(other: dict[str, Any]) -> None:
    assert stories(ONE, other) == []
