"""`tusoi invite`: listed by unit, printed, given anew, taken back."""

import asyncio
import base64
import datetime as dt
import io
import json
import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.clock import now
from bot.data_folder import fresh_key
from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE, STAFF
from bot.demo.setting import furnish
from bot.roster.template import write_roster
from rules.nouns.values import Subject
from rules.roster.people import RosterPerson
from storage import Store, upgrade
from storage.code_key import CodeKey
from storage.transaction import Transaction
from storage.values import NewCode
from tests.bot.commands.running import Ran, process, tusoi
from tests.bot.roster.kept import people_by_key

#: That of the installation.
SECRET = fresh_key()
KEY = CodeKey(base64.urlsafe_b64decode(SECRET))

OTHER = "Sở Thử nghiệm tỉnh An Phú"


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Path:
    """The database of the office with its campaign just opened, to be copied."""
    file = tmp_path_factory.mktemp("opened") / "tusoi.db"
    asyncio.run(open_office(f"sqlite:///{file}"))
    return file


async def open_office(url: str) -> None:
    await upgrade(url)
    store = await Store.open(url, key=KEY)
    await furnish(store, now())
    await store.close()


@pytest.fixture
def folder(opened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office whose web chat has an address everybody can open."""
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("TUSOI_PUBLIC_URL", "https://tusoi.example")
    monkeypatch.setenv("TUSOI_CODE_KEY", SECRET)
    (tmp_path / "var").mkdir()
    shutil.copy(opened, tmp_path / "var" / "tusoi.db")
    return tmp_path


def in_database(folder: Path, act) -> None:
    """Do something to the database that takes weeks or a phone otherwise: `act(unit, person of a key)`."""

    async def run() -> None:
        store = await Store.open(f"sqlite:///{folder / 'var' / 'tusoi.db'}", key=KEY)
        async with store.transaction() as tx:
            office = await tx.units.office(OFFICE)
            people = {key: one.id for key, one in (await people_by_key(tx, office)).items()}
            await act(tx, people)
            await tx.commit()
        await store.close()

    asyncio.run(run())


def joined(folder: Path, *keys: str) -> None:
    async def tie(tx: Transaction, people: dict[str, int]) -> None:
        for key in keys:
            await tx.accounts.tie("web", key, people[key], now())

    in_database(folder, tie)


def ran_out(folder: Path, *keys: str) -> None:
    async def expire(tx: Transaction, people: dict[str, int]) -> None:
        past = now() - dt.timedelta(days=61)
        for key in keys:
            await tx.invitations.revoke_open(people[key], past)
            await tx.invitations.issue(NewCode(people[key], f"OLD{key[3:]}OLDOLD"[:12]), "roster", past, past)

    in_database(folder, expire)


def audit(folder: Path, key: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    async def look(tx: Transaction, people: dict[str, int]) -> None:
        found.extend((line.what, line.by) for line in await tx.audit.of_person(people[key]))

    in_database(folder, look)
    return found


def listed(*options: str) -> list[dict[str, str]]:
    return json.loads(tusoi("invite", "list", "--json", *options).out)


def code_of(key: str) -> str:
    return next(row["code"] for row in listed("--all") if row["key"] == key)


def refused(ran: Ran, told: str) -> None:
    assert (ran.status, ran.out, ran.err) == (2, "", f"{told}\n")


# ── list ───────────────────────────────────────────────────────────────────────────────────────


def test_the_list_goes_unit_by_unit_in_the_order_of_the_office(folder):
    lines = process("invite", "list").out.splitlines()
    heads = [line for line in lines if line.startswith("== ")]
    assert heads == [
        f"== {OFFICE}: 2 người; 0 đã vào, 2 có mã, 0 chưa có mã còn hạn",
        f"== {STAFF}: 5 người; 0 đã vào, 5 có mã, 0 chưa có mã còn hạn",
        f"== {CENTRE}: 5 người; 0 đã vào, 5 có mã, 0 chưa có mã còn hạn",
    ]
    person = lines.index(next(line for line in lines if "AP-005" in line))
    assert re.fullmatch(r"Trần Thị Hoa Mai \(AP-005, Chuyên viên\): [2-9A-Z]{12}", lines[person])
    assert re.fullmatch(r"    dùng đến \d\d:\d\d ngày \d\d/\d\d/\d{4}", lines[person + 1])
    assert lines[person + 2] == f"    https://tusoi.example/i/{code_of('AP-005')}"


def test_who_has_joined_and_who_has_no_code_is_told(folder):
    joined(folder, "AP-004")
    ran_out(folder, "AP-005")
    tusoi("invite", "revoke", "AP-006")
    short, whole = tusoi("invite", "list", "--unit", STAFF).out, tusoi("invite", "list", "--unit", STAFF, "--all").out
    assert short.startswith(f"== {STAFF}: 5 người; 1 đã vào, 2 có mã, 2 chưa có mã còn hạn\n")
    assert "(AP-005, Chuyên viên): mã đã hết hạn\n" in short
    assert "(AP-006, Văn thư viên): mã đã thu hồi\n" in short
    assert short.endswith("Cấp mã mới: tusoi invite reissue MÃ-SỐ…, hoặc --unit TÊN, hoặc --expired\n")
    assert CENTRE not in short
    standings = {row["key"]: row["standing"] for row in listed("--unit", STAFF, "--all")}
    assert standings == {
        "AP-003": "waiting",
        "AP-004": "joined",
        "AP-005": "expired",
        "AP-006": "revoked",
        "AP-007": "waiting",
    }
    assert "AP-004" in whole


def test_who_joined_without_a_code_left_is_shown_only_with_all(folder):
    joined(folder, "AP-004")

    async def use(tx: Transaction, people: dict[str, int]) -> None:
        await tx.invitations.revoke_open(people["AP-004"], now())

    in_database(folder, use)
    assert "AP-004" not in tusoi("invite", "list").out
    assert "Phan Thảo Vy (AP-004, Chuyên viên): đã vào\n" in tusoi("invite", "list", "--all").out


def test_pictures_are_made_of_codes_that_hold(folder):
    tusoi("invite", "revoke", "AP-006")
    tusoi("invite", "list", "--unit", STAFF, "--qr", str(folder / "qr"))
    assert len(list((folder / "qr").glob("phong-hanh-chinh-to-chuc-*-web.png"))) == 4


def test_a_unit_that_is_not_there_is_told(folder):
    refused(tusoi("invite", "list", "--unit", "Phòng X"), f"{OFFICE}: không có đơn vị nào tên “Phòng X”")


# ── which office ───────────────────────────────────────────────────────────────────────────────


def test_of_several_offices_one_has_to_be_named(folder):
    units = tuple(
        replace(unit, name=OTHER if unit.name == OFFICE else unit.name, parent=OTHER if unit.parent else "")
        for unit in DEMO_ROSTER.units
    )
    people = tuple(replace(one, unit=OTHER if one.unit == OFFICE else one.unit) for one in DEMO_ROSTER.people)
    write_roster(folder / "khac.xlsx", replace(DEMO_ROSTER, units=units, people=people))
    assert process("roster", "import", str(folder / "khac.xlsx"), "--yes").status == 0
    told = f"có nhiều cơ quan, hãy thêm --office TÊN; đang có: “{OFFICE}”, “{OTHER}”"
    refused(tusoi("invite", "list"), told)
    refused(tusoi("invite", "slips", str(folder / "phieu.pdf")), told)
    refused(tusoi("invite", "reissue", "AP-005"), told)
    refused(tusoi("invite", "revoke", "AP-005"), told)
    before = code_of_office(OFFICE)
    given = tusoi("invite", "reissue", "AP-005", "--office", OTHER)
    assert given.status == 0
    assert code_of_office(OFFICE) == before
    assert code_of_office(OTHER) in given.out


def code_of_office(office: str) -> str:
    return next(row["code"] for row in listed("--office", office) if row["key"] == "AP-005")


def test_before_any_roster_the_way_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path))
    told = "chưa có cơ quan nào; hãy nhập danh sách trước: tusoi roster import TỆP.xlsx"
    refused(tusoi("invite", "list"), told)


# ── slips ──────────────────────────────────────────────────────────────────────────────────────


def printed(file: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages)


def test_everybody_with_a_code_has_a_slip(folder):
    ran = tusoi("invite", "slips", str(folder / "phieu.pdf"))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Đã ghi 12 phiếu vào ")
    text = printed(folder / "phieu.pdf")
    assert [text.count(f"{unit}: {count} phiếu") for unit, count in ((OFFICE, 2), (STAFF, 5), (CENTRE, 5))] == [1, 1, 1]
    code = code_of("AP-005")
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in text
    assert text.count(f"hỏi {STAFF}.") == 12
    assert stat.S_IMODE((folder / "phieu.pdf").stat().st_mode) == 0o600


def test_who_has_joined_or_has_no_code_has_none_and_is_named(folder):
    joined(folder, "AP-003")
    tusoi("invite", "revoke", "AP-006")
    ran = tusoi("invite", "slips", str(folder / "phieu.pdf"), "--unit", STAFF, "--only-missing")
    assert ran.out.startswith("Đã ghi 3 phiếu vào ")
    assert ran.err.startswith("1 người chưa vào và chưa có mã còn hạn nên không có phiếu: Lê Khánh Trúc (AP-006). ")
    text = printed(folder / "phieu.pdf")
    assert not [name for name in ("Nguyễn Bình Nguyên", "Lê Khánh Trúc") if name in text]


def test_an_address_of_this_machine_alone_is_not_printed(folder, monkeypatch):
    monkeypatch.setenv("TUSOI_PUBLIC_URL", "")
    ran = tusoi("invite", "slips", str(folder / "phieu.pdf"))
    assert ran.err.startswith("Không in đường dẫn http://127.0.0.1:8080: chỉ máy này mở được.")
    text = printed(folder / "phieu.pdf")
    assert "127.0.0.1" not in text
    assert text.count("Khi cơ quan báo nơi vào Tự Soi") == 12


def test_a_file_that_is_there_is_not_written_over(folder):
    file = folder / "phieu.pdf"
    file.write_bytes(b"")
    refused(tusoi("invite", "slips", str(file)), f"{file}: tệp đã có, không ghi đè; hãy chọn tên khác")


def test_without_a_code_nothing_is_written(folder):
    tusoi("invite", "revoke", "AP-001", "AP-002")
    ran = tusoi("invite", "slips", str(folder / "phieu.pdf"), "--unit", OFFICE)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("không có mã nào còn hạn để in; cấp mã: tusoi invite reissue --expired\n")
    assert not (folder / "phieu.pdf").exists()


# ── reissue ────────────────────────────────────────────────────────────────────────────────────


def test_a_new_code_takes_the_place_of_the_old_one(folder):
    old = code_of("AP-005")
    ran = tusoi("invite", "reissue", "AP-005", "AP-005")
    new = code_of("AP-005")
    assert new != old
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Trần Thị Hoa Mai (AP-005), {STAFF}: mã mới {new}\n    dùng đến ")
    assert ran.out.endswith("Đã cấp 1 mã mới. Mã cũ chưa dùng của những người này không còn giá trị.\n")
    assert audit(folder, "AP-005") == [("invitation issued", "system")]


def test_a_whole_unit_is_whoever_has_not_joined(folder):
    joined(folder, "AP-004")
    ran = tusoi("invite", "reissue", "--unit", STAFF)
    assert re.findall(r"\((AP-\d+)\)", ran.out) == ["AP-003", "AP-005", "AP-006", "AP-007"]


def test_expired_is_whoever_has_not_joined_and_whose_code_ran_out(folder):
    joined(folder, "AP-004")
    ran_out(folder, "AP-004", "AP-005", "AP-009")
    tusoi("invite", "revoke", "AP-006")
    ran = tusoi("invite", "reissue", "--expired")
    assert re.findall(r"\((AP-\d+)\)", ran.out) == ["AP-005", "AP-009"]
    assert tusoi("invite", "reissue", "--expired").out == "Không có ai cần mã mới; chưa làm gì.\n"


def test_for_who_is_in_already_the_old_phone_goes_on_and_they_are_told(folder):
    joined(folder, "AP-005")
    ran = tusoi("invite", "reissue", "AP-005")
    assert "    dùng được từ " in ran.out
    assert "; người này được báo, và đồng ý trên thiết bị đang có thì mã dùng được ngay\n" in ran.out


@pytest.fixture
def with_a_body(folder: Path) -> Path:
    """The office with a collective in the desk's unit."""
    body = RosterPerson(
        "AP-TT",
        "Tập thể phòng",
        "Tập thể",
        STAFF,
        Subject.COLLECTIVE,
        leader=False,
        role="",
        party_member=False,
        serves_public=False,
    )
    write_roster(folder / "tap-the.xlsx", replace(DEMO_ROSTER, people=(*DEMO_ROSTER.people, body)))
    assert process("roster", "import", str(folder / "tap-the.xlsx"), "--yes").status == 0
    return folder


def test_a_body_gets_no_code_of_its_own(with_a_body):
    before = listed("--all")
    told = (
        "Tập thể phòng (AP-TT): tập thể không có mã riêng; người chủ trì soạn báo cáo làm trên điện thoại của mình"
        " (trong chat: /tapthe); chưa làm gì"
    )
    refused(tusoi("invite", "reissue", "AP-005", "AP-TT"), told)
    assert listed("--all") == before
    assert audit(with_a_body, "AP-TT") == []
    ran = tusoi("invite", "reissue", "--unit", STAFF)
    assert "AP-TT" not in re.findall(r"\((AP-\w+)\)", ran.out)


def test_a_body_is_told_apart_in_the_list_and_has_no_slip(with_a_body):
    lines = tusoi("invite", "list", "--unit", STAFF).out.splitlines()
    assert lines[0] == f"== {STAFF}: 5 người; 0 đã vào, 5 có mã, 0 chưa có mã còn hạn"
    assert (
        "Tập thể phòng (AP-TT, Tập thể): tập thể, không có mã riêng; người chủ trì soạn báo cáo làm trên điện thoại của mình"
        in lines
    )
    assert next(row["standing"] for row in listed("--all") if row["key"] == "AP-TT") == "body"
    ran = tusoi("invite", "slips", str(with_a_body / "phieu.pdf"), "--unit", STAFF)
    assert (ran.out.startswith("Đã ghi 5 phiếu vào "), ran.err) == (True, "")


def test_a_body_that_came_in_before_is_not_given_one_either(with_a_body):
    joined(with_a_body, "AP-TT")
    assert tusoi("invite", "reissue", "AP-TT").status == 2
    assert tusoi("invite", "list", "--unit", STAFF).out.startswith(f"== {STAFF}: 5 người; 0 đã vào")


@pytest.mark.parametrize("command", ["reissue", "revoke"])
def test_one_unknown_key_and_nothing_is_done(folder, command):
    before = listed("--all")
    ran = tusoi("invite", command, "AP-005", "AP-999", "X")
    refused(ran, f"{OFFICE}: không có mã số AP-999, X trong danh sách; chưa làm gì")
    assert listed("--all") == before


@pytest.mark.parametrize("options", [(), ("AP-005", "--unit", STAFF), ("AP-005", "--expired")])
def test_whose_codes_has_to_be_said_one_way(folder, options):
    told = "hãy ghi mã số của từng người, hoặc --unit TÊN, hoặc --expired; chưa làm gì"
    refused(tusoi("invite", "reissue", *options), told)


# ── revoke ─────────────────────────────────────────────────────────────────────────────────────


def test_a_code_is_taken_back_once(folder):
    first, second = tusoi("invite", "revoke", "AP-005"), tusoi("invite", "revoke", "AP-005", "AP-006")
    assert first.out == f"Trần Thị Hoa Mai (AP-005), {STAFF}: đã thu hồi mã chưa dùng\n"
    assert second.out == (
        f"Trần Thị Hoa Mai (AP-005), {STAFF}: không có mã nào chưa dùng\n"
        f"Lê Khánh Trúc (AP-006), {STAFF}: đã thu hồi mã chưa dùng\n"
    )
    assert audit(folder, "AP-005") == [("invitations revoked", "system")]
    assert code_of("AP-005") == ""
