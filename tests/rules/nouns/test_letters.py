"""Letters that nobody can print or read: what becomes of them, and what is told. Expected values by hand: each decorative
letter is the plain letter it is drawn after; TCVN 5712:1993 and VNI by their tables.
"""

import unicodedata

import pytest

from rules.nouns.letters import letters, unprinted
from rules.nouns.text import clean, clusters, shorten


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("𝐍𝐠𝐮𝐲𝐞̂̃𝐧 𝐕𝐚̆𝐧 𝐋𝐮̣𝐜", "Nguyễn Văn Lục"),  # B9 … of 52-fancy.xlsx
        ("𝓣𝓸̂́𝓽 𝔫𝔤𝔥𝔦𝔢̣̂𝔭", "Tốt nghiệp"),
        ("Ｎｇｕｙễｎ", "Nguyễn"),
        ("９５", "95"),
        ("Ⓗⓐ Ⓝⓞ̣̂ⓘ", "Ha Nội"),
        ("🅷🅾", "HO"),
        ("ﬁnal oﬃce", "final office"),
    ],
)
def test_decorative_letters_become_the_plain_ones_and_are_named(typed: str, reads: str) -> None:
    found = letters(typed)
    assert found.text == reads
    assert [word for _, word in found.folded] == reads.split()
    assert (found.unreadable, found.coding, found.dropped) == ((), "", 0)


@pytest.mark.parametrize(
    "typed",
    [
        "Đạt 95,5% kế hoạch (m²), ½ số việc; 5 ℓ, 25°C, ±2 – “đủ” …",
        "Phương án Ⓐ, ① và Ⅳ",
        "Müller, Peña, Köln, El Niño, São Paulo, Citroën, café, naïve, Zürich, 5µm, ©2020, nº 1, 1ª, Ça, vis-à-vis",
        "中文 한국 ꪀꪱ ភាសា",
        "👨‍👩‍👧 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣ 🇻🇳 🏃🏽‍♂️ 🩷 \U0001fae9",
        "Điều 7.5 khoản a) ▪ ☑ → ≥ ≤",
    ],
)
def test_what_can_be_read_stays_as_it_is(typed: str) -> None:
    assert letters(typed).plain
    assert letters(typed).text == typed
    assert clean(typed) == unicodedata.normalize("NFC", typed)


def test_marks_typed_apart_are_the_same_text_and_nothing_is_told() -> None:
    assert letters(unicodedata.normalize("NFD", "Nguyễn Thị Hường")).plain


@pytest.mark.parametrize(
    ("typed", "seen", "dropped"),
    [
        ("kế\u200b hoạch\ufeff", "kế hoạch", 2),
        ("hạn\xad chế", "hạn chế", 1),
        ("\u2066số 12\u2069", "số 12", 2),
        ("trống\x00", "trống", 1),
        ("x\u200dy", "xy", 1),
    ],
)
def test_what_nobody_sees_is_left_out_and_counted(typed: str, seen: str, dropped: int) -> None:
    assert (letters(typed).text, letters(typed).dropped) == (seen, dropped)


@pytest.mark.parametrize(
    "word",
    ["\ue001", "t\uf0b7ên", "\ufffd", "\U000f0001", "\ufdd0", "\u0378", "a\u202ecba\u202c", "Z̶̢̛algo"],
)
def test_what_nobody_can_read_is_named(word: str) -> None:
    assert letters(f"Họ {word} tên").unreadable == (word,)


@pytest.mark.parametrize(
    ("coding", "typed", "would_be"),
    [
        ("TCVN3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("TCVN3", "NguyÔn V¨n Lùc", "Nguyễn Văn Lực"),
        ("TCVN3", "CéNG HßA X· HéI", "CỘNG HÒA XÃ HỘI"),
        ("TCVN3", "Hoµn thµnh tèt nhiÖm vô ®\xadîc giao", "Hoàn thành tốt nhiệm vụ được giao"),
        ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("VNI", "Ñoäc laäp – Töï do – Haïnh phuùc", "Độc lập – Tự do – Hạnh phúc"),
        ("VNI", "NGUYEÃN VAÊN LÖÏC", "NGUYỄN VĂN LỰC"),
    ],
)
def test_old_code_tables_are_recognised(coding: str, typed: str, would_be: str) -> None:
    found = letters(typed)
    assert (found.coding, found.text) == (coding, would_be)


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇻🇳", "1️⃣", "❤️", "🏃🏽‍♂️", "e\u0323\u0302"])
def test_what_is_seen_as_one_is_never_cut(sign: str) -> None:
    assert clusters(f"a{sign}b") == ["a", sign, "b"]
    assert set(clusters(shorten(sign * 100).removesuffix("…"))) == {sign}


def test_what_the_papers_have_no_drawing_of_is_named_once() -> None:
    assert unprinted("Tốt 👍🏽 👍🏽, 中 và 👨‍👩‍👧 ☑ 😀 ✓") == ("👍🏽", "中", "👨‍👩‍👧")
    assert unprinted("Đạt 95,5% ≥ kế hoạch – “đủ”") == ()
