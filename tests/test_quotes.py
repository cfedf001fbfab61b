from __future__ import annotations

import re

import pytest
from timing import LONGER, assert_linear

from warta.model import shipped
from warta.quotes.cues import cue_at, lists
from warta.quotes.extraction import extract_quotes
from warta.records import Article, Document, Entity, EntityType, Mention, Quote
from warta.text.sentences import split
from warta.text.token_view import TokenView

# Made-up people and bodies; a name may be told by its aliases.
PEOPLE: dict[str, tuple[EntityType, tuple[str, ...]]] = {
    "Sari Dewanti": ("PER", ("Sari",)),
    "Bowo Pranata": ("PER", ("Bowo",)),
    "Tari Lestari": ("PER", ("Tari",)),
    "Bank Nusa": ("ORG", ()),
    "Dinas Pasar": ("ORG", ()),
    "Antara": ("ORG", ()),
    "Perda Nomor 3 Tahun 2019": ("LAW", ()),
}


def document(text: str) -> Document:
    """`text` with its sentences and the names of `PEOPLE` in it."""
    found = Document(Article("1", text))
    found.sentences, found.tokens = split(text)
    for name, (kind, aliases) in PEOPLE.items():
        places = [m for surface in (name, *aliases) for m in re.finditer(rf"\b{re.escape(surface)}\b", text)]
        taken: list[tuple[int, int]] = []
        for place in places:  # full names first
            if not any(start <= place.start() < end for start, end in taken):
                taken.append(place.span())
                sentence = next(s.ordinal for s in found.sentences if s.start <= place.start() < s.end)
                found.mentions.append(
                    Mention(*place.span(), place.group(), kind, "name", sentence, len(found.entities))
                )  # fmt: skip
        if taken:
            found.entities.append(Entity(name, kind, (name, *aliases)))
    found.mentions.sort(key=lambda mention: mention.start)
    return found


def read(text: str) -> list[Quote]:
    return extract_quotes(document(text), shipped().quotes)


def told(text: str) -> list[tuple[str, str, str | None]]:
    return [(quote.kind, quote.text, quote.speaker_name) for quote in read(text)]


@pytest.mark.parametrize("phrase", sorted(lists()["phrases"]))
def test_every_cue_of_two_words_is_one(phrase: str) -> None:
    cue = cue_at(TokenView(document(f"Bank Nusa {phrase} akan menahan bunga.")), 2)
    assert cue and (cue.kind, cue.text) == ("saying", phrase)


SARI, BOWO = "Sari Dewanti", "Bowo Pranata"


