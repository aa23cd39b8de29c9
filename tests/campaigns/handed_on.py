"""The last step of the five plays: the dossiers go on, each the list of its plan, with who owes what is missing."""

import io

import pypdf

from rules.nouns.errors import CaseError
from tests.campaigns.dossiers import (
    BAN_DAN_TOC_BOARD,
    BAN_DAN_TOC_ROOM,
    QUANG_NGAI_2020,
    QUANG_NGAI_2023,
    SON_DUONG,
    SON_DUONG_AUTHORITY,
    SON_LA_CELL,
    SON_LA_ROOM,
    dossier,
)
from tests.campaigns.offices import nam_hoa_2021, son_thach_2020, song_trang_2020, truong_linh_2023
from tests.refusing import refused

_IF_ANY = "Không có (tài liệu chỉ nộp nếu có)"


def _keyed(play, who):
    return f"{play.cast.key[who]} {play.cast.name(who)}"


def _heads(play, who, unit):
    return f"{play.cast.name(who)} (đứng đầu {unit})"


async def quang_ngai_2020(play):
    """3.d: nothing but the minutes is missing, and the head of the unit owes them."""
    unit = song_trang_2020.UNITS["TH"]
    found = await dossier(play, unit=unit)
    assert found.lists(QUANG_NGAI_2020)
    assert [found.state(number)[1] for number in (1, 2, 3)] == ["", "", ""]
    assert found.state(4) == ("Thiếu", _heads(play, "head:TH", unit))
    assert found.due(4) == "04/12/2020", "mục 5: trước ngày 05/12"
    assert f"{_keyed(play, 'TH1')}.pdf" in found.files(2)
    assert len(found.files(3)) == 1
    assert not found.files(4)


async def quang_ngai_2023(play):
    """II.2.d: minutes and emulation are owed by the head, the silent one's own by themself; II.7: the office's own rating by the desk."""
    unit = play.cast.person("silent").unit
    found = await dossier(play, unit=unit)
    assert found.lists(QUANG_NGAI_2023)
    head = next(who for who in play.ids if who.startswith("head:") and play.cast.person(who).unit == unit)
    assert found.state(1) == found.state(5) == ("Thiếu", _heads(play, head, unit))
    there, owed = found.state(3)
    assert there == f"Có {len(found.files(3))}, thiếu 1"
    assert owed == _keyed(play, "silent")
    assert sorted(name.rpartition(".")[2] for name in found.files(4)) == ["pdf", "xlsx"]
    authority = await dossier(play)
    assert authority.state(1) == ("Thiếu", play.cast.person("head:HQ").unit)
    assert authority.state(2)[1] == ""


async def son_duong_2020(play):
    """II.3.5.1: fourteen papers of a cadre in two sets; II.3.5.2: what the authority decided of all cadres."""
    found = await dossier(play, person="head:TG")
    assert found.lists(SON_DUONG)
    mine, desk = _keyed(play, "head:TG"), son_thach_2020.STAFF
    assert {number: found.state(number) for number in (1, 2, 4, 5, 6, 7, 8, 11, 12, 14)} == {
        **dict.fromkeys((1, 5, 6, 8), ("Thiếu", desk)),
        4: ("Có 1, thiếu 1; theo tệp của cơ quan, nộp ngày 03/12/2020", desk),
        2: ("Có", ""),
        11: ("Thiếu", mine),
        **dict.fromkeys((7, 12, 14), (_IF_ANY, "")),
    }
    assert [found.state(9, letter) for letter in "ab"] == [("Thiếu", mine)] * 2
    assert (found.state(3, "a"), found.state(3, "b")) == (("Có", ""), (_IF_ANY, ""))
    assert (found.state(10, "a"), found.state(10, "b")) == (("Thiếu", mine), (_IF_ANY, ""))
    assert found.state(13)[0].startswith("Chưa nộp (chỉ với các chức danh quy định tại mục 1, Điều 6")
    assert (found.due(9, "b"), found.due(11)) == ("25/11/2020", "09/12/2020"), "III.1.1; III.1.3"
    assert {row[4] for row in found.rows if row[0]} == {"02"}
    authority = await dossier(play)
    assert authority.lists(SON_DUONG_AUTHORITY)
    with refused(CaseError, match="không nêu danh mục hồ sơ của đơn vị"):
        await dossier(play, unit=son_thach_2020.PROPAGANDA)
    decisions, extract = (
        [one for one in authority.files(1) if one.startswith("Quyết định - ")],
        f"{mine} - Trích sao quyết định.pdf",
    )
    assert {f"{mine}.pdf", extract} <= {*authority.files(1)}
    assert decisions
    pages = pypdf.PdfReader(io.BytesIO(authority.content(1, decisions[0]))).pages
    assert play.cast.name("head:TG") in "".join(page.extract_text() for page in pages), "with its list"
    (page,) = pypdf.PdfReader(io.BytesIO(authority.content(1, extract))).pages
    assert "TRÍCH SAO" in page.extract_text()


async def son_la_2021(play):
    """D.5.1 and D.5.2: what comes on paper is owed by heads, people and the desk, each by name."""
    unit, head = nam_hoa_2021.DOCTORS, _heads(play, "head:YT", nam_hoa_2021.DOCTORS)
    room = await dossier(play, unit=unit)
    assert room.lists(SON_LA_ROOM)
    assert {number: room.state(number) for number in (1, 3, 6, 8)} == {
        1: ("Có", ""),
        **dict.fromkeys((3, 6, 8), ("Thiếu", head)),
    }
    assert room.state(2)[0] == "Chưa nộp (chỉ với tổ đảng)"
    assert room.due(6) == "02/12/2021", "D.2"
    assert room.state(7, "a") == ("Thiếu", head)
    staff, members = room.state(9, "a")[1], room.state(9, "b")[1]
    assert _keyed(play, "YT1") in staff
    assert _keyed(play, "mother") in staff
    assert _keyed(play, "head:YT") in members
    assert _keyed(play, "mother") not in members
    cell = await dossier(play)
    assert cell.lists(SON_LA_CELL)
    assert cell.state(1, "b") == cell.state(1, "c") == cell.state(4, "b") == ("Thiếu", nam_hoa_2021.STAFF_ROOM)
    assert len(cell.files(3)) > 50
    assert any("Chi bộ" in name for name in cell.files(2))


async def ban_dan_toc_2023(play):
    """II.4: a room's three; II: the board's four, of its own leaders only."""
    room = await dossier(play, unit=truong_linh_2023.POLICIES)
    assert room.lists(BAN_DAN_TOC_ROOM)
    assert room.state(1) == ("Có", "")
    assert f"{_keyed(play, 'CS1')}.pdf" in room.files(2)
    board = await dossier(play)
    assert board.lists(BAN_DAN_TOC_BOARD)
    assert board.state(2) == board.state(3) == ("Thiếu", truong_linh_2023.STAFF)
    assert board.state(4, "a") == ("Có 3", "")
    state, owed = board.state(4, "b")
    assert state == "Thiếu 3"
    assert all(_keyed(play, who) in owed for who in ("chief", "deputy1", "deputy2"))
    assert _keyed(play, "head:CS") not in owed
