"""The slips with an invitation each: what stands on them, how they share sheets, and what people's texts may not do."""

import datetime as dt
import io
import time
from dataclasses import replace

import pytest
import segno
from pypdf import PdfReader

from templates.documents.scanning import drawing
from templates.documents.slips import ON_A_SHEET, Handing, Slip, slips_pdf

HANDING = Handing("Văn phòng UBND tỉnh An Phú", "Phòng Hành chính – Tổ chức", "https://tusoi.example")
A_SLIP = Slip(
    "Trần Thị Hoa Mai",
    "Chuyên viên",
    "Phòng Tổng hợp",
    "ABCDEFGHJKMN",
    dt.datetime(2021, 1, 22, 8, 30, tzinfo=dt.UTC),
    {
        "telegram": "https://t.me/tusoi_thu_bot?start=ABCDEFGHJKMN",
        "web": "https://tusoi.example/i/ABCDEFGHJKMN",
    },
)


def slips(count: int, unit: str = "Phòng Tổng hợp") -> list[Slip]:
    return [
        replace(
            A_SLIP,
            name=f"Người Thứ {number}",
            unit=unit,
            code=f"ABCDEFGH{number:04d}",
            links={
                "telegram": f"https://t.me/tusoi_thu_bot?start=ABCDEFGH{number:04d}",
                "web": f"https://tusoi.example/i/ABCDEFGH{number:04d}",
            },
        )
        for number in range(1, count + 1)
    ]


def pages_of(some: list[Slip], handing: Handing = HANDING) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(slips_pdf(some, handing))).pages]


def words_of(some: list[Slip], handing: Handing = HANDING) -> str:
    return " ".join(" ".join(pages_of(some, handing)).split())


# ── what stands on a slip ──────────────────────────────────────────────────────────────────────


def test_a_slip_tells_who_the_code_how_to_join_until_when_and_whom_to_ask():
    text = words_of([A_SLIP])
    assert "Trần Thị Hoa Mai Chuyên viên Phòng Tổng hợp" in text
    assert "ABCD- EFGH- JKMN" in text
    assert "một trong hai hình: Telegram hoặc trang web https://tusoi.example." in text
    assert "dùng một lần, đến 08:30 ngày 22/01/2021." in text
    assert "hỏi Phòng Hành chính – Tổ chức." in text


@pytest.mark.parametrize(
    ("channels", "how"),
    [
        (("telegram",), "chọn mở bằng Telegram rồi bấm “Bắt đầu” (Start)"),
        (("web",), "thì mở https://tusoi.example trên máy bất kỳ và gõ mã"),
        ((), "Khi cơ quan báo nơi vào Tự Soi, anh/chị mở nơi đó và gõ mã trên đây"),
    ],
)
def test_how_to_join_is_told_by_the_channels_that_are_open(channels, how):
    text = words_of([replace(A_SLIP, links={channel: A_SLIP.links[channel] for channel in channels})])
    assert how in text
    assert "ABCD-EFGH-JKMN" in text
    assert "hai hình" not in text


def test_nothing_of_a_channel_that_is_not_open_is_said():
    text = words_of([replace(A_SLIP, links={})], replace(HANDING, address=""))
    assert not [word for word in ("Telegram", "rang web", "http", "hình", "máy ảnh") if word in text]


