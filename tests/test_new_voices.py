"""A new voice enters, or the old one goes on: pairs on frames that training has not seen."""

from __future__ import annotations

import random
import re

from warta.model import shipped
from warta.quotes.extraction import extract_quotes
from warta.records import Article, Document, Entity, Mention
from warta.text.sentences import split

FLOOR, FLOOR_OF_EACH = 0.95, 0.93
EACH = 10
PEOPLE = (
    "Salim Gunadi", "Tuti Marwati", "Bram Sitorus", "Rini Puspita", "Eko Subagyo", "Laras Pertiwi", "Dani Firmansyah",
    "Wati Sulastri", "Arman Lubis", "Yuni Astuti", "Gatot Wirawan", "Mega Safitri",
)  # fmt: skip
OFFICES = (
    "Kepala Dinas Kesehatan", "Anggota Komisi IX DPR", "Wali Kota", "Ketua Serikat Nelayan",
    "Direktur Rumah Sakit Bahari",
    "Kapolsek Karangjati", "Ketua Komisi Pengawas", "Pakar hukum", "Camat", "Manajer tim",
)  # fmt: skip
SAID = ("kata", "ujar", "ucap", "jelas", "tegas")
CUES = ("ujarnya", "katanya", "kata dia", "tuturnya", "ungkapnya", "ucap dia")
WORDS = (
    "Obatnya sudah dikirim kemarin sore", "Jadwal kapal berubah karena ombak", "Kami menunggu surat resminya",
    "Tim sudah bekerja tanpa henti", "Pasien tidak perlu khawatir", "Biayanya ditanggung daerah",
    "Hasil laboratorium keluar pekan depan", "Latihan dimulai lebih awal",
)  # fmt: skip
OPENINGS = (
    '{old} menyebut persiapan hampir selesai. "{one}," {said} {short}.', '"{one}," {said} {old} kepada wartawan.',
    '{old} memberi keterangan pers. "{one}," {said} {short}.', '"{one}," {said} {old}. "{two}," {again}.',
)  # fmt: skip
NEW_VOICE = (
    "{new} mencela keputusan itu.", "Sementara itu, {new} menyetujui langkah itu.",
    "{office}, {name}, menentang rencana itu.",
    "Pada bagian lain, {new} menuntut kejelasan.", "{new} pun bereaksi keras.",
    "Di lokasi yang sama, {new} membagikan masker.",
    "{name}, {low} setempat, mengamini hal itu.", "Merespons hal itu, {new} menyatakan sikap.",
    "{new} dijumpai seusai rapat.",
    "{new}, yang juga hadir di sana, menyoroti biaya obat.", "Sebelumnya, {new} telah mengunjungi pelabuhan itu.",
    "Setelah petugas memeriksa kapal itu, {new} memberi penjelasan.", "Sehari kemudian {new} menggelar pertemuan.",
    "{new} menyiapkan tiga ruang rawat.", "Berbeda dengan itu, {new} mengusulkan jalan tengah.",
)  # fmt: skip
OLD_VOICE = (
    "Polisi menahan {name} sejak Jumat.", "Jaksa menuntut {name} dua tahun penjara.", "{name} diamankan di pelabuhan.",
    "{short} mendatangi {new} di rumahnya.", "Ia mengaku belum berbicara dengan {new}.", "Pertemuan itu diikuti {new}.",
    "Tim penyelamat menemukan {name} di tepi pantai.", "{short} membalas pernyataan {new}.",
    "Dia sudah menyurati {new}.",
    "Kasus itu menyeret nama {name}.", "{name} dilarikan ke rumah sakit.", "Warga mengantar {name} pulang.",
    "Jabatan itu dahulu dipegang {name}.", "Keluarga mencari {name} sejak Sabtu.",
    "{name} mengalami luka ringan.", "{new} bakal menerima penghargaan.", "{name} berasal dari Karangjati.",
    "{short} menunjuk {name} sebagai pengganti.",
)  # fmt: skip


def document(text: str, people: tuple[str, str]) -> Document:
    """`text` with its sentences and the names of `people`."""
    found = Document(Article("1", text))
    found.sentences, found.tokens = split(text)
    for number, name in enumerate(people):
        given = name.split()[0]
        found.entities.append(Entity(name, "PER", (name, given)))
        for place in re.finditer(rf"\b{given}(?: {name.split()[1]})?\b", text):
            sentence = next(s.ordinal for s in found.sentences if s.start <= place.start() < s.end)
            found.mentions.append(Mention(*place.span(), place.group(), "PER", "name", sentence, number))
    found.mentions.sort(key=lambda mention: mention.start)
    return found


def share_right(frames: tuple[str, ...], new_speaks: bool, seed: int) -> tuple[float, list[str]]:
    """How often the last quote has the right speaker, and the frames where it has not."""
    chance, wrong = random.Random(seed), []
    for number in range(EACH * len(frames)):
        old, new = chance.sample(PEOPLE, 2)
        office, other = chance.sample(OFFICES, 2)
        one, two, three = chance.sample(WORDS, 3)
        frame = frames[number % len(frames)]
        fields = {
            "old": f"{other} {old}", "short": old.split()[0], "new": f"{office} {new}", "name": new, "office": office,
            "low": office[0].lower() + office[1:], "said": chance.choice(SAID), "again": chance.choice(CUES),
        }  # fmt: skip
        opening, middle = chance.choice(OPENINGS).format(one=one, two=two, **fields), frame.format(**fields)
        border, other = chance.choice((" ", "\n")), chance.choice((" ", "\n"))
        text = f'{opening}{border}{middle}{other}"{three}," {chance.choice(CUES)}.'
        quotes = extract_quotes(document(text, (old, new)), shipped().quotes)
        said = [quote.speaker_name for quote in quotes if quote.text == three]
        if said != [new if new_speaks else old]:
            wrong.append(frame)
    return 1 - len(wrong) / (EACH * len(frames)), wrong


def test_who_has_just_entered_speaks_and_who_is_only_talked_about_does_not() -> None:
    new, missed = share_right(NEW_VOICE, True, 1)
    old, taken = share_right(OLD_VOICE, False, 2)
    assert min(new, old) >= FLOOR_OF_EACH, (missed, taken)
    assert (new + old) / 2 >= FLOOR, (missed, taken)
