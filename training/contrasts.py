"""Made-up articles in pairs: somebody new enters and speaks, or the old voice goes on.

Annotated articles hold few of the first kind. All people, offices and events here are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from training.gold import GoldArticle
from warta.records import Article

GIVEN = (
    "Rahmat", "Siti", "Budi", "Wulan", "Darto", "Nining", "Gilang", "Ratih", "Teguh", "Lestari", "Yusuf", "Maria",
    "Hendro", "Fitri", "Slamet", "Dewi", "Ilham", "Murni", "Joko", "Asih", "Rudi", "Kartika", "Bagas", "Endang",
)  # fmt: skip
FAMILY = (
    "Hidayat", "Nurbaiti", "Santosa", "Maharani", "Wibisono", "Siregar", "Kusuma", "Handayani", "Pratama", "Saragih",
    "Utomo", "Rahayu", "Setiadi", "Manurung", "Hakim", "Anggraini", "Nasution", "Purnomo", "Wahyuni", "Sutanto",
)  # fmt: skip
OFFICES = (
    "Menteri Perdagangan", "Anggota Komisi VII DPR", "Ketua Asosiasi Pedagang Pasar", "Kepala Dinas Perhubungan",
    "Bupati Lembahsari", "Kapolres Tirtajaya", "Wakil Ketua Komisi II DPRD", "Direktur Utama PT Angin Timur",
    "Pengamat transportasi", "Ekonom", "Sekretaris Daerah", "Juru bicara kementerian", "Gubernur", "Peneliti",
    "Anggota DPR dari Fraksi Melati", "Ketua RT setempat", "Rektor", "Koordinator aksi", "Dosen", "Warga", "",
)  # fmt: skip
SAID = ("kata", "ujar", "ucap", "tutur", "ungkap", "jelas", "tegas", "papar")
AGAIN = ("ujarnya", "katanya", "kata dia", "ujar dia", "ucapnya", "tuturnya", "jelasnya", "tegasnya", "ungkapnya")
ONWARD = ("lanjutnya", "imbuhnya", "tambahnya", "imbuh dia", "tambah dia", "lanjut dia")
WORDS = (
    "Kami sudah menyiapkan semuanya sejak awal tahun", "Aturan ini berlaku mulai bulan depan",
    "Harga di pasar belum juga turun", "Anggaran untuk itu masih dibahas", "Jangan sampai warga kecil dirugikan",
    "Semua pihak harus duduk bersama", "Jalannya sudah rusak sejak dua tahun lalu", "Datanya bisa dilihat siapa saja",
    "Kita tunggu saja hasil pemeriksaannya", "Tidak ada alasan untuk menunda lagi", "Ini bukan perkara mudah",
    "Yang penting pelayanan tetap berjalan", "Prosesnya memang makan waktu", "Saya minta semua tenang dulu",
)  # fmt: skip
DEEDS = (
    "mengkritik kebijakan itu", "menyambut baik rencana itu", "menolak usulan tersebut", "mendukung langkah itu",
    "meminta aturan itu ditinjau ulang", "mendesak pemerintah bergerak cepat", "mempertanyakan angka itu",
    "mengapresiasi langkah tersebut", "meragukan hasil kajian itu", "menanggapi keluhan warga",
    "mendatangi lokasi pada Rabu pagi", "meninjau gudang beras itu", "memimpin rapat di balai kota",
    "membuka posko pengaduan", "memeriksa berkas perkara itu", "memantau arus lalu lintas", "menerima para pedagang",
    "membawa contoh barang yang rusak", "memperlihatkan foto jalan yang berlubang", "mengunjungi para korban banjir",
    "ikut turun ke jalan", "berjanji akan memeriksa laporan itu", "berbeda pendapat", "bersikap lebih hati-hati",
    "hadir dalam pertemuan itu", "melihat persoalan itu dari sisi lain", "mencium kejanggalan dalam proyek itu",
    "berada di lokasi sejak pagi", "ditemui di kantornya", "dihubungi lewat telepon", "tidak sependapat",
)  # fmt: skip
ENTRANCES = (
    "{new} {deed}.", "Sementara itu, {new} {deed}.", "{office_new}, {name_new}, {deed}.",
    "Di tempat terpisah, {new} {deed}.",
    "Adapun {new} {deed}.", "{new} juga {deed}.", "{name_new}, {low_new}, {deed}.", "Sedangkan {new} {deed}.",
    "{new} yang datang belakangan {deed}.", "Hari itu juga {new} {deed}.", "Namun {new} {deed}.",
    "{new} lalu {deed} bersama sejumlah pegawai.", "Menanggapi hal itu, {new} {deed}.",
    "Pada kesempatan yang sama, {new} {deed}.",
    "{new} kemudian {deed} setelah pertemuan itu selesai.", "Lain halnya dengan yang lain, {new} {deed}.",
)  # fmt: skip
ASIDES = (
    "Polisi menangkap {name_new} pada Selasa malam.", "Petugas membawa {name_new} ke kantor polisi.",
    "{name_new} ditangkap di rumahnya.", "{old_short} sudah bertemu dengan {new}.",
    "{old_short} menemui {new} kemarin.",
    "Dia mengajak {new} ke lokasi.", "Rapat itu juga dihadiri {new}.", "Penyidik memeriksa {name_new} selama tiga jam.",
    "Surat itu ditujukan kepada {new}.", "{old_short} menggantikan {name_new} sejak tahun lalu.",
    "Ia memuji kerja {new}.",
    "Warga melaporkan {name_new} ke kepolisian.", "{name_new} dilaporkan hilang sejak Minggu.",
    "Acara itu dibuka bersama {new}.", "{old_short} menanggapi kritik {new}.", "Kebijakan itu dibuat pada masa {new}.",
    "Hakim membebaskan {name_new} dari semua tuduhan.", "{name_new} dirawat di rumah sakit.",
    "{name_new} adalah pemilik rumah itu.", "{new} akan datang pekan depan.", "{name_new} memiliki dua anak.",
    "{new} ingin semuanya selesai tahun ini.", "{name_new} menjadi korban kejadian itu.",
    "{name_new} dibawa ke puskesmas terdekat.", "Foto {name_new} beredar di media sosial.",
)  # fmt: skip
PLAIN = (
    "Rapat itu berlangsung dua jam.", "Proyek itu menelan biaya Rp 3 miliar.", "Hujan turun sejak pagi.",
    "Aturan itu terbit pekan lalu.", "Pasar kembali ramai sejak Senin.",
)  # fmt: skip
BEGINNINGS = (
    '{old} mengatakan harga akan turun. "{first}," {said} {old_short}.', '"{first}," {said} {old}.',
    '{old} mendatangi pasar itu. "{first}," {said} {old_short}.', '"{first}," {said} {old}, Senin (2/3).',
    '{old} menjelaskan rencana itu kepada wartawan. "{first}," {said} {old_short}. "{third}," {again}.',
)  # fmt: skip


class Maker:
    """Texts from frames; the same `seed`, the same texts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def _person(self, not_in: str = "") -> tuple[str, str]:
        given = self._random.choice([name for name in GIVEN if name not in not_in])
        return f"{given} {self._random.choice(FAMILY)}", self._random.choice(OFFICES)

    def article(self, number: int, frame: str, new_speaks: bool) -> GoldArticle:
        """One text on `frame`, with its last quote and everybody in it."""
        pick = self._random.choice
        (old, office), (new, new_office) = (first := self._person()), self._person(first[0])
        words = self._random.sample(WORDS, 3)
        new_office = new_office or ("Pengamat" if "office_new" in frame or "low_new" in frame else "")
        onward = self._random.random() < (0.15 if new_speaks else 0.35)
        again = pick(ONWARD if onward else AGAIN)
        fields = {
            "old": f"{office} {old}".strip(), "old_short": old.split()[0], "new": f"{new_office} {new}".strip(),
            "name_new": new, "office_new": new_office, "low_new": new_office[:1].lower() + new_office[1:],
            "deed": pick(DEEDS), "first": words[0], "third": words[1], "said": pick(SAID), "again": pick(AGAIN),
        }  # fmt: skip
        middle = frame.format(**fields)
        if self._random.random() < 0.2:
            middle = f"{middle} {pick(PLAIN)}" if self._random.random() < 0.5 else f"{pick(PLAIN)} {middle}"
        borders = pick((" ", "\n")), pick((" ", " ", "\n"))
        text = f'{pick(BEGINNINGS).format(**fields)}{borders[0]}{middle}{borders[1]}"{words[2]}," {again}.'
        entities = [{"name": name, "type": "PER", "surfaces": [name, name.split()[0]]} for name in (old, new)]
        quotes = [{"text": words[2], "kind": "direct", "speaker": new if new_speaks else old}]
        return GoldArticle(Article(f"contrast {number}", text), {}, {"entities": entities, "quotes": quotes})


def contrasts(each: int = 12, seed: int = 21) -> Iterator[GoldArticle]:
    """`each` texts on every frame: new voices, and old ones that go on."""
    maker = Maker(seed)
    frames = [(frame, True) for frame in ENTRANCES] + [(frame, False) for frame in ASIDES]
    for number in range(each * len(frames)):
        frame, new_speaks = frames[number % len(frames)]
        yield maker.article(number, frame, new_speaks)