@pytest.mark.parametrize("link", [*A_SLIP.links.values(), "https://" + "rat-dai." * 20 + "example/i/ABCDEFGHJKMN"])
def test_what_is_scanned_is_the_link(link):
    """The path that is drawn covers the modules of segno's code, and no others."""
    drawn = drawing(link)
    code = segno.make(link, error="m", micro=False, mask=0)
    dark = {(x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, module in enumerate(row) if module}
    assert drawn["side"] == code.symbol_size(border=4)[0]
    assert covered(drawn["path"]) == dark


def covered(path: str) -> set[tuple[int, int]]:
    """The modules that the strokes of a path of `M x y`, `m dx dy`, `h width` cover."""
    cells, x, y = set(), 0.0, 0.0
    for step in path.replace("M", "|M").replace("m", "|m").replace("h", "|h").split("|")[1:]:
        numbers = [float(number) for number in step[1:].replace(" -", ",-").replace(" ", ",").split(",")]
        if step[0] == "h":
            cells |= {(int(x) + beside, int(y)) for beside in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if step[0] == "M" else (x + numbers[0], y + numbers[1])
    return cells


# ── sheets ─────────────────────────────────────────────────────────────────────────────────────


def test_each_unit_begins_a_sheet_and_says_how_many_slips_are_its_own():
    pages = pages_of([*slips(ON_A_SHEET + 1, "Phòng Tổng hợp"), *slips(2, "Trung tâm Tin học")])
    covers = [" ".join(page.split())[:80] for page in pages]
    assert len(pages) == 3
    assert all(cover.startswith("Phòng Tổng hợp: 9 phiếu") for cover in covers[:2])
    assert covers[2].startswith("Trung tâm Tin học: 2 phiếu")
    assert ["Tờ 1/2" in pages[0], "Tờ 2/2" in pages[1], "Tờ 1/1" in pages[2]] == [True] * 3
    assert [page.count("Người Thứ") for page in pages] == [8, 1, 2]


def test_a_unit_of_120_people_has_fifteen_sheets_and_every_slip_once():
    pages = pages_of(slips(120))
    assert len(pages) == 15
    printed = "".join("".join(page.split()) for page in pages)
    assert all(printed.count(f"ABCD-EFGH-{number:04d}") == 1 for number in range(1, 121))


def test_the_same_slips_give_the_same_bytes():
    assert slips_pdf(slips(9), HANDING) == slips_pdf(slips(9), HANDING)


def test_400_slips_with_two_codes_each_are_printed_in_seconds():
    begins = time.process_time()
    slips_pdf(slips(400), HANDING)
    assert time.process_time() - begins < 5


# ── people's texts ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        '#eval("1+1") #sys.inputs $x$ *đậm* _nghiêng_ `mã` = Đầu @nguồn <nhãn> \\ // ghi chú',
        '"); #panic("x") ("',
        "{office} {count} {{x}} %s",
        "<svg onload=1> & ' \" </path>",
    ],
)
def test_a_name_is_data_and_no_markup(typed):
    slip = replace(A_SLIP, name=typed, position=typed, unit=typed)
    text = "".join(words_of([slip], replace(HANDING, office=typed, desk=typed)).split())
    assert text.count("".join(typed.split())) >= 4


@pytest.mark.parametrize("letters", ["W", "Ặ", "dài "])
@pytest.mark.parametrize("open_", [True, False])
def test_whatever_is_written_the_code_and_the_last_line_stay_on_the_slip(letters, open_):
    long = (letters * 300)[:300]
    slip = replace(A_SLIP, name=long, position=long, unit=long, code="WWWWWWWWWWWW")
    shown = slip if open_ else replace(slip, links={})
    reader = PdfReader(io.BytesIO(slips_pdf([shown] * 8, replace(HANDING, office=long))))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 1
    assert text.count("WWWW-WWWW-WWWW") == 8
    assert text.count("hỏiPhòngHànhchính–Tổchức.") == 8


def test_what_no_font_draws_is_named_by_its_code():
    assert "Mai [U+1F44D]" in words_of([replace(A_SLIP, name="Mai \U0001f44d")])


def test_line_breaks_and_invisible_letters_do_not_stay():
    assert "Trần Mai Chuyên viên" in words_of([replace(A_SLIP, name="Trần\n\n\u202eMai")])


def test_a_full_sheet_is_followed_by_no_empty_one():
    assert len(PdfReader(io.BytesIO(slips_pdf(slips(8), HANDING))).pages) == 1
