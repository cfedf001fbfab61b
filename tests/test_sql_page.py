"""The explorer under attack: costly SQL, other sites, half-open connections, wrong parameters, formulas in exports."""

from __future__ import annotations

import csv
import io
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from serving import HOSTILE, get, hostile_home, serving

from explorer import sandbox
from explorer.app import make_app
from explorer.connections import ImpatientProtocol
from explorer.labels import LANGUAGES, labels
from explorer.pages import ADDRESSES
from explorer.parameters import BadParameter, check
from explorer.render import LONGEST_CELL
from explorer.sandbox import Refused, Sandbox, Stopped
from pipeline.summary import RunSummary
from warehouse.row_writers import spreadsheet_safe, write_csv

ENDLESS = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small warehouse: what is attacked here does not depend on what it holds."""
    return hostile_home(tmp_path_factory.mktemp("attacked"), HOSTILE).root


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    with serving(make_app(home, ["127.0.0.1"], seconds=5)) as address:
        yield address


@pytest.fixture(scope="module")
def asked(home: Path) -> Iterator[Sandbox]:
    made = Sandbox(home / "warehouse.duckdb", 3)
    yield made
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT range(100000000)", "SELECT length(repeat('x', 3000000000))", "SELECT repeat('x', 1000000000)",
        "SELECT list(range) FROM range(1000000000)", "SELECT string_agg('xxxxxxxxxx') FROM range(1000000000)",
        "FROM range(1000000000) ORDER BY 1 DESC", "SELECT a.range, repeat('x', 10000000) FROM range(100000) a",
        ENDLESS,
    ],
)  # fmt: skip
@pytest.mark.parametrize("longest", [LONGEST_CELL, None])
def test_costly_statements_are_stopped(asked: Sandbox, statement: str, longest: int | None) -> None:
    """Whether time, memory or the size of the answer ends them; what can be cut in time is answered."""
    began = time.monotonic()
    try:
        answer = asked.ask(statement, 200, longest)
        assert longest and all(len(str(cell)) <= LONGEST_CELL + 1 for row in answer.rows for cell in row)
    except Stopped as stopped:
        assert stopped.label in ("too_slow", "too_large")
    assert time.monotonic() - began < 15


def test_a_stopped_statement_leaves_nothing_behind(asked: Sandbox) -> None:
    with pytest.raises(Stopped):
        asked.ask("FROM range(1000000000) ORDER BY 1 DESC", 200, None)
    assert asked.ask("SELECT 1", 200, None).rows == [[1]]


def test_answers_keep_their_types(asked: Sandbox) -> None:
    values = "1 AS n, 2 AS n, 1.50, DATE '2026-03-01', TIMESTAMP '2026-03-01 10:00', ['a'], NULL, true, -0.5::DOUBLE"
    answer = asked.ask(f"SELECT {values}, MAP {{1: 'x'}};  -- a remark", 5, None)
    assert answer.columns[:2] == ["n", "n"]
    assert [type(cell).__name__ for cell in answer.rows[0]] == [
        "int", "int", "Decimal", "date", "datetime", "list", "NoneType", "bool", "float", "dict",
    ]  # fmt: skip
    assert asked.ask("FROM range(7) ORDER BY 1 DESC", 3, LONGEST_CELL).rows == [[6], [5], [4]]
    assert asked.ask("EXPLAIN SELECT 1", 5, LONGEST_CELL).rows


@pytest.mark.parametrize(
    "statement", ["SELECT '€; -- ü' ;", "SELECT '€; -- ü' -- a remark", "SELECT /* ; */ '€; -- ü' ; /* x */ ; -- ü"]
)
def test_a_statement_may_end_in_many_ways(asked: Sandbox, statement: str) -> None:
    assert asked.ask(statement, 5, LONGEST_CELL).rows == [["€; -- ü"]]


@pytest.mark.parametrize("statement", ["SELECT nothing_there", "SELECT 1; SELECT 2", "DROP TABLE quotes", "(", "SET x"])
def test_what_is_no_question_is_refused(asked: Sandbox, statement: str) -> None:
    with pytest.raises(Refused):
        asked.ask(statement, 5, None)


def test_more_statements_than_turns_are_told_so_at_once(home: Path) -> None:
    with serving(make_app(home, ["127.0.0.1"], seconds=4)) as address, ThreadPoolExecutor(sandbox.STATEMENTS) as pool:
        endless = f"{address}/en/sql?q={quote(ENDLESS)}"
        running = [pool.submit(get, endless) for _ in range(sandbox.STATEMENTS)]
        time.sleep(1.5)
        began = time.monotonic()
        answer = get(f"{address}/id/sql?q=SELECT+1")
        assert answer.status == 503 and labels("id").text("busy") in answer.text
        assert time.monotonic() - began < 2
        assert get(f"{address}/en/").status == 200
        assert {done.result().status for done in running} == {503}
        assert get(f"{address}/en/sql?q=SELECT+1").status == 200


def test_dollars_in_a_statement_are_no_parameters(site: str) -> None:
    answer = get(f"{site}/en/sql?q={quote('''SELECT '$abc' AS price''')}")
    assert answer.status == 200 and "$abc" in html.fromstring(answer.text).xpath("string(//tbody)")


@pytest.mark.parametrize("path", ["sql", "sql?q=SELECT+1", "sql/top-speakers", "sql?q=SELECT+1&format=csv"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "https://kabar.example"},
        {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "http://["},
    ],
)  # fmt: skip
def test_other_sites_cannot_ask_sql(site: str, path: str, language: str, headers: dict[str, str]) -> None:
    answer = get(f"{site}/{language}/{path}", **headers)
    assert answer.status == 403
    assert html.fromstring(answer.text).xpath("string(//h1)") == labels(language).text("foreign")


def test_the_explorer_itself_can_ask_sql(site: str) -> None:
    for headers in ({}, {"Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "same-origin", "Origin": site}):
        assert get(f"{site}/en/sql?q=SELECT+1", **headers).status == 200
    assert get(f"{site}/en/", Sec_Fetch_Site="cross-site").status == 200  # a link to a page is no statement


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("search?limit=many", ("takes_number", "limit")), ("search?limit=0", ("takes_number", "limit")),
        ("search?limit=1001", ("takes_number", "limit")), ("search?limit=%2B5", ("takes_number", "limit")),
        ("search?limit=٣", ("takes_number", "limit")), ("search?limit=99999999999999", ("takes_number", "limit")),
        ("search?offset=-1", ("takes_number", "offset")), ("search?offset=1.5", ("takes_number", "offset")),
        ("search?month=2026-13", ("takes_month", "month")), ("articles?month=Maret", ("takes_month", "month")),
        ("events?type=TELEPORT", ("takes_one_of", "type")), ("events?status=maybe", ("takes_one_of", "status")),
        ("search?kind=shouted", ("takes_one_of", "kind")), ("entities?type=ARREST", ("takes_one_of", "type")),
        ("map?frame=moon", ("takes_one_of", "frame")), ("search?table=quotes&format=xls", ("takes_one_of", "format")),
        ("search?word=banjir", ("unknown_parameter", "word")), ("quality?x=", ("unknown_parameter", "x")),
        ("search?words=a&words=b", ("repeated_parameter", "words")),
        ("sql?statement=x", ("unknown_parameter", "statement")),
        ("sql/quotes-by?speaker=x&since=kemarin", ("takes_day", "since")),
        ("sql/quotes-by?speaker=x&since=2026-02-30", ("takes_day", "since")),
        ("sql/top-speakers?limit=x", ("takes_number", "limit")),
        ("sql/top-speakers?days=1", ("unknown_parameter", "days")),
        ("speakers/x?speaker=y", ("unknown_parameter", "speaker")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_parameters_are_told_in_words(site: str, path: str, said: tuple[str, str], language: str) -> None:
    answer = get(f"{site}/{language}/{quote(path, safe='/?=&%')}")
    told = html.fromstring(answer.text).xpath("string(//pre)")
    before, _, after = labels(language).text(said[0]).partition("{name}")
    assert answer.status == 400
    assert told.startswith(before + said[1] + after.partition("{")[0])


def test_right_parameters_are_taken(site: str) -> None:
    for path in (
        "search?limit=1000&offset=0&month=2026-03&kind=direct&words=", "events?type=ARREST&status=*", "map?frame=world",
        "entities?type=PER&name=*", "sql/quotes-by?speaker=x&since=2026-02-28", "sql/top-speakers?limit=100000",
    ):  # fmt: skip
        assert get(f"{site}/en/{path}").status == 200, path


@given(st.sampled_from(["INTEGER", "DATE", "MONTH", "EVENT_TYPE", "FRAME"]), st.text(max_size=12))
def test_any_value_is_taken_or_told(kind: str, value: str) -> None:
    try:
        check([("x", value)], {"x": kind}, 1_000)
    except BadParameter as error:
        for language in LANGUAGES:
            assert value in labels(language).text(error.label).format(**error.fields)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET /en/ HT", b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", b"GET /en/ HTTP/1.1\r\n"],
)
def test_half_open_connections_are_closed(site: str, sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientProtocol, "request_seconds", 0.5)
    with _connected(site) as client:
        client.sendall(sent)
        assert _ends_within(client, 5)


@pytest.mark.parametrize(
    "begun", [b"GET /en/ HTTP/1.1\r\nX: ", b"POST /en/ HTTP/1.1\r\nContent-Length: 999\r\nX: y\r\n"]
)
def test_dripping_does_not_keep_a_connection_open(site: str, begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientProtocol, "request_seconds", 0.5)
    with _connected(site) as client:
        client.sendall(begun + (b"Host: 127.0.0.1\r\n\r\n" if b"POST" in begun else b""))
        for _ in range(50):
            try:
                client.sendall(b"a")
            except OSError:
                return
            time.sleep(0.1)
    pytest.fail("the connection is still open after five seconds")


def test_an_answer_that_nobody_fetches_ends(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientProtocol, "answer_seconds", 2.0)
    large = quote("SELECT repeat('x', 10000) FROM range(4000)")
    with _connected(site) as client:
        client.sendall(f"GET /en/sql?format=csv&q={large} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        client.settimeout(60)
        client.recv(1, socket.MSG_PEEK)
        time.sleep(4)
        fetched = 0
        try:
            while part := client.recv(1 << 20):
                fetched += len(part)
        except ConnectionResetError:
            pass
    assert fetched < 40_000_000


def test_a_whole_request_is_answered_and_the_next_one_too(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientProtocol, "request_seconds", 1.0)
    request = b"GET /en/quality HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with _connected(site) as client:
        for _ in range(3):
            client.sendall(request[:20])
            time.sleep(0.3)
            client.sendall(request[20:])
            time.sleep(0.3)
            assert client.recv(1 << 22).startswith(b"HTTP/1.1 200")


def _connected(site: str) -> socket.socket:
    parts = urlsplit(site)
    assert parts.hostname and parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=10)


def _ends_within(client: socket.socket, seconds: float) -> bool:
    client.settimeout(seconds)
    try:
        return client.recv(1024) == b""
    except ConnectionResetError:
        return True


STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]
UNSEEN = [
    "",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u200f",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "\ufe0f",
    "\x1f",
    "\n",
]


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("start", STARTS)
def test_formulas_become_text(start: str, unseen: str) -> None:
    for text in (f"{unseen}{start}1+1", f"{unseen}{unseen} {start}SUM(1)"):
        assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["\tx", "\rx", "\nx", "\0x"])
def test_control_characters_first_become_text(value: str) -> None:
    assert spreadsheet_safe(value) == f"'{value}"


@pytest.mark.parametrize(
    "value", ["banjir", " banjir = surut", "", "   ", "\u200b", "5-3", "(=1)", -5, 1.5, None, ["=1"]]
)
def test_all_else_stays_as_it_is(value: object) -> None:
    assert spreadsheet_safe(value) == value


def test_columns_of_a_csv_are_safe_too(site: str) -> None:
    statement = 'SELECT -5 AS "=1+1", 1 AS "＋x", \'\u200b@x\' AS "\u200b=y", 2.5 AS n'
    answer = get(f"{site}/en/sql?format=csv&q={quote(statement)}")
    assert list(csv.reader(io.StringIO(answer.text))) == [
        ["'=1+1", "'＋x", "'\u200b=y", "n"],
        ["-5", "1", "'\u200b@x", "2.5"],
    ]
    asked_as_json = get(f"{site}/en/sql?format=json&q={quote(statement)}")
    assert list(json.loads(asked_as_json.text)[0]) == ["=1+1", "＋x", "\u200b=y", "n"]


@given(st.text(max_size=20))
def test_no_cell_begins_with_a_formula(text: str) -> None:
    out = io.StringIO()
    write_csv([text], [[text]], out)
    for cell in (line[0] for line in csv.reader(io.StringIO(out.getvalue(), newline="")) if line):
        assert not cell.lstrip().startswith(tuple(STARTS))


@pytest.mark.parametrize("name", [name for name, address in ADDRESSES.items() if "{" not in address])
def test_every_link_of_a_page_can_be_followed(sample_run: RunSummary, name: str) -> None:
    """No page leads to a parameter that another one refuses."""
    with serving(make_app(sample_run.home.root, ["127.0.0.1"])) as address:
        page = html.fromstring(get(f"{address}/en{ADDRESSES[name]}").text)
        links = {link for link in page.xpath("//a/@href | //*[local-name()='a']/@href") if link.startswith("/")}
        for link in sorted({link for link in links if "?" in link and "/sql?" not in link})[:40]:
            assert get(address + link).status == 200, link
