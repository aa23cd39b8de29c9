"""People chosen in the list: what is shown of them before, what is done once, and what is refused."""

import asyncio
import html
import io
import re
import zipfile
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa

from dialogs.people.view import MOST
from storage.tables import AUDIT, DELIVERY, INVITATION
from tests.bot.console.test_pages import DESK, OTHER_HEAD
from tests.bot.playing import CHIEF, EMPLOYEE

_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_BOX = re.compile(r'name="p" value="(\d+)"> <span class="who">Chọn ([^<(]+) \(([^)]+)\)')


def boxes(text: str) -> dict[str, str]:
    """Key → the value of its box."""
    return {key: number for number, _, key in _BOX.findall(text)}


def form(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent there."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', text, re.DOTALL)
    assert found, text
    return {name: html.unescape(value) for name, value in _FIELD.findall(found[0])}


async def ids(screen, *keys: str) -> str:
    known = boxes(await screen.opens("/bang/nguoi"))
    return "-".join(known[key] for key in keys)


async def rows(console, table, **where):
    async with console.house.store.reading() as tx:
        found = await tx.connection.execute(
            sa.select(table).where(*(table.c[name] == one for name, one in where.items()))
        )
        return found.mappings().all()


async def messages(console):
    return list(await rows(console, DELIVERY, milestone="broadcast"))


async def test_a_message_is_shown_then_sent_once_and_stays_told(console):
    desk = await console.screen_of(DESK)
    await console.phone(EMPLOYEE)
    whom = await ids(desk, EMPLOYEE, "AP-006", DESK)
    await desk.opens("/bang/chon", viec="nhan", p=whom)
    assert desk.status == 200
    for said in ("Đã chọn 3 người", "Gửi cho 2 người", "1 người chưa vào hệ thống", "Anh/chị là người gửi"):
        assert said in desk.text
    shown = await desk.sends("/bang/chon/xem", **form(desk.text, "/bang/chon/xem"), text="  <b>Họp</b> 8h\nnhé ")
    assert "&lt;b&gt;Họp&lt;/b&gt; 8h\nnhé" in shown
    assert not await messages(console)
    sending = form(shown, "/bang/chon")
    done = await desk.sends("/bang/chon", **sending)
    assert "Đã chuyển tin nhắn cho 2 người" in done
    assert "/bang/viec/" in desk.url
    at = urlsplit(desk.url).path
    assert "Đã chuyển tin nhắn cho 2 người" in await desk.opens(at)
    assert "Đã chuyển tin nhắn cho 2 người" in await desk.sends("/bang/chon", **sending)  # pressed twice
    kept = await messages(console)
    assert len(kept) == 2
    assert {row["reply"]["values"]["text"] for row in kept} == {"<b>Họp</b> 8h\nnhé"}
    assert [row["detail"]["to"] for row in await rows(console, AUDIT, what="broadcast")] == [2]


async def test_two_presses_at_once_send_once(console):
    desk = await console.screen_of(DESK)
    await desk.opens("/bang/chon", viec="nhan", p=await ids(desk, EMPLOYEE))
    shown = await desk.sends("/bang/chon/xem", **form(desk.text, "/bang/chon/xem"), text="Nhắc gửi phiếu")
    sending = form(shown, "/bang/chon")
    twins = [await console.screen() for _ in range(3)]
    for twin in twins:
        twin.browser.cookie_jar.update_cookies({one.key: one for one in desk.browser.cookie_jar})
    said = await asyncio.gather(*(one.sends("/bang/chon", **sending) for one in twins))
    assert all("Đã chuyển tin nhắn cho 1 người" in one for one in said)
    assert len(await messages(console)) == 1


async def test_codes_are_given_to_who_needs_one_and_printed_once_more_only_while_good(console):
    desk = await console.screen_of(DESK)
    await console.phone(EMPLOYEE)
    async with console.house.store.transaction() as tx:
        await tx.connection.execute(INVITATION.update().values(revoked_at=console.stage.clock()))
        await tx.commit()
    whom = await ids(desk, EMPLOYEE, "AP-006", DESK)
    page = await desk.opens("/bang/chon", viec="ma", p=whom)
    assert "Cấp mã cho 1 người" in page
    assert "1 người đã vào hệ thống" in page
    assert "không thuộc phần của anh/chị" in page
    giving = form(page, "/bang/chon")
    done = await desk.sends("/bang/chon", **giving)
    assert "Đã cấp mã cho 1 người" in done
    assert "1/1 mã chưa dùng" in done
    at = urlsplit(desk.url).path
    async with desk.browser.get(f"{desk.address}{at}/phieu.pdf") as answer:
        assert answer.status == 200
        assert (await answer.read()).startswith(b"%PDF")
    assert len(await rows(console, AUDIT, what="slips printed")) == 1
    again = await desk.opens("/bang/chon", viec="ma", p=whom)
    assert "Không ai trong số này cần mã mới" in again
    assert "1 người đang có mã chưa dùng" in again
    other = await console.screen_of(DESK)
    await other.opens(at)
    assert other.status == 404  # of another session
    stale = await desk.sends("/bang/chon", **{**giving, "once": "abcdefgh12345678"})
    assert desk.status == 409
    assert "chưa làm gì" in stale
    assert len(await rows(console, AUDIT, what="invitation issued")) == 1
    console.stage.clock.forward(minutes=1)
    page = await desk.opens("/bang/chon", viec="malai", p=whom)
    assert "Mã đang có mà chưa dùng sẽ hết giá trị" in page
    renewed = await desk.sends("/bang/chon", **form(page, "/bang/chon"))
    assert "Đã cấp mã cho 1 người" in renewed
    assert "Không còn mã nào chưa dùng" in await desk.opens(at)  # those of before


async def test_a_head_lets_in_their_own_people_alone(console):
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    page = await head.opens("/bang/nguoi")
    assert 'value="ma"' in page
    assert 'value="nhan"' not in page
    assert 'value="vanban"' not in page
    assert "AP-005" not in boxes(page)
    for deed in ("nhan", "vanban"):
        await head.opens("/bang/chon", viec=deed, p=next(iter(boxes(page).values())))
        assert head.status == 404
    desk = await console.screen_of(DESK)
    theirs = await ids(desk, "AP-005")
    page = await head.opens("/bang/chon", viec="ma", p=theirs)
    assert "không còn trong danh sách của anh/chị" in page
    assert "Chưa chọn ai" in page
    assert [row["detail"]["page"] for row in await rows(console, AUDIT, what="console refused")][-1] == "choice"
    chief = await console.screen_of(CHIEF, "choduyet")
    assert 'name="p"' not in await chief.opens("/bang/nguoi") or 'value="nhan"' not in chief.text


async def test_forms_of_others_and_of_no_session_do_nothing(console):
    desk = await console.screen_of(DESK)
    await desk.opens("/bang/chon", viec="nhan", p=await ids(desk, EMPLOYEE))
    shown = await desk.sends("/bang/chon/xem", **form(desk.text, "/bang/chon/xem"), text="Chào")
    sending = form(shown, "/bang/chon")
    await desk.sends("/bang/chon", origin="https://khac.example", **sending)
    assert desk.status == 403
    for wrong in ("", "x" * 32, "ộ" * 32):
        await desk.sends("/bang/chon", **{**sending, "token": wrong})
        assert desk.status == 403
    await desk.sends("/bang/chon", **{**sending, "once": "../.."})
    assert desk.status == 400
    assert not await messages(console)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"viec": "xoa", "p": "1"}, 404),
        ({"viec": "nhan", "p": "1", "dot": "99999"}, 404),
        ({"viec": "nhan", "p": "x-0--1e9-99999999999"}, 200),
        ({"viec": "nhan"}, 200),
        ({"viec": "nhan", "tatca": "1", "buoc": "bịa"}, 200),
        ({"viec": "nhan", "tatca": "1", "q": "khong co ai"}, 200),
    ],
)
async def test_addresses_made_by_hand_choose_nobody(console, query, status):
    desk = await console.screen_of(DESK)
    page = await desk.opens("/bang/chon", **query)
    assert desk.status == status
    if status == 200:
        assert "Chưa chọn ai" in page
        assert 'name="stamp"' not in page


