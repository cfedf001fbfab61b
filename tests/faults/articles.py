"""Short made-up articles, as many as wanted, always the same: what the runs that are disturbed are about."""

from __future__ import annotations

import json
import random
from pathlib import Path

_PEOPLE = ("Wayan Sudira", "Ratna Dewi", "Made Arta", "Togar Manurung", "Siti Halimah", "Yusuf Lamaga", "Rini Astuti")
_OFFICES = ("Bupati", "Kepala Dinas Pertanian", "Camat", "Kepala Desa", "Ketua Koperasi", "Kapolsek")
_PLACES = ("Banjarnegara", "Wonosobo", "Tabanan", "Bulukumba", "Pidie", "Sumenep", "Ngada")
_NEWS = (
    "membuka pasar ikan di {place}",
    "meninjau banjir yang merendam {count} rumah di {place}",
    "menangkap {count} pencuri kerbau di {place}",
    "meresmikan jembatan senilai Rp {count} miliar di {place}",
    "menyerahkan {count} karung benih padi kepada petani {place}",
)
_WORDS = ("Harga beras turun", "Jalan itu segera diperbaiki", "Warga harus tenang", "Panen tahun ini baik")


def article(number: int) -> dict[str, str]:
    """The article of this number; no two are alike."""
    pick = random.Random(number).choice
    who, office, place = pick(_PEOPLE), pick(_OFFICES), pick(_PLACES)
    news = pick(_NEWS).format(place=place, count=number + 2)
    return {
        "id": str(number),
        "judul": f"Kabar {place} nomor {number}",
        "tanggal": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "isi": f'{office} {place} {who} {news}, Senin. "{pick(_WORDS)}," kata {who.split()[0]}, {number} kali.',
    }


def write(path: Path, count: int, first: int = 0) -> Path:
    """A `.jsonl` file of `count` articles."""
    path.write_text("".join(json.dumps(article(n)) + "\n" for n in range(first, first + count)), "utf-8")
    return path