@pytest.mark.parametrize(
    "text, said, cue, speaker",
    [
        ('"Harga beras sudah turun," kata Sari Dewanti di Solo.', "Harga beras sudah turun", "kata", SARI),
        ("“Harga beras sudah turun,” kata Sari Dewanti.", "Harga beras sudah turun", "kata", SARI),
        ("”Harga beras sudah turun,” ujar Sari Dewanti.", "Harga beras sudah turun", "ujar", SARI),
        ("«Harga beras sudah turun», ujar Sari Dewanti.", "Harga beras sudah turun", "ujar", SARI),
        ("'Harga beras sudah turun,' ujar Sari Dewanti.", "Harga beras sudah turun", "ujar", SARI),
        ('"Kapan harga turun?" tanya Sari Dewanti.', "Kapan harga turun?", "tanya", SARI),
        ('Sari Dewanti mengatakan, "Harga beras sudah turun."', "Harga beras sudah turun.", "mengatakan", SARI),
        ('Sari Dewanti menegaskan: "Harga beras sudah turun."', "Harga beras sudah turun.", "menegaskan", SARI),
        ('"Harga sudah turun," ujar Kepala Dinas Pasar, Sari Dewanti, Senin.', "Harga sudah turun", "ujar", SARI),
        ('"Harga beras sudah turun," tutur warga Solo.', "Harga beras sudah turun", "tutur", "warga Solo"),
        ('"Stok aman," tulis Bank Nusa dalam rilisnya.', "Stok aman", "tulis", "Bank Nusa"),
        ('"Stok aman," kata Sari menjelaskan.\nSari Dewanti pulang.', "Stok aman", "kata", SARI),
        ('Rapat usai."Stok aman," kata Sari Dewanti.', "Stok aman", "kata", SARI),
        ('"Kata orang "aman" saja," ujar Sari Dewanti.', 'Kata orang "aman" saja', "ujar", SARI),
        ('"Stok aman, kata Sari Dewanti.', "Stok aman", "kata", SARI),
        ('Stok aman," kata Sari Dewanti.', "Stok aman", "kata", SARI),
        ('Stok aman. Harga turun," kata Sari Dewanti.', "Stok aman. Harga turun", "kata", SARI),
    ],
)  # fmt: skip
def test_direct_quotes(text: str, said: str, cue: str, speaker: str) -> None:
    found = read(text)
    assert [(q.kind, q.text, q.cue, q.speaker_name) for q in found] == [("direct", said, cue, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Film 'Senja di Dermaga' tayang pekan depan.",
        'Buku "Laut dan Pasar" dicetak ulang tahun ini.',
        "Warga menyebut gang itu 'Gang Sempit' sejak dulu.",
        'Program "Pasar Bersih" dimulai Senin.',
        'Televisi dengan layar datar 24", kini lebih murah.',
        "Jum'at malam Ma'ruf pulang.",
        '"',
        "",
    ],
)
def test_titles_terms_and_stray_marks_are_no_direct_quotes(text: str) -> None:
    assert [quote for quote in read(text) if quote.kind == "direct"] == []


@pytest.mark.parametrize(
    "text, said, speaker",
    [
        ("Sari Dewanti mengatakan harga beras akan turun bulan depan.", "harga beras akan turun bulan depan", SARI),
        ("Sari Dewanti mengatakan bahwa harga beras akan turun.", "harga beras akan turun", SARI),
        ("Sari Dewanti mengatakan, harga beras akan turun.", "harga beras akan turun", SARI),
        ("Sari Dewanti menekankan jika harga beras akan turun.", "harga beras akan turun", SARI),
        ("Kepala Dinas Pasar, Sari Dewanti, menyebut stok beras masih cukup.", "stok beras masih cukup", SARI),
        ("Menurut Sari Dewanti, harga beras akan turun.", "harga beras akan turun", SARI),
        ("Harga beras akan segera turun, kata Sari Dewanti.", "Harga beras akan segera turun", SARI),
        ("Stok itu, kata Sari Dewanti, akan bertahan sampai akhir tahun.", "akan bertahan sampai akhir tahun", SARI),
        ("Bank Nusa menyatakan suku bunga tidak akan naik.", "suku bunga tidak akan naik", "Bank Nusa"),
    ],
)
def test_reported_clauses(text: str, said: str, speaker: str) -> None:
    assert told(text) == [("indirect", said, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Sari Dewanti belum menjelaskan alasan penundaan itu.",
        "Sari Dewanti menyampaikan apresiasi kepada para pedagang.",
        "Sari Dewanti menjelaskan soal rencana pasar baru.",
        "Nilai tukar rupiah menguat di awal pekan.",
        "Harga itu jelas memberatkan warga.",
    ],
)
def test_a_cue_without_a_clause_reports_nothing(text: str) -> None:
    assert told(text) == []


def test_marks_inside_a_reported_clause_make_it_mixed() -> None:
    text = 'Sari Dewanti mengatakan harga beras akan "kembali waras" bulan depan.'
    assert told(text) == [("mixed", 'harga beras akan "kembali waras" bulan depan', SARI)]