async def test_all_of_a_filter_says_the_number_and_is_asked_anew_when_it_changed(console):
    desk = await console.screen_of(DESK)
    for key in (EMPLOYEE, "AP-006", "AP-007"):
        await (await console.phone(key)).fills_in()
    listed = await desk.opens("/bang/nguoi", buoc="drafting")
    assert "Cả 3 dòng theo bộ lọc, không riêng trang này" in listed
    page = await desk.opens("/bang/chon", viec="nhan", tatca="1", buoc="drafting")
    assert "Đã chọn cả 3 người theo bộ lọc" in page
    shown = await desk.sends("/bang/chon/xem", **form(page, "/bang/chon/xem"), text="Mời gửi phiếu")
    await (await console.phone(EMPLOYEE)).hands_in()
    stale = await desk.sends("/bang/chon", **form(shown, "/bang/chon"))
    assert desk.status == 409
    assert "chưa làm gì" in stale
    assert "Đã chọn cả 2 người" in stale
    assert "Mời gửi phiếu" in stale
    assert not await messages(console)
    await desk.sends("/bang/chon", **form(stale, "/bang/chon"))
    assert len(await messages(console)) == 2


async def test_papers_of_the_chosen_come_as_one_zip(console):
    desk = await console.screen_of(DESK)
    await (await console.phone(EMPLOYEE)).hands_in()
    whom = await ids(desk, EMPLOYEE, "AP-006")
    page = await desk.opens("/bang/chon", viec="vanban", p=whom)
    assert "Chưa có văn bản nào để lấy" in page
    assert "2 người chưa có bản nào được đồng ý" in page
    head = await console.phone(DESK)
    await head.commands("choduyet")
    for verb in ("head_card", "head_agree", "head_approve"):
        await head.presses(verb)
    page = await desk.opens("/bang/chon", viec="vanban", p=whom)
    assert "Tải ZIP của 1 phiếu" in page
    link = re.search(r'href="(/bang/chon/van-ban\.zip\?[^"]+)"', page)[1].replace("&amp;", "&")
    async with desk.browser.get(desk.address + link) as answer:
        assert answer.status == 200
        files = zipfile.ZipFile(io.BytesIO(await answer.read())).namelist()
    assert len(files) == 2
    assert all("Trần Thị Hoa Mai" in one for one in files)
    assert len(dict(parse_qsl(urlsplit(link).query))["p"].split("-")) == 2
    taken = [row["detail"] for row in await rows(console, AUDIT, what="papers taken out")]
    assert [len(one["people"]) for one in taken] == [2]


def test_no_more_codes_are_given_at_once_than_are_handed_out_with_care():
    assert MOST == 200


async def test_who_is_of_the_desk_no_longer_prints_no_code_of_before(console):
    desk = await console.screen_of(DESK)
    async with console.house.store.transaction() as tx:
        await tx.connection.execute(INVITATION.update().values(revoked_at=console.stage.clock()))
        await tx.commit()
    page = await desk.opens("/bang/chon", viec="ma", p=await ids(desk, "AP-006"))
    assert "1/1 mã chưa dùng" in await desk.sends("/bang/chon", **form(page, "/bang/chon"))
    at = urlsplit(desk.url).path
    async with console.stage.store.transaction() as tx:
        for table in ("unit", "person"):
            await tx.connection.execute(sa.text(f"UPDATE {table} SET desk = :none"), {"none": False})
        await tx.connection.execute(
            sa.text("UPDATE person SET head = :none"), {"none": False}
        )  # heads may invite their own
        await tx.commit()
    assert "phieu.pdf" not in await desk.opens(at)
    await desk.opens(f"{at}/phieu.pdf")
    assert desk.status == 404
    assert not await rows(console, AUDIT, what="slips printed")
