"""Which language an article is in: judged outside its quotes, and Indonesian wherever it could be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from timing import seconds

from warta.text.language import language

PASSAGES = yaml.safe_load(Path(__file__).with_name("languages.yml").read_text("utf-8"))


@pytest.mark.parametrize("code", PASSAGES)
def test_passages_that_the_words_were_chosen_with(code: str) -> None:
    assert {text: language(text) for text in PASSAGES[code]["chosen"]} == dict.fromkeys(PASSAGES[code]["chosen"], code)


@pytest.mark.parametrize(("code", "right"), [("en", 6), ("ms", 4), ("jv", 6), ("su", 5)])
def test_passages_held_out(code: str, right: int) -> None:
    """What is not told by two sentences counts as Indonesian; an article of several such passages is told."""
    found = [language(text) for text in PASSAGES[code]["held_out"]]
    assert found.count(code) >= right and set(found) <= {code, "id"}
    assert language("\n".join(PASSAGES[code]["held_out"])) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Polisi mengatakan hujan yang turun sejak pagi itu akan reda dalam dua hari.", "id"),
        ("Polis berkata hujan yang turun itu akan reda kerana angin, menurut maklumat yang dikeluarkan bomba.", "ms"),
        ("The police said that the rain would stop in two days, but it was not the case.", "en"),
        ("De burgemeester zei dat het water in de stad nog niet is gezakt en dat er meer regen komt.", "nl"),
        ("Urang nagari alah bakumpua di balai untuak mandanga kato pamarintah tantang jalan nan rusak.", "min"),
        (
            "Krama desa sampun nyiagayang banten ring pura, nenten wenten sane mawali sadurung rahina puniki puput.",
            "ban",
        ),
        ("Hujan!", "und"),
        ("", "und"),
        ("12/10/2025 14.30", "und"),
        ("印尼政府周一宣布，将在未来三年内修建五座新桥。", "zh"),
        ("政府は月曜日、新しい橋を五つ建設すると発表した。", "ja"),
        ("أعلنت الحكومة يوم الاثنين عن بناء خمسة جسور جديدة.", "ar"),
        ("ꦮꦫꦒꦝꦺꦱꦲꦶꦏꦸꦥꦝꦔꦸꦩ꧀ꦥꦸꦭ꧀", "jv"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert language(text) == code


INDONESIAN = "Menteri itu berbicara di depan wartawan pada Senin malam, dan pihaknya meminta warga agar tidak panik."


@pytest.mark.parametrize(
    "quoted",
    [
        "“The water will rise before it falls, and we are ready for that. We have done this for years, with the army.”",
        '"Banyune bakal mundhak maneh, nanging kabeh wis siyaga. Aja padha wedi, awit iku wis dadi kulinan ing kene."',
        "'Kerana itu kita mahu bahawa semua pihak, iaitu polis dan bomba, bekerja sahaja dengan tenang esok.'",
        "“Cai bakal naék deui, tapi urang geus siap. Ulah sieun, sabab ieu téh geus biasa pikeun urang di dieu.",
    ],
)
def test_whom_an_article_quotes_tells_nothing(quoted: str) -> None:
    assert language(f"{INDONESIAN}\n{quoted}\n{quoted}\n{quoted}") == "id"
    english = "The minister spoke to reporters on Monday night, and asked the people of the city not to be afraid."
    assert language(f"{english}\n“{INDONESIAN} {INDONESIAN}”") == "en"


@pytest.mark.parametrize(
    "text",
    [
        # words of other languages, without marks, in Indonesian sentences
        "Nasabah memegang polis sejak 2019. Polis itu, kata Sari, belum dibayar, padahal polis lain sudah.",
        "Grup itu akan membawakan The End of the Road, A Day in the Life dan And Then There Was You. "
        "Vokalisnya mengatakan lagu itu dipilih karena sudah lama tidak dimainkan.",
        "Tembang Lir-ilir dan Gundul-gundul Pacul, kata dalang itu, sudah dikenal anak-anak sejak dulu.",
        "Mahkamah Sesyen di Johor menunda sidang. Peguam terdakwa, Datuk Azlan, meminta waktu karena saksi sakit.",
        "Polis Diraja Malaysia dan Bomba menemukan korban kapal itu, kata Konsul RI pada Jumat.",
        "Teh asal Garut itu jadi primadona. Teh hijau dan teh hitam dari kebun warga dijual hingga ke Eropa.",
        # an article that goes on in another language
        f"{INDONESIAN} Sungai itu meluap karena hujan. The river rose because of the rain, and the people left.",
    ],
)
def test_indonesian_wherever_it_could_be(text: str) -> None:
    assert language(text) == "id"


def test_a_mark_that_is_never_closed_hides_its_paragraph_alone() -> None:
    assert language(f'"Kita siap.\n{INDONESIAN}') == "id"


@pytest.mark.parametrize("unit", ['"', "'a ", "“a", "a\n", "yang ", "é", "漢"])
def test_time_does_not_grow_with_the_text(unit: str) -> None:
    assert seconds(lambda: language(unit * 300_000)) < 1