@pytest.mark.parametrize(
    "text, speakers",
    [
        # `-nya`, `dia` and `ia` are who spoke last.
        ('"Stok aman," kata Sari Dewanti.\n"Harga akan turun," ujarnya.', [SARI, SARI]),
        ('"Stok aman," kata Sari Dewanti.\n"Harga akan turun," lanjut dia.', [SARI, SARI]),
        ("Sari Dewanti mengatakan stok beras aman. Ia menyebut harga akan turun.", [SARI, SARI]),
        # Somebody new takes over.
        (
            '"Stok aman," kata Sari Dewanti.\nHal senada disampaikan Kepala Dinas Pasar, Bowo Pranata. '
            "Dia menyebut harga akan turun.",
            [SARI, BOWO],
        ),
        (
            '"Stok aman," kata Sari Dewanti.\n"Tidak benar," bantah Bowo Pranata.\n"Gudang penuh," jawab Sari.\n'
            '"Saya punya datanya," ujarnya.',
            [SARI, BOWO, SARI, SARI],
        ),
        # Whom the quote tells of does not say it.
        (
            '"Stok aman," kata Kapolres Sari Dewanti.\nTari Lestari pulang selamat.\n"Tari kami antar," katanya.',
            [SARI, SARI],
        ),
        # A quote alone in its paragraph goes on with the same speaker.
        ('"Stok aman," kata Sari Dewanti.\n"Kami sudah memeriksa seluruh gudang."', [SARI, SARI]),
        # A quote over several paragraphs is told by its last one.
        ("“Kami sudah memeriksa gudang.\n“Harga akan turun,” kata Sari Dewanti.", [SARI, SARI]),
        # Nobody to mean.
        ('"Kami sudah memeriksa gudang," ujarnya.', [None]),
    ],
)  # fmt: skip
def test_speakers_follow_the_flow(text: str, speakers: list[str | None]) -> None:
    assert [quote.speaker_name for quote in read(text)] == speakers


@pytest.mark.parametrize(
    "text, wanted",
    [
        ('"Stok aman," kata Sari Dewanti kepada wartawan, Senin (2/3).', "wartawan"),
        ('"Stok aman," kata Sari Dewanti, dikutip dari Antara, Senin.', "Antara"),
        ('"Stok aman," kata Sari Dewanti dalam keterangan tertulis, Senin.', "keterangan tertulis"),
        ('"Stok aman," kata Sari Dewanti.', None),
    ],
)
def test_addressees(text: str, wanted: str | None) -> None:
    assert [quote.addressee for quote in read(text)] == [wanted]


def test_the_words_beside_the_cue_are_kept() -> None:
    found = read('"Stok aman," kata Sari Dewanti.\n"Harga turun," katanya.\n"Panen raya," imbuh dia.')
    assert [quote.speaker_text for quote in found] == ["Sari Dewanti", "-nya", "dia"]


HOUSE_STYLE = (
    "JAKARTA, KOMPAS.com - Kepala Dinas Pasar Sari Dewanti mengatakan, stok beras masih cukup hingga akhir tahun. "
    "“Kami sudah memeriksa seluruh gudang. Semuanya penuh,” kata dia di Jakarta, Senin (2/3/2020). "
    "Menurut dia, harga beras akan turun bulan depan. “Warga tidak perlu cemas,” ujar Sari."
)


def test_long_paragraphs_with_curly_marks_and_pronouns() -> None:
    assert told(HOUSE_STYLE) == [
        ("indirect", "stok beras masih cukup hingga akhir tahun", SARI),
        ("direct", "Kami sudah memeriksa seluruh gudang. Semuanya penuh", SARI),
        ("indirect", "harga beras akan turun bulan depan", SARI),
        ("direct", "Warga tidak perlu cemas", SARI),
    ]


def test_offsets_and_confidence() -> None:
    for quote in read(HOUSE_STYLE):
        assert HOUSE_STYLE[quote.start : quote.end] == quote.text
        assert 0.5 < quote.confidence <= 1


@pytest.mark.parametrize(
    "piece", ['"', '" ', '"Aman ', "“Aman ", "'Aman ", '"Aman," kata ', "mengatakan ", "kata dia, "]
)
def test_endless_unbalanced_marks_and_cues_take_linear_time(piece: str) -> None:
    def waiting(size: int) -> Document:
        return document(piece * (size // len(piece)))

    ready = {size: waiting(size) for size in (75_000, LONGER * 75_000)}
    assert_linear(lambda size: extract_quotes(ready[size], shipped().quotes), 75_000)
